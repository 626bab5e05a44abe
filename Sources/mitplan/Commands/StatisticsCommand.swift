import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan statistics`.
struct StatisticsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistics",
        abstract: "Count contributions by category, place and time, or per area unit.",
        discussion: """
            With --areas the contributions of each unit of a layer are counted, with density and, where the layer \
            tells inhabitants, rates per 1,000 that are smoothed where numbers are small (empirical Bayes).

            EXAMPLES
              mitplan statistics
              mitplan statistics hafen
              mitplan statistics hafen --areas districts --format csv
              mitplan statistics hafen --areas districts -o rates.svg
              mitplan statistics hafen --areas districts --breaks jenks -o classes.svg
              mitplan statistics hafen --areas districts --focus radverkehr
            """)

    @Argument(
        help: ArgumentHelp("Identifier of the proceeding; all of the tenant when not given.", valueName: "proceeding"))
    var proceeding: String?

    @Option(help: ArgumentHelp("Layer whose areas are counted in.", valueName: "layer"))
    var areas: String?

    @Option(
        help: ArgumentHelp("Category whose share in each area is compared with that in all.", valueName: "category"))
    var focus: String?

    @Option(help: "Towards what rates are smoothed: the rate of all areas, or of those around each.")
    var smoothing: AreaOptions.Smoothing?

    @Option(help: "In which area a contribution counts where areas overlap: the first, or all.")
    var overlap: AreaOptions.Overlap?

    @Option(help: "By which rule areas are divided into classes.")
    var breaks: ClassBreaks.Rule?

    @Option(parsing: .unconditional, help: "How many classes.")
    var classes: Int?

    @Option(
        parsing: .unconditional,
        help: "Noise that hides whether somebody is among those counted in areas: the smaller, the more.")
    var epsilon: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Contributions of one participant that count at all under --epsilon.", valueName: "contributions"))
    var clip: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Up to which distance two corners of areas count as one under --smoothing local.", valueName: "metres"))
    var snap: Double?

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if areas != nil, proceeding == nil { throw ValidationError("--areas needs a proceeding") }
        for (name, isGiven) in [
            ("focus", focus != nil), ("breaks", breaks != nil), ("classes", classes != nil),
            ("smoothing", smoothing != nil), ("overlap", overlap != nil), ("epsilon", epsilon != nil),
            ("clip", clip != nil), ("snap", snap != nil),
        ] where isGiven && areas == nil {
            throw ValidationError("--\(name) belongs to --areas")
        }
    }

    func run() async throws {
        guard let proceeding else { return try await countAll() }
        if let areas {
            try await count(in: areas, of: proceeding)
        } else {
            try await count(of: proceeding)
        }
    }

    private func countAll() async throws {
        let format = try output.resolved([.table, .json, .csv])
        let cockpit = try await Session.with(data) { session in
            try await session.installation.cockpit(scope: session.scope(tenant))
        }
        let figures = CockpitTable(cockpit: cockpit)
        switch format {
        case .json: try output.write(String(decoding: cockpit.json.encoded, as: UTF8.self) + "\n")
        case .csv: try output.write(figures.listing.commaSeparated)
        default: try output.write(figures.text)
        }
    }

    private func count(of proceeding: String) async throws {
        let format = try output.resolved([.table, .json, .csv] + PictureOptions.formats)
        let (name, statistics) = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return (
                target.name,
                try await session.installation.statistics(
                    of: target, filter: filter.filter(in: scope.tenant), scope: scope)
            )
        }
        let figures = StatisticsTable(statistics: statistics)
        switch format {
        case .json:
            var bytes: [UInt8] = []
            statistics.json.append(to: &bytes)
            try output.write(String(decoding: bytes, as: UTF8.self) + "\n")
        case .csv: try output.write(figures.listing.commaSeparated)
        case .svg, .png:
            let svg = statistics.svg(title: name, language: pictures.language.rawValue)
            try output.write(bytes: try pictures.picture(svg, as: format))
        default: try output.write(figures.text)
        }
    }

    private func count(in layer: String, of proceeding: String) async throws {
        let format = try output.resolved([.table, .geojson, .json, .csv] + PictureOptions.formats)
        var asked = AreaOptions(
            focus: focus, breaks: try ClassBreaks(rule: breaks, classes: classes), smoothing: smoothing ?? .global,
            overlap: overlap)
        (asked.epsilon, asked.clip, asked.snap) = (epsilon, clip ?? asked.clip, snap ?? asked.snap)
        let options = asked
        let (name, statistics) = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return (
                target.name,
                try await session.installation.areaStatistics(
                    layer: layer, of: target, filter: filter.filter(in: scope.tenant), options: options, scope: scope)
            )
        }
        let figures = AreaStatisticsTable(statistics: statistics)
        switch format {
        case .geojson: try output.write(String(decoding: statistics.geoJSON, as: UTF8.self))
        case .json: try output.write(figures.listing.json)
        case .csv: try output.write(figures.listing.commaSeparated)
        case .svg, .png:
            let svg = statistics.svg(title: name, language: pictures.language.rawValue)
            try output.write(bytes: try pictures.picture(svg, as: format))
        default: try output.write(figures.text)
        }
    }
}
