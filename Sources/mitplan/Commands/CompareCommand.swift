import ArgumentParser
import Participation
import Platform
import Storage

/// `mitplan compare`.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two categories, periods or proceedings on the same cells, with a test of the difference.",
        discussion: """
            The filters choose the first set. The second is chosen alike, but for what is given with --versus-…

            quotient is the second's share of the contributions in the cell over its share of all; ratio the share of the \
            second's contributions that lie in the cell over that of the first's. Both are 1 where there is no difference.

            EXAMPLES
              mitplan compare hafen --category radverkehr --versus-category fussverkehr
              mitplan compare hafen --until 2026-04-30 --versus-since 2026-05-01
              mitplan compare hafen --versus-proceeding hafen-2023 --cell 500 -o difference.geojson
            """)

    @Argument(help: ArgumentHelp("Identifier of the proceeding.", valueName: "proceeding"))
    var proceeding: String

    @Option(help: ArgumentHelp("Category of the second set; repeat it for several.", valueName: "category"))
    var versusCategory: [String] = []

    @Option(help: ArgumentHelp("First instant of the second set, or day of the tenant's time zone.", valueName: "time"))
    var versusSince: Instant?

    @Option(
        help: ArgumentHelp(
            "The second set ends before an instant, or with a day of the tenant's time zone.", valueName: "time"))
    var versusUntil: Instant?

    @Option(help: ArgumentHelp("Proceeding of the second set.", valueName: "proceeding"))
    var versusProceeding: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Width of a cell.", valueName: "metres"))
    var cell: Double?

    @Option(parsing: .unconditional, help: "Level of significance.")
    var alpha = 0.05

    @Option(parsing: .unconditional, help: "Most rows of the table.")
    var limit = 20

    @OptionGroup var pictures: PictureOptions
    @OptionGroup var filter: FilterOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be a whole number from 1, for example 20") }
        guard !versusCategory.isEmpty || versusSince != nil || versusUntil != nil || versusProceeding != nil else {
            throw ValidationError("say what to compare with, for example --versus-category or --versus-since")
        }
    }

    func run() async throws {
        let format = try output.resolved([.table, .geojson, .csv] + PictureOptions.formats)
        let comparison = try await Session.with(data) { session in
            let (target, scope) = try await session.target(proceeding, tenant)
            let other = try await session.target(versusProceeding ?? proceeding, tenant).0
            let given = try filter.filter(in: scope.tenant)
            var second = given
            if !versusCategory.isEmpty { second.categories = versusCategory }
            if versusSince != nil || versusUntil != nil {
                let period = try NamedPeriod(
                    from: versusSince, until: versusUntil, options: ("--versus-since", "--versus-until"),
                    in: scope.tenant)
                (second.from, second.until) = (period.first, period.last)
            }
            return try await session.installation.compare(
                ComparedSet(proceeding: target, filter: given),
                with: ComparedSet(proceeding: other, filter: second), cell: cell,
                alpha: alpha, scope: scope)
        }
        switch format {
        case .geojson: try output.write(String(decoding: comparison.geoJSON, as: UTF8.self))
        case .csv: try output.write(String(decoding: comparison.csv, as: UTF8.self))
        case .svg, .png:
            let svg = comparison.svg(language: pictures.language.rawValue)
            try output.write(bytes: try pictures.picture(svg, as: format))
        default: try output.write(table(comparison))
        }
    }

    private func table(_ comparison: ContributionComparison) -> String {
        var listing = Listing([
            .init("cell"), .init("first"), .init("second"), .init("quotient"), .init("ratio"), .init("p"), .init("q"),
            .init("change"),
        ])
        let changed = comparison.cells.sorted { ($0.q ?? 1, $0.id) < ($1.q ?? 1, $1.id) }
        for cell in changed.prefix(limit) {
            listing.append([
                .text(cell.id), .count(cell.first), .count(cell.second), .number(cell.quotient), .number(cell.ratio),
                .number(cell.p), .number(cell.q), .text(cell.change > 0 ? "more" : cell.change < 0 ? "less" : ""),
            ])
        }
        func count(_ number: Int) -> String { comparison.areCountsSuppressed ? "–" : NumberText.grouped(number) }
        let notes = comparison.cautions.map { "\nnote: " + DisplayText.plain($0.english) }.joined()
        let sets = [("first", comparison.filters.first), ("second", comparison.filters.second)]
        let filters = sets.flatMap { AnalysisHead.lines($1, of: $0) }.map { "\n" + DisplayText.plain($0) }.joined()
        return """
            first: \(DisplayText.plain(comparison.titles.first.english)), \(count(comparison.counts.first))
            second: \(DisplayText.plain(comparison.titles.second.english)), \(count(comparison.counts.second))
            cells of \(NumberText.decimal(comparison.cellWidth)) m\(comparison.isWidthChosen ? " (chosen)" : ""): the \
            second has a larger share in \(NumberText.grouped(comparison.more)), a smaller in \
            \(NumberText.grouped(comparison.less)) of \
            \(NumberText.grouped(comparison.cells.count))\(filters)\(notes)


            """ + listing.table
    }
}
