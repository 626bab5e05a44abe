import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Whom the credential of a request stands for.
enum AccountRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/account", operation: "getAccount",
                summary: """
                    Whom one's credential stands for: the account that roles are given to, and the roles it holds; for \
                    administrators also whether the operator is in the tenant's data.
                    """,
                tag: "Accounts", access: .everybody)
        ) { call in
            let scope = try await call.scope()
            let roles = try await call.installation.heldRoles(scope: scope)
            func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
            var members: [JSONValue.Member] = [
                .init("account", text(scope.viewer.account)), .init("participant", text(scope.viewer.participant)),
                .init(
                    "roles",
                    .array(
                        roles.map { role in
                            .object([
                                .init("role", .string(role.role.rawValue)), .init("proceeding", text(role.proceeding)),
                            ])
                        })),
            ]
            if scope.viewer.may(.watchOperator) {
                let now = call.installation.now()
                let last = try await call.installation.emergencyAccesses(limit: 1, scope: scope).items.first
                let open = last.flatMap { $0.isOpen(at: now) ? EmergencyValue.make($0, now: now) : nil }
                members.append(.init("emergencyAccess", open ?? .null))
            }
            return Answer.value(.object(members), headers: [.cacheControl: "no-store"])
        }
    ]
}
