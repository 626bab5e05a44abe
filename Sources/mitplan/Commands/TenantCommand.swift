import ArgumentParser
import Participation
import Platform

/// `mitplan tenant`.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Make, show, change and delete tenants.",
        subcommands: [TenantCreate.self, TenantList.self, TenantShow.self, TenantSet.self, TenantDelete.self])
}

/// `mitplan tenant create`.
struct TenantCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a tenant: a municipality or authority.",
        discussion: """
            EXAMPLES
              mitplan tenant create bonn --name "Bundesstadt Bonn"
              mitplan tenant create potsdam --name Potsdam --crs EPSG:25833 --default
            """)

    @Argument(help: ArgumentHelp("Identifier: a-z, 0-9 and hyphens.", valueName: "id"))
    var id: String

    @Option(help: "Name for people; the identifier when not given.")
    var name: String?

    @Flag(help: "Make it the tenant of the routes and commands that name none.")
    var `default` = false

    @OptionGroup var details: TenantDetails
    @OptionGroup var data: DataOptions

    func run() async throws {
        try await Session.with(data) { session in
            let tenant = try await session.installation.createTenant(
                details.tenant(id: id, name: name ?? id), isDefault: `default`)
            if !data.quiet { Console.out("tenant \(tenant.id) is ready") }
        }
    }
}

/// `mitplan tenant list`.
struct TenantList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tenants.")

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let (tenants, standard) = try await Session.with(data) { session in
            (try await session.installation.tenants(), try await session.installation.defaultTenant())
        }
        var listing = Listing([
            .init("id"), .init("name"), .init("metricCRS", title: "crs"), .init("timeZone", title: "time zone"),
            .init("isDefault", title: "default"),
        ])
        for tenant in tenants {
            listing.append([
                .text(tenant.id), .text(tenant.name), .text(tenant.metricCRS), .text(tenant.timeZone),
                .flag(tenant.id == standard?.id),
            ])
        }
        try output.write(listing)
    }
}
