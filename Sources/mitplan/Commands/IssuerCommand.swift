import ArgumentParser
import OutboundHTTP
import Participation
import Platform
import Storage

/// `mitplan issuer`.
struct IssuerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issuer",
        abstract: "Take tokens of other issuers: providers of OpenID Connect.",
        discussion: """
            The server fetches the keys of an issuer itself, and asks only origins it was allowed to: \
            mitplan serve --allow-origin, or --allow-public-hosts.

            EXAMPLES
              mitplan issuer add city https://sso.example.org/realms/city --audience mitplan \\
                --roles-claim realm_access.roles
              mitplan issuer check city
              mitplan issuer map city --tenant bonn --role mod-hafen=moderator:hafen
            """,
        subcommands: [
            IssuerAdd.self, IssuerSet.self, IssuerList.self, IssuerShow.self, IssuerCheck.self, IssuerMap.self,
            IssuerUnmap.self, IssuerRemove.self,
        ])
}

extension Session {
    /// The operator in some tenant, the default one if there is: for what belongs to none.
    ///
    /// - Throws: ``CommandFailure`` before the first tenant.
    func operatorScope() async throws -> Scope {
        var tenant = try await installation.defaultTenant()
        if tenant == nil { tenant = try await installation.tenants().first }
        guard let tenant else { throw CommandFailure("there is no tenant yet", hint: "mitplan tenant create") }
        return Scope(tenant: tenant, viewer: .staff)
    }
}

/// `mitplan issuer list`.
struct IssuerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the issuers of the installation, with the tenants that take their tokens.")

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let issuers = try await Session.with(data) { session in
            let scope = try await session.operatorScope()
            var described: [DescribedIssuer] = []
            for issuer in try await session.installation.issuers(scope: scope) {
                described.append(try await session.installation.issuer(issuer.id, scope: scope))
            }
            return described
        }
        var listing = Listing([.init("id"), .init("url", maximumWidth: 80), .init("audiences"), .init("tenants")])
        for described in issuers {
            listing.append([
                .text(described.issuer.id), .text(described.issuer.url),
                .text(described.issuer.audiences.joined(separator: " ")),
                .text((described.tenants ?? []).joined(separator: " ")),
            ])
        }
        try output.write(listing)
    }
}

/// `mitplan issuer show`.
struct IssuerShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an issuer, and what a tenant makes of its claims.")

    @Argument(help: "Identifier.")
    var id: String

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let (described, mapping, scope) = try await Session.with(data) { session in
            let scope = try await session.scope(tenant)
            return (
                try await session.installation.issuer(id, scope: scope),
                try await session.installation.issuerMapping(id, scope: scope), scope
            )
        }
        var listing = Listing([.init("name"), .init("value", maximumWidth: 100)])
        let issuer = described.issuer
        let roles = mapping.map { mapping in
            mapping.roles.map { "\($0.value)=\(RoleWish($0.grant.role, proceeding: $0.proceeding).text)" }
                .joined(separator: " ")
        }
        let rows: [(String, String?)] = [
            ("id", issuer.id), ("url", issuer.url), ("audiences", issuer.audiences.joined(separator: " ")),
            ("algorithms", issuer.algorithms.map(\.rawValue).joined(separator: " ")), ("keysURL", issuer.keysURL),
            ("rolesClaim", issuer.rolesClaim?.text), ("tenantClaim", issuer.tenantClaim?.text),
            ("leeway", "\(issuer.leeway)"), ("tenants", (described.tenants ?? []).joined(separator: " ")),
            ("roles in \(scope.tenant.id)", roles),
        ]
        for (name, value) in rows { listing.append([.text(name), .text(value)]) }
        try output.write(listing)
    }
}

/// `mitplan issuer check`.
struct IssuerCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask an issuer for its keys, as the server would, and list those that can be used.")

    @Argument(help: "Identifier.")
    var id: String

    @Option(
        help: ArgumentHelp(
            "Origin that may be asked also without encryption, or in one's own network.", valueName: "origin"))
    var allowOrigin: [String] = []

    @OptionGroup var data: DataOptions

    func run() async throws {
        let policy = OutboundPolicy(origins: Set(allowOrigin), allowsPublicHosts: true)
        try await Session.with(data) { session in
            let scope = try await session.operatorScope()
            do {
                let (url, names) = try await session.installation.askIssuer(id, outbound: policy, scope: scope)
                if !data.quiet { Console.error("\(names.count) keys that can be used at \(url)") }
                for name in names { Console.out(DisplayText.plain(name)) }
            } catch let fault as IssuerFault {
                throw CommandFailure(
                    "\(fault)", hint: "--allow-origin https://… lets a server of one's own network be asked")
            }
        }
    }
}
