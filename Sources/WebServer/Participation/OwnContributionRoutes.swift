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
                tag: "Participants", access: .everybody, parameters: Call.pageParameters,
                produces: ["application/geo+json"],
                problems: [401])
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let scope = try await call.scope()
            let page = try await call.installation.ownContributions(limit: limit, after: cursor, scope: scope)
            let next = PageLinks.next(page.next, request: call.request)
            var bytes = Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8)
            for (index, item) in page.items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                ContributionFeature.append(
                    item.contribution, own: OwnMark(item.contribution, in: item.proceeding, isListed: true), to: &bytes)
            }
            bytes += Array("],\"numberReturned\":\(page.items.count),\"links\":".utf8)
            PageLinks.value(next).append(to: &bytes)
            bytes.append(UInt8(ascii: "}"))
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.bytes(
                bytes, type: "application/geo+json; charset=utf-8", request: call.request, headers: headers)
        }
    ]
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
