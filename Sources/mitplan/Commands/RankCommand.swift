import Analysis
import ArgumentParser
import GeoCore
import Participation
import Platform
import Storage

/// `mitplan rank`.
struct RankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rank",
        abstract: "Rank the features of a layer by the contributions near them.",
        discussion: """
            EXAMPLES
              mitplan rank hafen --layer streets --distance 50
              mitplan rank hafen --layer plan-areas --by controversy --shapes
              mitplan rank hafen --layer stops --distance 100 --by votes -o stops.geojson
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: ArgumentHelp("Layer whose features are ranked.", valueName: "layer"))
    var layer: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What counts as near; 0 is touching or inside.", valueName: "metres"))
    var distance = 0.0

    @Flag(help: "Count lines and areas by their whole shape, so that those which cross a feature are told.")
    var shapes = false

    @Option(help: "What they are ranked by.")
    var by: RankingMeasure = .contributions

    @Option(parsing: .unconditional, help: "Most rows of the table.")
    var limit = 20

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be a whole number from 1, for example 20") }
    }

    func run() async throws {
        let format = try output.resolved([.table, .geojson, .csv] + PictureOptions.formats)
        let (name, ranking) = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return (
                target.name,
                try await session.installation.rankFeatures(
                    layer: layer, by: by, within: distance, countsShapes: shapes, of: target,
                    filter: filter.filter(in: scope.tenant),
                    scope: scope)
            )
        }
        switch format {
        case .geojson: try output.write(String(decoding: ranking.geoJSON, as: UTF8.self))
        case .csv: try output.write(String(decoding: ranking.csv, as: UTF8.self))
        case .svg, .png:
            let svg = ranking.svg(title: name, language: pictures.language.rawValue)
            try output.write(bytes: try pictures.picture(svg, as: format))
        default: try output.write(table(ranking))
        }
    }

    private func table(_ ranking: FeatureRanking) -> String {
        var listing = Listing([
            .init("rank"), .init("name", maximumWidth: 40), .init("contributions"), .init("votesUp", title: "+"),
            .init("votesDown", title: "−"), .init("comments"), .init("support"), .init("controversy"),
            .init("topCategory", title: "category"),
        ])
        for (index, feature) in ranking.features.prefix(limit).enumerated() {
            func told(_ name: String) -> Double? { feature.members.first { $0.name == name }?.value.double }
            listing.append([
                .count(index + 1), .text(feature.name), .count(feature.contributions.count),
                .count(told("votesUp").map { Int($0) }), .count(told("votesDown").map { Int($0) }),
                .count(told("comments").map { Int($0) }), .number(told("support")), .number(told("controversy")),
                .text(feature.topCategory),
            ])
        }
        let filters = AnalysisHead.lines(ranking.filters).map { "\n" + DisplayText.plain($0) }.joined()
        return """
            \(ranking.layer) by \(ranking.measure.rawValue) within \(NumberText.decimal(ranking.distance)) m
            \(NumberText.grouped(ranking.silent)) features without, \
            \(ranking.isElsewhereSuppressed ? "–" : NumberText.grouped(ranking.elsewhere)) contributions elsewhere, \
            \(ranking.isUnlocatedSuppressed ? "–" : NumberText.grouped(ranking.unlocated)) without a place, \
            \(ranking.isSuspectSuppressed ? "–" : NumberText.grouped(ranking.suspect)) with one that cannot be right\(filters)


            """ + listing.table
    }
}
