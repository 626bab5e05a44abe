import ArgumentParser
import Platform
import Storage

/// `mitplan hotspots`.
struct HotspotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspots",
        abstract: "Find where contributions concentrate.",
        discussion: """
            Methods: grid counts contributions in cells; gi finds cells whose surroundings hold significantly more or \
            fewer than chance would give (Getis-Ord Gi*); moran tells hot and cold places and those unlike their \
            surroundings (local Moran's I), geary which hold about the same as their neighbours (local Geary's c); kde draws a density; relative-risk tells where a \
            category is denser than all others, location-quotient in which cells it has a larger or smaller share, \
            colocation-local around which contributions of one category another is frequent; \
            dbscan finds clusters, hdbscan clusters of different densities, optics the \
            order in which they show; scan finds circles or ellipses with \
            more than elsewhere, of one category, per inhabitant or for a span of time; emerging tells how hot spots came \
            to be over steps of time; auto takes gi where the data bear it, else kde. What is not given is \
            chosen from the data and told.

            EXAMPLES
              mitplan hotspots hafen
              mitplan hotspots hafen --method gi --cell 250 -o hotspots.svg
              mitplan hotspots hafen --method gi -o hotspots.png --width 2400
              mitplan hotspots hafen --method kde --bandwidth 400 --surface isolines -o density.geojson
              mitplan hotspots hafen --method relative-risk --focus radverkehr --surface isolines -o bikes.geojson
              mitplan hotspots hafen --method location-quotient --focus radverkehr --grid inspire --cell 1000
              mitplan hotspots hafen --method colocation-local --focus radverkehr --against oepnv
              mitplan hotspots hafen --method scan --focus radverkehr
              mitplan hotspots hafen --method scan --window ellipse --penalty strong
              mitplan hotspots hafen --method emerging --step week
              mitplan hotspots hafen --method scan --model poisson --layer districts
              mitplan hotspots hafen --method scan --model space-time --step 14
              mitplan hotspots hafen --method dbscan --eps 300 --min-points 10 --category radverkehr -o clusters.csv
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: "Method.")
    var method: HotspotQuestion.Method = .gi

    @Option(parsing: .unconditional, help: "Most rows of the table.")
    var limit = 20

    @OptionGroup(title: "Parameters") var parameters: HotspotOptions
    @OptionGroup(title: "Cells") var cells: CellOptions
    @OptionGroup(title: "Neighbours") var neighbours: NeighbourOptions
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
        var asked = try parameters.question(method)
        asked.cells = try cells.layout()
        asked.neighbourhood = neighbours.neighbourhood
        try HotspotQuestion.parameters.refuseForeign(
            parameters.given + cells.given + neighbours.given, to: method.rawValue)
        let question = asked
        let answer = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.findHotspots(
                question, of: target, filter: filter.filter(in: scope.tenant), scope: scope)
        }
        try output.write(
            answer, as: format, pictures, svg: { answer.svg(language: $0) },
            table: { HotspotTable(answer: answer, limit: limit).rendered() })
    }
}
