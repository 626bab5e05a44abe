import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// What a tenant makes of the claims of an issuer.
enum IssuerMappingRoutes {
    private static let path = "/api/v1/issuers/{issuer}/mapping"

    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: path, operation: "getIssuerMapping",
                summary: "Which values among the claims of an issuer give which role in the tenant.", tag: "Accounts",
                access: .permission(.administerTenant))
        ) { call in
            let scope = try await call.scope()
            let id = try call.name("issuer", of: "issuer")
            guard let mapping = try await call.installation.issuerMapping(id, scope: scope) else {
                throw Problem.missing("issuer")
            }
            return answer(mapping)
        },
        Route(
            description: RouteDescription(
                method: .put, path: path, operation: "putIssuerMapping",
                summary: """
                    Makes the tenant take tokens of an issuer, which only the operator can begin, and replaces the roles \
                    that their claims give.
                    """, tag: "Accounts", access: .permission(.administerTenant),
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: "All roles, by value; none for an issuer whose people just take part.",
                    example: """
                        {"roles": [{"value": "moderation-hafen", "role": "moderator", "proceeding": "hafen"}, \
                        {"value": "mitplan-admin", "role": "tenantAdmin"}]}
                        """), problems: [409, 412, 422, 428])
        ) { call in
            let scope = try await call.scope()
            let id = try call.name("issuer", of: "issuer")
            var (body, _) = try await JSONBody.read(call)
            body.allow(only: ["roles"])
            var roles: [ClaimedRoleWish] = []
            if let items = body.member("roles")?.array {
                for (index, item) in items.enumerated() {
                    var inner = JSONBody(item, at: "/roles/\(index)")
                    inner.allow(only: ["value", "role", "proceeding"])
                    let value = inner.text("value", required: true)
                    if let value, let role = inner.role() { roles.append(ClaimedRoleWish(value, role)) }
                    try JSONBody.finish(inner)
                }
            } else {
                body.fault("roles", "required", "This member must be an array of roles.")
            }
            try JSONBody.finish(body)
            let isMapped = try await call.installation.issuerMapping(id, scope: scope) != nil
            let version = try isMapped || call.request.headers[.ifMatch] != nil ? call.expectedVersion() : 0
            return answer(try await call.installation.mapIssuer(id, roles: roles, version: version, scope: scope))
        },
        Route(
            description: RouteDescription(
                method: .delete, path: path, operation: "deleteIssuerMapping",
                summary: "Makes the tenant take no tokens of an issuer any more.", tag: "Accounts",
                access: .permission(.administerTenant), successStatus: 204, problems: [412, 428])
        ) { call in
            let scope = try await call.scope()
            let version = try call.expectedVersion()
            try await call.installation.unmapIssuer(
                try call.name("issuer", of: "issuer"), version: version, scope: scope)
            return Response(status: .noContent)
        },
    ]

    private static func answer(_ mapping: IssuerMapping) -> Response {
        let roles = mapping.roles.map { role -> JSONValue in
            .object([
                .init("value", .string(role.value)), .init("role", .string(role.grant.role.rawValue)),
                .init("proceeding", role.proceeding.map { .string($0) } ?? .null),
            ])
        }
        return Answer.value(
            .object([.init("roles", .array(roles))]),
            headers: [.cacheControl: "no-store", .eTag: ItemTag.make(mapping.version)])
    }
}
