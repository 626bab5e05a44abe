import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan role`.
struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Give, list and take away the roles of accounts.",
        subcommands: [RoleGrant.self, RoleList.self, RoleRevoke.self])
}

/// `mitplan role grant`.
struct RoleGrant: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant",
        abstract: "Give a role to an account; giving it twice changes nothing.",
        discussion: """
            EXAMPLES
              mitplan role grant city:6f1c0e5b9a4d4b7f8c2e1d3a5b6f7081 moderator:hafen
              mitplan role grant key:12 tenantAdmin --reason "runs the platform of the city"
            """)

    @Argument(help: "The account, as GET /api/v1/account tells its holder.")
    var subject: String

    @Argument(help: ArgumentHelp("Role, with a proceeding after a colon.", valueName: "role"))
    var role: RoleArgument

    @OptionGroup var why: ReasonOptions

    func run() async throws {
        try await why.with { session, scope in
            let (given, _) = try await session.installation.grantRole(
                role.wish, to: subject, reason: why.reason, scope: scope)
            return "role \(given.id): \(given.subject) is \(role.wish.text)"
        }
    }
}

/// `mitplan role list`.
struct RoleList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the roles given in a tenant.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let roles = try await Session.with(data) { session in
            try await session.installation.roleAssignments(scope: try await session.scope(tenant))
        }
        var listing = Listing([
            .init("id"), .init("subject"), .init("role"), .init("proceeding"), .init("created"), .init("createdBy"),
        ])
        for role in roles {
            listing.append([
                .text(String(role.id)), .text(role.subject), .text(role.grant.role.rawValue), .text(role.proceeding),
                .text(Timestamp.rfc3339(role.created)), .text(role.createdBy),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan role revoke`.
struct RoleRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Take a role away.")

    @Argument(help: "Number of the assignment, as mitplan role list tells it.")
    var id: Int64

    @OptionGroup var why: ReasonOptions

    func run() async throws {
        try await why.with { session, scope in
            try await session.installation.revokeRole(id, reason: why.reason, scope: scope)
            return "role \(id) is taken away"
        }
    }
}
