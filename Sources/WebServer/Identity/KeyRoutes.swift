import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// API keys of the tenant.
enum KeyRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/keys", operation: "listKeys",
                summary: "The API keys of the tenant, newest first; never their secrets.", tag: "Accounts",
                access: .permission(.administerTenant))
        ) { call in
            let keys = try await call.installation.apiKeys(scope: try await call.scope())
            return Answer.value(
                .object([.init("keys", .array(keys.map { KeyValue.make($0) }))]), headers: [.cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .post, path: "/api/v1/keys", operation: "createKey",
                summary: "Makes an API key; its text is told this once.", tag: "Accounts",
                access: .permission(.administerTenant),
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: "What the key is for, its roles, and days until it ends.",
                    example: #"{"name": "GIS", "roles": [{"role": "analyst", "proceeding": "hafen"}], "days": 90}"#),
                successStatus: 201, successSummary: "It is stored; the member key holds its text.",
                problems: [409, 422])
        ) { call in
            let scope = try await call.scope()
            var (body, bytes) = try await JSONBody.read(call)
            let idempotency = try call.idempotencyKey(body: bytes)
            body.allow(only: ["name", "roles", "days"])
            var wish = NewAPIKey(name: body.text("name", required: true) ?? "", roles: [])
            switch body.member("days") {
            case nil: break
            case .integer(let days)?: wish.days = Int(clamping: days)
            default: body.fault("days", "type", "This member must be a whole number.")
            }
            if let items = body.member("roles")?.array {
                for (index, item) in items.enumerated() {
                    var inner = JSONBody(item, at: "/roles/\(index)")
                    inner.allow(only: ["role", "proceeding"])
                    if let role = inner.role() { wish.roles.append(role) }
                    try JSONBody.finish(inner)
                }
            } else {
                body.fault("roles", "required", "This member must be an array of roles.")
            }
            try JSONBody.finish(body)
            let (key, text) = try await call.installation.createAPIKey(wish, scope: scope, idempotency: idempotency)
            return Answer.value(
                KeyValue.make(key, text: text), status: .created,
                headers: HTTPFields.made("\(call.request.uri.path)/\(key.key.id)", isReplay: text == nil))
        },
        Route(
            description: RouteDescription(
                method: .delete, path: "/api/v1/keys/{key}", operation: "revokeKey",
                summary: "Revokes an API key for good, at once.", tag: "Accounts",
                access: .permission(.administerTenant), successStatus: 204)
        ) { call in
            let scope = try await call.scope()
            try await call.installation.revokeAPIKey(try call.number("key", of: "key"), scope: scope)
            return Response(status: .noContent)
        },
    ]
}

extension JSONBody {
    /// The role that an object names, with its proceeding.
    mutating func role() -> RoleWish? {
        guard let name = text("role", required: true) else { return nil }
        guard let role = Role(rawValue: name) else {
            fault(
                "role", "value",
                "This member must be one of " + Role.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            return nil
        }
        return RoleWish(role, proceeding: text("proceeding"))
    }
}

/// API keys as JSON.
private enum KeyValue {
    static func make(_ described: DescribedAPIKey, text: String? = nil) -> JSONValue {
        func instant(_ value: Int64?) -> JSONValue { value.map { .string(Timestamp.rfc3339($0)) } ?? .null }
        let key = described.key
        let day = key.lastDay.map { String(Timestamp.rfc3339($0 * 86_400_000).prefix(10)) }
        var members: [JSONValue.Member] = [
            .init("id", .string(String(key.id))), .init("name", .string(key.name)),
            .init("roles", .array(described.roles.map { RoleValue.grant($0) })),
            .init("created", instant(key.created)), .init("createdBy", .string(key.createdBy)),
            .init("expires", instant(key.expires)), .init("revoked", instant(key.revoked)),
            .init("lastUsed", day.map { .string($0) } ?? .null),
        ]
        if let text { members.append(.init("key", .string(text))) }
        return .object(members)
    }
}
