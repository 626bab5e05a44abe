import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Everything that is held about a participant: to read it, and to have it removed.
enum OwnRecordRoutes {
    private static let path = "/api/v1/participants/me"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "getOwnRecord",
                summary:
                    "Everything that is held about one's token: contributions with images, comments, votes, reports.",
                tag: "Privacy", access: .participant, problems: [401])
        ) { call in
            let scope = try await call.scope()
            let record = try await call.installation.ownRecord(scope: scope)
            return Answer.bytes(
                bytes(record, participant: scope.viewer.participant), type: "application/json; charset=utf-8",
                request: call.request, headers: [.cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .delete, path: path, operation: "eraseOwnRecord",
                summary: "Removes all that one wrote for good, and takes back one's votes; at any time.",
                tag: "Privacy", access: .participant,
                successSummary: "How much was removed; rows and indexes no longer hold it.", problems: [401])
        ) { call in
            let erased = try await call.installation.eraseOwnRecord(scope: try await call.scope())
            return ErasureRoutes.answer(erased, isReplay: false)
        },
    ]

    private static func bytes(_ record: OwnRecord, participant: String?) -> [UInt8] {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        func instant(_ value: Int64) -> JSONValue { .string(Timestamp.rfc3339(value)) }
        var bytes = Array(#"{"participant":"#.utf8)
        text(participant).append(to: &bytes)
        bytes += Array(#","contributions":["#.utf8)
        for (index, item) in record.contributions.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            ContributionFeature.append(
                item.contribution, in: item.proceeding,
                own: OwnMark(item.contribution, in: item.proceeding, isListed: true), to: &bytes)
        }
        let lists: [(String, [JSONValue])] = [
            (
                "images",
                record.contributions.flatMap { item in
                    item.contribution.attachments.map { image in
                        .object([
                            .init("proceeding", .string(item.proceeding.id)),
                            .init("contribution", .string(String(item.contribution.id))),
                            .init("image", image.value(in: item.proceeding)),
                        ])
                    }
                }
            ),
            ("comments", record.comments.map { CommentForest.own($0.comment, in: $0.proceeding) }),
            ("votes", record.votes.map(OwnContributionRoutes.value)),
            (
                "reports",
                record.reports.map { report in
                    .object([
                        .init("proceeding", .string(report.proceeding)), .init("kind", .string("\(report.kind)")),
                        .init("item", .string(String(report.item))), .init("reason", .string(report.reason)),
                        .init("text", text(report.text)), .init("created", instant(report.created)),
                    ])
                }
            ),
            (
                "earlierTexts",
                record.earlierTexts.map { earlier in
                    .object([
                        .init("item", .string(String(earlier.item))), .init("version", .integer(earlier.version)),
                        .init("title", text(earlier.title)), .init("text", .string(earlier.text)),
                        .init("replaced", instant(earlier.replaced)),
                    ])
                }
            ),
        ]
        bytes.append(UInt8(ascii: "]"))
        for (name, list) in lists {
            bytes += Array(#","\#(name)":"#.utf8)
            JSONValue.array(list).append(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
