import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan issuer add`.
struct IssuerAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add an issuer; no tenant takes its tokens before mitplan issuer map.",
        discussion: """
            EXAMPLES
              mitplan issuer add city https://sso.example.org/realms/city --audience mitplan \\
                --roles-claim realm_access.roles
            """)

    @Argument(help: "Identifier: a-z, 0-9 and hyphens; the names of its accounts begin with it.")
    var id: String

    @Argument(help: "What its tokens name in iss, to the character.")
    var url: String

    @OptionGroup var options: IssuerOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Session.with(data) { session in
            let scope = try await session.operatorScope()
            let issuer = try options.changed(Issuer(id: id, url: url, audiences: []))
            let stored = try await session.installation.addIssuer(issuer, scope: scope)
            if !data.quiet { Console.out("issuer \(stored.id) is added") }
        }
    }
}

/// `mitplan issuer set`.
struct IssuerSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Change an issuer; what is not given stays.")

    @Argument(help: "Identifier.")
    var id: String

    @Option(help: "What its tokens name in iss, to the character; the names of its accounts change with it.")
    var url: String?

    @OptionGroup var options: IssuerOptions
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Session.with(data) { session in
            let scope = try await session.operatorScope()
            var issuer = try options.changed(try await session.installation.issuer(id, scope: scope).issuer)
            if let url { issuer.url = url }
            _ = try await session.installation.changeIssuer(issuer, version: issuer.version, scope: scope)
            if !data.quiet { Console.out("issuer \(id) is changed") }
        }
    }
}

/// What is said of an issuer.
struct IssuerOptions: ParsableArguments {
    @Option(
        name: .customLong("audience"), help: "Whom its tokens must be for; may be repeated, and replaces those before.")
    var audiences: [String] = []

    @Option(
        name: .customLong("algorithm"),
        help: "How its tokens may be signed; may be repeated, and replaces those before. RS256 and ES256 at first.")
    var algorithms: [SigningAlgorithm] = []

    @Option(help: "Where its keys are; an empty text to find them in its /.well-known/openid-configuration.")
    var keysURL: String?

    @Option(
        help: ArgumentHelp(
            "Where tokens name groups or roles, such as realm_access.roles; an empty text takes it away.",
            valueName: "path"))
    var rolesClaim: String?

    @Option(
        help: ArgumentHelp(
            "Where tokens must name the slug of the tenant they are for; an empty text takes it away.",
            valueName: "path"))
    var tenantClaim: String?

    @Option(parsing: .unconditional, help: "Seconds by which clocks may differ, 0 to 60; 30 at first.")
    var leeway: Int64?

    /// The issuer with what was given.
    ///
    /// - Throws: ``CommandFailure`` of usage for what is no path of a claim.
    func changed(_ issuer: Issuer) throws -> Issuer {
        func path(_ text: String?, _ old: ClaimPath?, _ option: String) throws -> ClaimPath? {
            guard let text else { return old }
            guard !text.isEmpty else { return nil }
            guard let path = ClaimPath(text) else {
                throw CommandFailure.usage("\(option) is no path of a claim", hint: "\(option) realm_access.roles")
            }
            return path
        }
        var result = issuer
        if !audiences.isEmpty { result.audiences = audiences }
        if !algorithms.isEmpty { result.algorithms = algorithms }
        if let keysURL { result.keysURL = keysURL.isEmpty ? nil : keysURL }
        result.rolesClaim = try path(rolesClaim, issuer.rolesClaim, "--roles-claim")
        result.tenantClaim = try path(tenantClaim, issuer.tenantClaim, "--tenant-claim")
        if let leeway { result.leeway = leeway }
        return result
    }
}

/// `mitplan issuer map`.
struct IssuerMap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Make a tenant take tokens of an issuer, with these roles for values of their claims.",
        discussion: """
            The roles replace those before. Without any, people who sign in there take part as participants.

            EXAMPLES
              mitplan issuer map city --tenant bonn
              mitplan issuer map city --tenant bonn --role mod-hafen=moderator:hafen --role it-admin=tenantAdmin
            """)

    @Argument(help: "Identifier of the issuer.")
    var id: String

    @Option(
        name: .customLong("role"),
        help: ArgumentHelp(
            "A value of the claim, and the role it gives; may be repeated.", valueName: "value=role"))
    var roles: [ClaimedRoleArgument] = []

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    func run() async throws {
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            let mapping = try await session.installation.mapIssuer(
                id, roles: roles.map(\.wish), version: nil, scope: scope)
            if !data.quiet {
                Console.out(
                    "\(scope.tenant.id) takes tokens of \(id); \(mapping.roles.count) of their claims give roles")
            }
        }
    }
}

/// A value of a claim and its role on the command line: `mod-hafen=moderator:hafen`; the last `=` divides.
struct ClaimedRoleArgument: ExpressibleByArgument {
    /// What it says.
    let wish: ClaimedRoleWish

    init?(argument: String) {
        guard let place = argument.lastIndex(of: "="),
            let role = RoleArgument(argument: String(argument[argument.index(after: place)...]))
        else { return nil }
        wish = ClaimedRoleWish(String(argument[..<place]), role.wish)
    }
}

/// `mitplan issuer unmap`.
struct IssuerUnmap: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmap", abstract: "Make a tenant take no tokens of an issuer any more, at once.")

    @Argument(help: "Identifier of the issuer.")
    var id: String

    @OptionGroup var why: ReasonOptions

    func run() async throws {
        try await why.with { session, scope in
            try await session.installation.unmapIssuer(id, reason: why.reason, scope: scope)
            return "\(scope.tenant.id) takes no tokens of \(id) any more"
        }
    }
}

/// `mitplan issuer remove`.
struct IssuerRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an issuer for all tenants; its tokens are worth nothing at once.")

    @Argument(help: "Identifier.")
    var id: String

    @Option(help: "Why; written to the audit log.")
    var reason: String?

    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Session.with(data) { session in
            let scope = try await session.operatorScope()
            try await session.installation.removeIssuer(id, reason: reason, scope: scope)
            if !data.quiet { Console.out("issuer \(id) is removed") }
        }
    }
}
