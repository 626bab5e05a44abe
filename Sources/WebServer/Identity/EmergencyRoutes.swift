import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Emergency access: the operator in the data of a tenant, for a reason and a while.
enum EmergencyRoutes {
    private static let path = "/api/v1/emergency-access"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "listEmergencyAccess",
                summary: "When, why and until when the operator was let into the tenant's data, newest first.",
                tag: "Accounts", access: .permission(.watchOperator), parameters: Call.pageParameters)
        ) { call in
            let limit = try call.query.limit()
            let cursor = try call.cursor()
            let page = try await call.installation.emergencyAccesses(
                limit: limit, after: cursor, scope: try await call.scope())
            let (next, now) = (PageLinks.next(page.next, call), call.installation.now())
            var headers = PageLinks.headers(next)
            headers[.cacheControl] = "no-store"
            return Answer.value(
                .object([
                    .init("emergencyAccess", .array(page.items.map { EmergencyValue.make($0, now: now) })),
                    .init("numberReturned", .integer(Int64(page.items.count))), .init("links", PageLinks.value(next)),
                ]), headers: headers)
        },
        Route(
            description: RouteDescription(
                method: .post, path: path, operation: "openEmergencyAccess",
                summary:
                    "Lets the operator into the tenant's data until it ends by itself; both audit logs tell of it.",
                tag: "Accounts", access: .permission(.breakGlass),
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: "Why, and for how many minutes: 5 to 480, 60 by default.",
                    example: #"{"reason": "Störung 4711: Einträge seit gestern nicht sichtbar", "minutes": 60}"#),
                successStatus: 201, successSummary: "It is open.", problems: [409, 422])
        ) { call in
            let scope = try await call.scope()
            var (body, bytes) = try await JSONBody.read(call)
            let idempotency = try call.idempotencyKey(body: bytes)
            body.allow(only: ["reason", "minutes"])
            let reason = body.text("reason", required: true) ?? ""
            var minutes = 60
            switch body.member("minutes") {
            case nil: break
            case .integer(let value)?: minutes = Int(clamping: value)
            default: body.fault("minutes", "type", "This member must be a whole number.")
            }
            try JSONBody.finish(body)
            let (access, isReplay) = try await call.installation.openEmergencyAccess(
                reason: reason, minutes: minutes, scope: scope, idempotency: idempotency)
            return Answer.value(
                EmergencyValue.make(access, now: call.installation.now()), status: .created,
                headers: HTTPFields.made("\(call.request.uri.path)/\(access.id)", isReplay: isReplay))
        },
        Route(
            description: RouteDescription(
                method: .delete, path: path + "/{access}", operation: "closeEmergencyAccess",
                summary: "Ends emergency access at once; what is written of it stays.", tag: "Accounts",
                access: .permission(.watchOperator), successStatus: 204, successSummary: "It has ended.", produces: [])
        ) { call in
            let scope = try await call.scope()
            _ = try await call.installation.closeEmergencyAccess(
                try call.number("access", of: "emergency access"), scope: scope)
            return Response(status: .noContent)
        },
    ]
}

/// Emergency access as JSON.
enum EmergencyValue {
    static func make(_ access: EmergencyAccess, now: Int64) -> JSONValue {
        .object([
            .init("id", .string(String(access.id))), .init("reason", .string(access.reason)),
            .init("openedBy", .string(access.openedBy)), .init("opened", .string(Timestamp.rfc3339(access.opened))),
            .init("ends", .string(Timestamp.rfc3339(access.ends))),
            .init("closed", access.closed.map { .string(Timestamp.rfc3339($0)) } ?? .null),
            .init("open", .bool(access.isOpen(at: now))),
        ])
    }
}
