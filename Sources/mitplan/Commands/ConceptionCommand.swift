import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan conception`.
struct ConceptionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conception", abstract: "Keep the drafts that citizens discuss in phase 2.",
        discussion: """
            Comments on them are decided on with mitplan moderate, as those on contributions.

            EXAMPLES
              mitplan conception add hafen --title "Variante A" --text-file a.txt --place a.geojson
              mitplan conception list hafen
              mitplan conception change hafen 12 --order 2
            """,
        subcommands: [
            ConceptionAdd.self, ConceptionList.self, ConceptionShow.self, ConceptionEdit.self, ConceptionRemove.self,
        ])
}

/// `mitplan conception list`.
struct ConceptionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the conceptions of a proceeding by their order.")

    private static let formats: [OutputFormat] = [.table, .json, .csv, .geojson]

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(parsing: .unconditional, help: "Most conceptions.")
    var limit = 50

    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000") }
    }

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let conceptions = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.conceptions(of: target, limit: limit, after: nil, scope: scope).items
        }
        var listing = Listing([
            .init("id"), .init("order"), .init("state"), .init("title", maximumWidth: 60),
            .init("votesUp", title: "+"), .init("votesDown", title: "−"), .init("comments"),
        ])
        for item in conceptions {
            listing.append(
                [
                    .text("\(item.id)"), .count(Int(clamping: item.order)), .text(item.state.name), .text(item.title),
                    .count(Int(clamping: item.votesUp)), .count(Int(clamping: item.votesDown)),
                    .count(Int(clamping: item.commentCount)),
                ], geometry: item.geometry)
        }
        try output.write(listing, formats: Self.formats)
    }
}

/// `mitplan conception show`.
struct ConceptionShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a conception.")

    @OptionGroup var item: ItemOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        _ = try output.resolved([.table, .json, .csv])
        let found = try await item.with { session, target, scope in
            try await session.installation.conception(item.id, of: target, scope: scope)
        }
        try output.write(
            Listing(members: [
                ("id", "\(found.id)"), ("title", found.title), ("text", found.text), ("image", found.image),
                ("place", found.geometry?.kind.rawValue), ("order", "\(found.order)"), ("state", found.state.name),
                ("version", "\(found.version)"), ("created", NumberText.instant(found.created)),
                ("changed", NumberText.instant(found.changed)), ("votes for", "\(found.votesUp)"),
                ("votes against", "\(found.votesDown)"), ("comments", "\(found.commentCount)"),
            ]))
    }
}
