import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan appointment`.
struct AppointmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appointment", abstract: "Keep the appointments of a proceeding.",
        discussion: """
            EXAMPLES
              mitplan appointment add hafen --title Auftakt --start 2026-05-20T18:00:00+02:00 \\
                --end 2026-05-20T20:00:00+02:00 --place Bürgerhaus --address "Marktplatz 1"
              mitplan appointment list hafen --from 2026-05-01
              mitplan appointment list hafen -o termine.ics
            """,
        subcommands: [
            AppointmentAdd.self, AppointmentList.self, AppointmentShow.self, AppointmentEdit.self,
            AppointmentRemove.self,
        ])
}

/// `mitplan appointment list`.
struct AppointmentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the appointments of a proceeding by their beginning.")

    private static let formats: [OutputFormat] = [.table, .json, .csv, .geojson, .ics]

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: ArgumentHelp("Only those that end after; a day is one of the tenant's time zone.", valueName: "date"))
    var from: Instant?

    @Option(
        help: ArgumentHelp(
            "Only those that begin before an instant, or on or before a day of the tenant's time zone.",
            valueName: "date"))
    var to: Instant?

    @Option(help: ArgumentHelp("Only inside this box in degrees.", valueName: "west,south,east,north"))
    var bbox: BoxArgument?

    @Option(parsing: .unconditional, help: "Most appointments.")
    var limit = 1000

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000") }
    }

    func run() async throws {
        let format = try output.resolved(Self.formats)
        let (target, items) = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            var filter = AppointmentFilter()
            filter.boxes = bbox.map { [$0.box] } ?? []
            filter.from = from?.milliseconds(in: scope.tenant)
            filter.to = to.map { $0.lastMillisecond(in: scope.tenant) + 1 }
            let page = try await session.installation.appointments(
                of: target, filter: filter, limit: limit, after: nil, scope: scope)
            return (target, page.items)
        }
        if format == .ics {
            return try output.write(String(decoding: AppointmentCalendar.bytes(items, of: target), as: UTF8.self))
        }
        var listing = Listing([
            .init("id"), .init("start"), .init("end"), .init("title", maximumWidth: 48),
            .init("place", maximumWidth: 32), .init("address", maximumWidth: 40),
        ])
        for item in items {
            listing.append(
                [
                    .text("\(item.id)"), .text(NumberText.instant(item.details.start)),
                    .text(NumberText.instant(item.details.end)), .text(item.details.title),
                    .text(item.details.place), .text(item.details.address),
                ], geometry: item.details.position.map { .point($0) })
        }
        try output.write(listing, formats: Self.formats)
    }
}

/// `mitplan appointment show`.
struct AppointmentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an appointment.")

    @OptionGroup var item: ItemOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let found = try await item.with { session, target, scope in
            try await session.installation.appointment(item.id, of: target, scope: scope)
        }
        let details = found.details
        try output.write(
            Listing(members: [
                ("id", "\(found.id)"), ("title", details.title), ("description", details.description),
                ("start", NumberText.instant(details.start)), ("end", NumberText.instant(details.end)),
                ("place", details.place), ("address", details.address), ("website", details.website),
                ("position", details.position.map { "\($0.x),\($0.y)" }), ("version", "\(found.version)"),
            ]))
    }
}
