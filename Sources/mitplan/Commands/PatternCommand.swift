import ArgumentParser
import Platform
import Storage

/// `mitplan pattern`.
struct PatternCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pattern",
        abstract: "Tell how contributions lie as a whole.",
        discussion: """
            Methods: clark-evans tells whether contributions gather or keep apart, ripley at which distances, against \
            simulations of a null pattern; knox whether those near in space are near in time as well; centrography where \
            their middle is and how they spread; moran, geary and general-g whether cells that hold many lie together, \
            join-counts whether cells of a category do; colocation which categories are each other's neighbours, \
            cross-k at which distances two of them gather about each other, rayleigh whether contributions gather about a \
            time of the day or the week.

            EXAMPLES
              mitplan pattern hafen --method clark-evans
              mitplan pattern hafen --method ripley --category radverkehr -o clustering.svg
              mitplan pattern hafen --method ripley --null population --layer districts
              mitplan pattern hafen --method knox --reach 200 --days 3
              mitplan pattern hafen --method centrography -o middle.geojson
              mitplan pattern hafen --method colocation --nearest 3
              mitplan pattern hafen --method cross-k --focus radverkehr --against oepnv
              mitplan pattern hafen --method rayleigh --cycle week
              mitplan pattern hafen --method join-counts --focus radverkehr --cell 250
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: "Method.")
    var method: PatternQuestion.Method = .ripley

    @Option(parsing: .unconditional, help: "Most rows of the table.")
    var limit = 60

    @OptionGroup(title: "Parameters") var parameters: PatternOptions
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
        var question = parameters.question(method)
        question.cells = try cells.layout()
        question.neighbourhood = neighbours.neighbourhood
        try PatternQuestion.parameters.refuseForeign(
            parameters.given + cells.given + neighbours.given, to: method.rawValue)
        let asked = question
        let format = try output.resolved([.table, .geojson, .csv] + PictureOptions.formats)
        let answer = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            return try await session.installation.findPattern(
                asked, of: target, filter: filter.filter(in: scope.tenant), scope: scope)
        }
        try output.write(
            answer, as: format, pictures, svg: { answer.svg(language: $0) },
            table: { PatternTable(answer: answer, limit: limit).rendered() })
    }
}
