import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan tenant show`.
struct TenantShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a tenant with its settings.")

    @Argument(help: "Identifier; the default tenant when not given.")
    var id: String?

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let (tenant, hosts) = try await Session.with(data) { session in
            let tenant = try await session.scope(tenant: id).tenant
            return (tenant, try await session.installation.hosts(of: tenant))
        }
        var listing = Listing([.init("name"), .init("value", maximumWidth: 100)])
        let rows: [(String, String?)] = [
            ("id", tenant.id), ("name", tenant.name), ("language", tenant.defaultLanguage),
            ("metricCRS", tenant.metricCRS), ("timeZone", tenant.timeZone), ("licence", tenant.licence),
            ("publisher", tenant.publisher), ("contact", tenant.contact), ("status", tenant.status.rawValue),
            ("hosts", hosts.joined(separator: " ")),
            ("origins", tenant.settings.origins.joined(separator: " ")),
            ("rateFactor", "\(tenant.settings.rateFactor)"),
            ("imageMegabytes", "\(tenant.settings.imageMegabytes)"),
            ("operatorAccess", tenant.settings.operatorAccess.rawValue),
        ]
        for (name, value) in rows {
            listing.append([.text(name), .text(value)])
        }
        try output.write(listing)
    }
}

/// `mitplan tenant set`.
struct TenantSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change a tenant; what is not given stays.",
        discussion: """
            EXAMPLES
              mitplan tenant set bonn --name "Bundesstadt Bonn" --host mitmachen.bonn.example
              mitplan tenant set bonn --rate-factor 20
              mitplan tenant set bonn --status suspended
            """)

    @Argument(help: "Identifier.")
    var id: String

    @Option(help: "Name for people.")
    var name: String?

    @Option(help: "Language of texts where nobody asked for another, de or en.")
    var language: String?

    @Option(help: ArgumentHelp("CRS in metres for distances and grids.", valueName: "epsg"))
    var crs: String?

    @Option(help: ArgumentHelp("Time zone in which days begin and end.", valueName: "iana"))
    var timeZone: String?

    @Option(help: "Licence of published data; an empty text takes it away.")
    var licence: String?

    @Option(help: "Who publishes the data; an empty text takes it away.")
    var publisher: String?

    @Option(help: "Whom to ask; an empty text takes it away.")
    var contact: String?

    @Option(name: .customLong("host"), help: "Host name that it owns; may be repeated, and replaces those before.")
    var hosts: [String] = []

    @Flag(help: "Take all host names away.")
    var noHosts = false

    @Option(
        name: .customLong("origin"),
        help: "Origin whose pages may write, such as https://example.org; may be repeated, and replaces those before.")
    var origins: [String] = []

    @Flag(help: "Take all origins away.")
    var noOrigins = false

    @Option(parsing: .unconditional, help: "What the limits on rates are multiplied with; 0 switches them off.")
    var rateFactor: Double?

    @Option(
        parsing: .unconditional, help: "Most MiB of pictures that citizens and staff hang on contributions and drafts.")
    var imageMegabytes: Int?

    @Option(help: "always, or onGrant: then the operator needs emergency access to the tenant's data.")
    var operatorAccess: OperatorAccess?

    @Option(help: "active, or suspended: then it is as if it were not there.")
    var status: Tenant.Status?

    @Flag(help: "Make it the tenant of the routes and commands that name none.")
    var `default` = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        var change = TenantChange()
        change.name = name
        change.language = language
        change.metricCRS = crs
        change.timeZone = timeZone
        change.licence = licence
        change.publisher = publisher
        change.contact = contact
        change.hosts = hosts.isEmpty && !noHosts ? nil : hosts
        change.origins = origins.isEmpty && !noOrigins ? nil : origins
        change.rateFactor = rateFactor
        change.imageMegabytes = imageMegabytes
        change.status = status
        change.operatorAccess = operatorAccess
        let wanted = change
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant: id)
            let tenant = try await session.installation.change(wanted, isDefault: `default`, scope: scope)
            if !data.quiet { Console.out("tenant \(tenant.id) is changed") }
        }
    }
}

/// `mitplan tenant delete`.
struct TenantDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a tenant with everything of it, for good.",
        discussion: """
            Its proceedings, contributions, layers, accounts and its audit log go; the log of the installation tells that \
            it was deleted. Make a backup first.

            EXAMPLES
              mitplan tenant delete bonn --confirm bonn
            """)

    @Argument(help: "Identifier.")
    var id: String

    @Option(help: "The identifier once more; without it nothing is deleted.")
    var confirm: String?

    @Option(help: "Why; written to the audit log of the installation.")
    var reason: String?

    @OptionGroup var data: DataOptions

    func run() async throws {
        guard confirm == id else {
            throw CommandFailure(
                "this deletes tenant \(id) with everything of it", hint: "add --confirm \(id) to do it")
        }
        try await Session.with(data) { session in
            let scope = try await session.scope(tenant: id)
            try await session.installation.deleteTenant(reason: reason, scope: scope)
            if !data.quiet { Console.out("tenant \(id) is deleted") }
        }
    }
}
