import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// What participants see of their own.
enum OwnContributionRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/participants/me/contributions", operation: "listOwnContributions",
                summary: "One's own contributions in all proceedings, in whatever state, newest first.",
                tag: "Participants", access: .participant, parameters: Call.pageParameters,
                produces: ["application/geo+json"],
                problems: [401])
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let scope = try await call.scope()
            let page = try await call.installation.ownContributions(limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(page.next, call)
            let bytes = FeatureText.page(page.items, next: next) { item, out in
                ContributionFeature.append(
                    item.contribution, in: item.proceeding,
                    own: OwnMark(item.contribution, in: item.proceeding, isListed: true), to: &out)
            }
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.bytes(
                bytes, type: "application/geo+json; charset=utf-8", request: call.request, headers: headers)
        },
        list(
            "comments", operation: "listOwnComments",
            summary: "One's own comments in all proceedings, in whatever state, newest first."
        ) { call, limit, cursor, scope in
            let page = try await call.installation.ownComments(limit: limit, after: cursor, scope: scope)
            return (page.items.map { CommentForest.own($0.comment, in: $0.proceeding) }, page.next)
        },
        list(
            "votes", operation: "listOwnVotes", summary: "One's own votes in all proceedings, by number of the item."
        ) { call, limit, cursor, scope in
            let page = try await call.installation.ownVotes(limit: limit, after: cursor, scope: scope)
            return (page.items.map(value), page.next)
        },
    ]

    /// A vote as the participant lists it.
    static func value(_ vote: OwnVote) -> JSONValue {
        .object([
            .init("proceeding", .string(vote.proceeding)), .init("kind", .string("\(vote.kind)")),
            .init("item", .string(String(vote.item))), .init("value", .integer(vote.vote.rawValue)),
            .init("created", .string(Timestamp.rfc3339(vote.created))),
            .init("changed", .string(Timestamp.rfc3339(vote.changed))),
        ])
    }

    private static func list(
        _ name: String, operation: String, summary: String,
        _ page: @escaping @Sendable (Call, Int, Cursor?, Scope) async throws -> (items: [JSONValue], next: Cursor?)
    ) -> Route {
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/participants/me/\(name)", operation: operation, summary: summary,
                tag: "Participants", access: .participant, parameters: Call.pageParameters, problems: [401])
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let (items, cursorOfNext) = try await page(call, limit, cursor, try await call.scope())
            let next = PageLinks.next(cursorOfNext, call)
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.value(
                .object([
                    .init(name, .array(items)), .init("numberReturned", .integer(Int64(items.count))),
                    .init("links", PageLinks.value(next)),
                ]), headers: headers)
        }
    }
}

/// What an author is told of a contribution beside what everybody sees.
struct OwnMark: Sendable {
    /// End of the edit window, milliseconds since 1970.
    var editableUntil: Int64
    /// Slug of the proceeding, in lists across proceedings.
    var proceeding: String?

    init(_ contribution: Contribution, in proceeding: Proceeding, isListed: Bool = false) {
        editableUntil = Installation.editableUntil(created: contribution.created, in: proceeding)
        self.proceeding = isListed ? proceeding.id : nil
    }
}
