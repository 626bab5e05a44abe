import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// The audit log of the tenant.
enum AuditRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/audit", operation: "listAuditEvents",
                summary: "What staff did, newest first; each event carries the digest of the one before.",
                tag: "Accounts", access: .permission(.administerTenant), parameters: Call.pageParameters)
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let page = try await call.installation.auditEvents(
                limit: limit, after: cursor, scope: try await call.scope())
            let next = PageLinks.next(page.next, call)
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.value(
                .object([
                    .init("events", .array(page.items.map(value))),
                    .init("numberReturned", .integer(Int64(page.items.count))),
                    .init("links", PageLinks.value(next)),
                ]), headers: headers)
        }
    ]

    private static func value(_ event: AuditEvent) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return .object([
            .init("number", .integer(event.number)), .init("time", .string(Timestamp.rfc3339(event.time))),
            .init("actor", .string(event.actor)), .init("action", .string(event.action)),
            .init("item", text(event.item)), .init("reason", text(event.reason)),
            .init("request", text(event.request)), .init("previous", .string(Secret.hexadecimal(event.previous))),
            .init("hash", .string(Secret.hexadecimal(event.hash))),
        ])
    }
}
