import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Issue credentials, and revoke those of all participants.",
        subcommands: [TokenIssue.self, TokenRotate.self])
}

/// `mitplan token issue`.
struct TokenIssue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue a credential for the web interface: the first administrator's, or a participant's.",
        discussion: """
            Prints the token, which is shown this once. Send it as Authorization: Bearer <token>. Without options it is \
            an API key of an administrator of the tenant; revoke it with mitplan key revoke.

            EXAMPLES
              mitplan token issue
              mitplan token issue --role planner:hafen --days 7
              mitplan token issue --participant
            """)

    @Option(help: ArgumentHelp("Role it holds, with a proceeding after a colon.", valueName: "role"))
    var role: RoleArgument = RoleArgument(wish: RoleWish(.tenantAdmin))

    @Option(parsing: .unconditional, help: "Days until it ends, 1 to 365.")
    var days = 30

    @Flag(help: "Issue the pseudonym of a participant instead.")
    var participant = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            if participant {
                Console.out(try await session.installation.issueParticipantToken(scope: scope).text)
                return
            }
            let wish = NewAPIKey(name: "issued on the command line", roles: [role.wish], days: days)
            let (key, text) = try await session.installation.createAPIKey(wish, scope: scope)
            Console.out(text ?? "")
            if !data.quiet {
                Console.error("key \(key.key.id), \(role.wish.text) of \(scope.tenant.id), holds \(days) days")
            }
        }
    }
}

/// `mitplan token rotate`.
struct TokenRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make all participant tokens of a tenant worth nothing.",
        discussion: """
            Citizens get new pseudonyms from then on and cannot change what they wrote under the old ones. API keys stay.

            EXAMPLES
              mitplan token rotate --reason "tokens were leaked" --yes
            """)

    @Option(help: "Why; written to the audit log.")
    var reason: String?

    @Flag(help: "Do it; without this nothing is done.")
    var yes = false

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        guard yes else {
            throw CommandFailure("this ends the tokens of all participants of the tenant", hint: "add --yes to do it")
        }
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            try await session.installation.rotateParticipantTokens(reason: reason, scope: scope)
            if !data.quiet { Console.out("the participant tokens of \(scope.tenant.id) have ended") }
        }
    }
}

/// A role on the command line: `planner`, or `planner:hafen` for one proceeding.
struct RoleArgument: ExpressibleByArgument {
    /// What it says.
    let wish: RoleWish

    init(wish: RoleWish) { self.wish = wish }

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let role = Role(rawValue: String(parts[0])) else { return nil }
        wish = RoleWish(role, proceeding: parts.count == 2 ? String(parts[1]) : nil)
    }

    /// What the help shows of it.
    var defaultValueDescription: String { wish.text }

    static var allValueStrings: [String] { Role.allCases.filter { $0 != .platformAdmin }.map(\.rawValue) }
}
