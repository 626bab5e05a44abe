import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan init`.
struct Initialise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a data directory with its first tenant.",
        discussion: """
            Run again on the same directory it changes nothing.

            EXAMPLES
              mitplan init
              mitplan init --data /srv/mitplan --tenant hamburg --name "Freie und Hansestadt Hamburg"
              mitplan init --tenant berlin --name Berlin --crs EPSG:25833
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var details: TenantDetails

    @Option(help: ArgumentHelp("Identifier of the first tenant: a-z, 0-9 and hyphens.", valueName: "id"))
    var tenant = "city"

    @Option(help: "Name of the first tenant for people; the identifier when not given.")
    var name: String?

    func run() async throws {
        let directory = data.directory
        try directory.create()
        let session = try Session.open(directory)
        let existing = try await session.installation.tenants()
        if existing.isEmpty {
            let made = try await session.installation.createTenant(
                details.tenant(id: tenant, name: name ?? tenant), isDefault: true)
            if !data.quiet { Console.out("\(directory.path) is ready, tenant \(made.id)") }
        } else if !data.quiet {
            Console.out(
                "\(directory.path) was ready already, tenants: " + existing.map(\.id).sorted().joined(separator: ", "))
        }
        try await session.installation.engine.close()
    }
}

/// What can be said of a tenant when it is made.
struct TenantDetails: ParsableArguments {
    @Option(help: ArgumentHelp("CRS in metres for distances and grids.", valueName: "epsg"))
    var crs = "EPSG:25832"

    @Option(help: ArgumentHelp("Time zone in which days begin and end.", valueName: "iana"))
    var timeZone = "Europe/Berlin"

    @Option(help: "Language of texts where nobody asked for another.")
    var language = "de"

    @Option(help: "Licence of published data.")
    var licence: String?

    @Option(help: "Who publishes the data.")
    var publisher: String?

    /// A tenant with these details.
    func tenant(id: String, name: String) -> Tenant {
        Tenant(
            id: id, name: name, defaultLanguage: language, metricCRS: crs, timeZone: timeZone, licence: licence,
            publisher: publisher)
    }
}
