import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Contributions that say much the same, offered while somebody writes.
enum SimilarRoutes {
    private static let path = "/api/v1/proceedings/{proceeding}/contributions"
    private static let limit = ParameterDescription(
        name: "limit", summary: "How many are told, 5 by default.", shape: .integer(1...20))

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path + "/{contribution}/similar", operation: "listSimilarContributions",
                summary: "Contributions that say much the same nearby, most similar first.", tag: "Contributions",
                access: .everybody, parameters: [limit])
        ) { call in
            let limit = try call.query.integer("limit", in: 1...20) ?? 5
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            let id = try call.number("contribution", of: "contribution")
            let found = try await call.installation.similarContributions(
                to: id, limit: limit, of: proceeding, scope: scope)
            return Answer.value(value(found), headers: [.cacheControl: "no-cache"])
        },
        Route(
            description: RouteDescription(
                method: .post, path: path + "/similar", operation: "findSimilarContributions",
                summary: "Contributions that say much the same as a draft; nothing is stored.", tag: "Contributions",
                access: .everybody, parameters: [limit],
                body: BodyDescription(
                    mediaTypes: ["application/json", "application/geo+json"],
                    summary: "What is written so far: the draft as a feature, or a part of it.",
                    example: """
                        {"geometry": {"type": "Point", "coordinates": [9.99, 53.55]}, \
                        "properties": {"title": "Radweg fehlt"}}
                        """), takesIdempotencyKey: false, problems: [422])
        ) { call in
            let limit = try call.query.integer("limit", in: 1...20) ?? 5
            let scope = try await call.scope()
            let proceeding = try await call.proceeding(scope)
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: ["type", "geometry", "properties", "bbox"])
            let geometry = body.geometry("geometry")
            var properties = body.object("properties")
            properties?.allow(only: ContributionRoutes.properties.union(FormSigns.members))
            let words = [properties?.text("title"), properties?.text("text")].compactMap { $0 }
            if let geometry, geometry.boundingBox.map({ !$0.isUsable }) ?? true {
                body.fault("geometry", "outOfRange", "Coordinates must be longitude and latitude in degrees.")
            }
            try JSONBody.finish(body, properties)
            let found = try await call.installation.similarContributions(
                to: String(words.joined(separator: " ").prefix(5000)), at: geometry?.boundingBox?.center, limit: limit,
                of: proceeding, scope: scope)
            return Answer.value(value(found), headers: [.cacheControl: "no-store"])
        },
    ]

    private static func value(_ found: [SimilarContribution]) -> JSONValue {
        .object([
            .init(
                "similar",
                .array(
                    found.map { item in
                        .object([
                            .init("id", .string(String(item.contribution.id))),
                            .init("title", .string(item.contribution.title)),
                            .init("text", .string(item.contribution.text)),
                            .init("category", item.contribution.category.map { .string($0) } ?? .null),
                            .init("similarity", .number(rounded(item.similarity))),
                            .init("words", .number(rounded(item.words))),
                            .init("distance", item.distance.map { .number($0.rounded()) } ?? .null),
                            .init("votesUp", .integer(item.contribution.votesUp)),
                            .init("votesDown", .integer(item.contribution.votesDown)),
                            .init("comments", .integer(item.contribution.commentCount)),
                        ])
                    })),
            .init("numberReturned", .integer(Int64(found.count))),
        ])
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

extension BoundingBox {
    /// Whether it lies within the world in degrees.
    fileprivate var isUsable: Bool { minX >= -180 && maxX <= 180 && minY >= -90 && maxY <= 90 }
}
