import GeoCore
import HTTPTypes
import Hummingbird
import Participation
import Platform
import Storage

/// Roles given to accounts of the tenant.
enum RoleRoutes {
    static let routes: [Route] = [
        Route(
            description: RouteDescription(
                method: .get, path: "/api/v1/roles", operation: "listRoles",
                summary: "The roles given in the tenant, to accounts and to keys.", tag: "Accounts",
                access: .permission(.administerTenant))
        ) { call in
            let roles = try await call.installation.roleAssignments(scope: try await call.scope())
            return Answer.value(
                .object([.init("roles", .array(roles.map(RoleValue.make)))]), headers: [.cacheControl: "no-store"])
        },
        Route(
            description: RouteDescription(
                method: .post, path: "/api/v1/roles", operation: "grantRole",
                summary: "Gives a role to an account, in one proceeding or in the whole tenant.", tag: "Accounts",
                access: .permission(.administerTenant),
                body: BodyDescription(
                    mediaTypes: ["application/json"],
                    summary: "The account as getAccount tells its holder, and the role.",
                    example: """
                        {"subject": "city:6f1c0e5b9a4d4b7f8c2e1d3a5b6f7081", "role": "moderator", "proceeding": "hafen"}
                        """),
                successStatus: 201, successSummary: "It is given.", problems: [422])
        ) { call in
            let scope = try await call.scope()
            var (body, bytes) = try await JSONBody.read(call)
            let idempotency = try call.idempotencyKey(body: bytes)
            body.allow(only: ["subject", "role", "proceeding", "reason"])
            let subject = body.text("subject", required: true) ?? ""
            let role = body.role()
            let reason = body.text("reason")
            try JSONBody.finish(body)
            let wish = role ?? RoleWish(.analyst)
            let (given, isReplay) = try await call.installation.grantRole(
                wish, to: subject, reason: reason, scope: scope, idempotency: idempotency)
            return Answer.value(
                RoleValue.make(given), status: .created,
                headers: HTTPFields.made("\(call.request.uri.path)/\(given.id)", isReplay: isReplay))
        },
        Route(
            description: RouteDescription(
                method: .delete, path: "/api/v1/roles/{role}", operation: "revokeRole",
                summary: "Takes a role away; it acts on the next request.", tag: "Accounts",
                access: .permission(.administerTenant), successStatus: 204)
        ) { call in
            let scope = try await call.scope()
            try await call.installation.revokeRole(try call.number("role", of: "role"), scope: scope)
            return Response(status: .noContent)
        },
    ]
}

/// Roles as JSON.
enum RoleValue {
    static func grant(_ assignment: RoleAssignment) -> JSONValue {
        .object([
            .init("role", .string(assignment.grant.role.rawValue)),
            .init("proceeding", assignment.proceeding.map { .string($0) } ?? .null),
        ])
    }

    static func make(_ assignment: RoleAssignment) -> JSONValue {
        .object([
            .init("id", .string(String(assignment.id))), .init("subject", .string(assignment.subject)),
            .init("role", .string(assignment.grant.role.rawValue)),
            .init("proceeding", assignment.proceeding.map { .string($0) } ?? .null),
            .init("created", .string(Timestamp.rfc3339(assignment.created))),
            .init("createdBy", .string(assignment.createdBy)),
            .init("ends", assignment.ends.map { .string(Timestamp.rfc3339($0)) } ?? .null),
        ])
    }
}
