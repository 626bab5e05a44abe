import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan contributions`.
struct ContributionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contributions", abstract: "Look at contributions.", subcommands: [ContributionsList.self])
}

/// `mitplan contributions list`.
struct ContributionsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List contributions, the newest first.",
        discussion: """
            EXAMPLES
              mitplan contributions list hafen --limit 20
              mitplan contributions list hafen --query Radweg --since 2026-05-01
              mitplan contributions list hafen --bbox 9.9,53.5,10.1,53.6 -o centre.geojson
              mitplan contributions list hafen --near strassen/12,100 --sort=-rating
            """)

    private static let formats: [OutputFormat] = [.table, .json, .csv, .geojson]

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(parsing: .unconditional, help: "Most contributions.")
    var limit = 50

    @Option(help: ArgumentHelp("Order, with - for the largest first.", valueName: "created, rating, …"))
    var sort = "-created"

    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must lie between 1 and 1000000") }
        guard order != nil else {
            throw ValidationError(
                "--sort must be one of \(ContributionOrder.words.joined(separator: ", ")), with - for the largest first, "
                    + "as in --sort=-rating; distance needs --near lon,lat,metres")
        }
    }

    private var order: ContributionOrder? {
        var asked = ContributionFilter()
        asked.places = filter.places
        return ContributionOrder(sort, from: asked.nearPosition)
    }

    func run() async throws {
        _ = try output.resolved(Self.formats)
        let contributions = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await fetch(session, target, scope)
        }
        var listing = Listing([
            .init("id"), .init("created"), .init("category", maximumWidth: 20), .init("title", maximumWidth: 48),
            .init("lon"), .init("lat"), .init("place"), .init("votesUp", title: "+"), .init("votesDown", title: "−"),
            .init("comments"),
        ])
        for item in contributions {
            let center = item.geometry?.boundingBox.map { Position(($0.minX + $0.maxX) / 2, ($0.minY + $0.maxY) / 2) }
            listing.append(
                [
                    .text("\(item.id)"), .text(NumberText.instant(item.created)), .text(item.category),
                    .text(item.title),
                    .number(center?.x, decimals: 5), .number(center?.y, decimals: 5),
                    .text(item.quality.name), .count(Int(item.votesUp)), .count(Int(item.votesDown)),
                    .count(Int(item.commentCount)),
                ], geometry: item.geometry)
        }
        try output.write(listing, formats: Self.formats)
    }

    /// Pages until the limit.
    private func fetch(_ session: Session, _ target: Proceeding, _ scope: Scope) async throws -> [Contribution] {
        let filter = try self.filter.filter(in: scope.tenant)
        var result: [Contribution] = []
        var cursor: Cursor?
        while result.count < limit {
            let page = try await session.installation.contributions(
                of: target, filter: filter, order: order ?? .newestFirst, limit: min(1000, limit - result.count),
                after: cursor, scope: scope)
            result += page.items
            guard let next = page.next else { break }
            cursor = next
        }
        return result
    }
}
