import ArgumentParser
import Platform

/// `mitplan hotspots`.
struct HotspotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hotspots",
        abstract: "Find where contributions concentrate.",
        discussion: """
            Methods: grid counts contributions in cells; gi finds cells whose surroundings hold significantly more or \
            fewer than chance would give (Getis-Ord Gi*); moran tells hot and cold places and those unlike their \
            surroundings (local Moran's I); kde draws a density; dbscan finds clusters, hdbscan clusters of different densities; scan finds circles with an \
            unusual share of one category; auto takes gi where the data bear it, else kde. What is not given is \
            chosen from the data and told.

            EXAMPLES
              mitplan hotspots hafen
              mitplan hotspots hafen --method gi --cell 250 -o hotspots.svg
              mitplan hotspots hafen --method kde --bandwidth 400 --surface isolines -o density.geojson
              mitplan hotspots hafen --method scan --focus radverkehr
              mitplan hotspots hafen --method dbscan --eps 300 --min-points 10 --category radverkehr -o clusters.csv
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: "Method.")
    var method: HotspotQuestion.Method = .gi

    @Option(help: "Shape of the cells of grid and gi.")
    var grid: HotspotQuestion.CellShape = .hex

    @Option(help: ArgumentHelp("Width of a cell.", valueName: "metres"))
    var cell: Double?

    @Option(help: "What one contribution weighs.")
    var weight: HotspotQuestion.Weight = .one

    @Option(help: ArgumentHelp("Rings of cells that are neighbours in gi.", valueName: "rings"))
    var neighbours: Int?

    @Option(help: "Correction of gi for many cells.")
    var correction: HotspotQuestion.Correction = .fdr

    @Option(help: "How gi finds probabilities; automatic is exact where the normal law is rough.")
    var inference: HotspotQuestion.Inference = .automatic

    @Option(help: "Level of significance of gi.")
    var alpha: Double?

    @Option(help: "Kernel of kde.")
    var kernel: HotspotQuestion.Kernel = .quartic

    @Option(help: ArgumentHelp("Reach of the kernel of kde.", valueName: "metres"))
    var bandwidth: Double?

    @Option(help: "Form of the answer of kde.")
    var surface: HotspotQuestion.Surface = .cells

    @Option(help: ArgumentHelp("Reach of dbscan.", valueName: "metres"))
    var eps: Double?

    @Option(help: "Contributions within reach that make a core of dbscan.")
    var minPoints: Int?

    @Flag(
        inversion: .prefixedNo,
        help: "Run gi again on other cell sizes and origins, to tell how stable its hot cells are.")
    var sensitivity = true

    @Option(help: ArgumentHelp("Category whose share scan looks at.", valueName: "category"))
    var focus: String?

    @Option(help: "Largest part of the contributions in a circle of scan.")
    var share = 0.1

    @Option(help: "Simulations of scan.")
    var permutations = 999

    @Option(help: "Seed of what is drawn at random.")
    var seed: UInt64 = 1

    @Option(help: "Most rows of the table.")
    var limit = 20

    @Option(help: "Language of the picture.")
    var language: PictureLanguage = .de

    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be positive") }
    }

    func run() async throws {
        let format = try output.resolved([.table, .geojson, .csv, .svg])
        let answer = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.findHotspots(
                question, of: target, filter: filter.filter, scope: scope)
        }
        let file = try ResultFile(path: output.output)
        switch format {
        case .geojson: try file.write(try answer.geoJSON())
        case .csv: try file.write(try answer.csv())
        case .svg: try file.write(answer.svg(language: language.rawValue))
        default: try file.write(HotspotTable(answer: answer, limit: limit).rendered())
        }
        try file.finish()
    }

    private var question: HotspotQuestion {
        var question = HotspotQuestion(method: method)
        question.shape = grid
        question.cell = cell
        question.weight = weight
        question.neighbours = neighbours
        question.correction = correction
        question.inference = inference
        if let alpha { question.alpha = alpha }
        question.kernel = kernel
        question.bandwidth = bandwidth
        question.surface = surface
        question.reach = eps
        question.minPoints = minPoints
        question.sensitivity = sensitivity
        question.focus = focus
        question.share = share
        question.permutations = permutations
        question.seed = seed
        return question
    }
}
