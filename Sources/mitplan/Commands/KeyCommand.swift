import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan key`.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list and revoke API keys.",
        subcommands: [KeyCreate.self, KeyList.self, KeyRevoke.self])
}

/// `mitplan key create`.
struct KeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an API key; its text is shown this once.",
        discussion: """
            EXAMPLES
              mitplan key create --name "GIS of the city" --role analyst
              mitplan key create --name import --role planner:hafen --role moderator --days 365
            """)

    @Option(help: "What the key is for.")
    var name: String

    @Option(
        name: .customLong("role"),
        help: ArgumentHelp("Role it holds, with a proceeding after a colon; may be repeated.", valueName: "role"))
    var roles: [RoleArgument]

    @Option(parsing: .unconditional, help: "Days until it ends, 1 to 365.")
    var days = 90

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            let (key, text) = try await session.installation.createAPIKey(
                NewAPIKey(name: name, roles: roles.map(\.wish), days: days), scope: scope)
            Console.out(text ?? "")
            if !data.quiet { Console.error("key \(key.key.id) holds \(days) days") }
        }
    }
}

/// `mitplan key list`.
struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the API keys of a tenant, never their secrets.")

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let keys = try await Session.with(data) { session in
            try await session.installation.apiKeys(scope: try await session.scope(tenant))
        }
        var listing = Listing([
            .init("id"), .init("name"), .init("roles"), .init("expires"), .init("revoked"),
            .init("lastUsed", title: "last used"),
        ])
        for described in keys {
            let key = described.key
            let roles = described.roles.map { RoleWish($0.grant.role, proceeding: $0.proceeding).text }
            listing.append([
                .text(String(key.id)), .text(key.name), .text(roles.joined(separator: " ")),
                .text(Timestamp.rfc3339(key.expires)), .flag(key.revoked != nil),
                .text(key.lastDay.map { String(Timestamp.rfc3339($0 * 86_400_000).prefix(10)) }),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan key revoke`.
struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke an API key for good, at once.")

    @Argument(help: "Number of the key, as mitplan key list tells it.")
    var id: Int64

    @OptionGroup var why: ReasonOptions

    func run() async throws {
        try await why.with { session, scope in
            try await session.installation.revokeAPIKey(id, reason: why.reason, scope: scope)
            return "key \(id) is revoked"
        }
    }
}
