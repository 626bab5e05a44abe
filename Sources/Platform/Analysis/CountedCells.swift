import Analysis
import GEOSGeometry
import GeoCore

/// Counting in the cells of the study area.
extension GroundedComputation {
    /// Most cells of an answer: each is a polygon with its figures, about a kilobyte in memory.
    static var cellLimit: Int { 100_000 }
    /// Most cells in the box of the study area where nobody gave their size.
    private static var chosenCellLimit: Double { 50_000 }

    /// Counts in the cells of the study area, empty ones included, with the square metres of each inside the area.
    ///
    /// - Parameters:
    ///   - layout: of the cells; their width is chosen from the data when it is `nil`.
    ///   - isTested: whether counts are held against each other. Then only cells take part whose middle lies in the area:
    ///     what the border cuts off would hold less for that alone, and look like neighbours that agree.
    mutating func aggregate(
        _ points: Points, in layout: CellLayout, isTested: Bool = false
    ) async throws -> (counts: GridAggregation, area: [Double]) {
        let width: Double
        if let given = layout.width {
            width = given
            tell("cell", .number(width), "m", .given)
            tellSize(of: layout)
        } else {
            let suggested = try ChosenCell(points)
            var (chosen, rule) = (suggested.width, suggested.rule)
            // Few contributions close together in a wide area would make a map of mostly empty cells.
            if let box = area?.box {
                while box.width * box.height / (chosen * chosen) > Self.chosenCellLimit {
                    chosen *= 2
                    rule = "wide enough for at most \(Int(Self.chosenCellLimit)) cells in the box of the study area"
                }
            }
            width = layout.shape.width(chosen: chosen)
            tell("cell", .number(width), "m", .chosen, rule: rule)
        }
        let grid = try layout.grid(width: width)
        tell("grid", layout.shape, standard: .hex)
        if layout.shape == .hex { tell("orientation", layout.orientation ?? .flat, standard: .flat) }
        guard let area else { throw PlatformError(.invalidInput, "there is no study area") }
        let (key, cells, shared) = try cells(of: grid, in: area, isTested: isTested)
        ground.cellKey = key
        let counts = try await area.known.counts(of: points, ground.histories(of: points), key, cells)
        leaveOutBorder(points, counts)
        ground.contributors = contributorsAndOthers(to: counts, points)
        ground.occupiedCells = counts.count.count { $0 > 0 }
        summarize("cells", Double(cells.count))
        summarize("cellArea", grid.area, "m²")
        return (counts, shared)
    }

    /// The cells of a grid that take part, with the square metres of each inside the area.
    private func cells(
        of grid: Grid, in area: StudyArea, isTested: Bool
    ) throws -> (key: KnownCells.Key, cells: CellSet, area: [Double]) {
        let (all, shared) = try area.cells(of: grid)
        guard isTested, area.isGiven else { return (KnownCells.Key(grid: grid), all, shared) }
        let unmoved = KnownCells.Shift(x: 0, y: 0)
        let cells = try area.cells(of: grid, movedBy: unmoved)
        // Cells as large as the area may have their middle anywhere.
        guard cells.count > 0 else { return (KnownCells.Key(grid: grid), all, shared) }
        return (
            KnownCells.Key(grid: grid, shift: unmoved), cells,
            (0..<cells.count).map { all.place(of: cells[$0]).map { shared[$0] } ?? 0 }
        )
    }

    /// Tells how many contributions lie in cells at the border that take no part.
    private mutating func leaveOutBorder(_ points: Points, _ counts: GridAggregation) {
        let missing = points.count - counts.count.reduce(0, +)
        guard missing > 0, ground.cellKey?.shift != nil else { return }
        func isMissing(_ row: Int) -> Bool {
            counts.grid.cell(x: points.x[row], y: points.y[row]).flatMap { counts.cells.place(of: $0) } == nil
        }
        tellEffectiveNumberAnew(of: (0..<points.count).filter { !isMissing($0) }.map { points.weight[$0] })
        let rows = ground.tellsContributors ? (0..<points.count).filter(isMissing) : []
        record.used -= missing
        record.leftOut.append(.init(reason: "borderCell", count: missing, contributors: contributors(rows)))
        record.leftOut.sort { $0.reason < $1.reason }
    }

    /// Tells the measure that the width of cells was computed from.
    mutating func tellSize(of layout: CellLayout) {
        switch layout.size {
        case .edge(let edge): tell("cellEdge", .number(edge), "m", .given)
        case .area(let area): tell("cellArea", .number(area), "m²", .given)
        case nil: break
        }
    }

    /// Refuses a size that makes too many cells for an answer that tells all of them, before they are made.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` with about how many there would be, and a width that makes fewer.
    func limitCells(of layout: CellLayout) throws {
        guard let width = layout.width, let area else { return }
        let estimate = try area.outline.area() / layout.grid(width: width).area
        guard estimate > Double(Self.cellLimit) else { return }
        throw PlatformError(
            .invalidInput,
            "cells of \(AnalysisParameter.text(width)) m would be about \(AnalysisParameter.text(estimate.rounded())) in the "
                + "study area, more than \(Self.cellLimit)",
            hint: "cell=\(area.box.widthOfCell(amongst: Double(Self.cellLimit) / 2)) makes few enough")
    }

    /// Refuses answers with too many cells.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` with a width that makes fewer.
    func limitCells(_ counts: GridAggregation) throws {
        guard counts.cells.count > Self.cellLimit, let area else { return }
        throw PlatformError(
            .invalidInput, "the answer would have \(counts.cells.count) cells, more than \(Self.cellLimit)",
            hint: "cell=\(area.box.widthOfCell(amongst: Double(Self.cellLimit) / 2)) makes few enough")
    }

    /// What is told of each cell.
    func base(
        _ place: Int, _ counts: GridAggregation, _ area: [Double]
    ) -> [(name: String, value: JSONValue)] {
        let effective = area[place]
        let name: [(name: String, value: JSONValue)] =
            censusName(of: place, counts).map { [("inspire", .string($0))] } ?? []
        return name + [
            ("count", .integer(Int64(counts.count[place]))), ("weight", .number(counts.weight[place])),
            ("area", .number(effective.rounded(toPlaces: 2))),
            ("density", .number(effective > 0 ? counts.weight[place] / effective * 1e6 : 0)),
            ("isBorder", .bool(effective < 0.1 * counts.grid.area)),
        ]
    }

    /// Cells of the answer with the same figures, in columns.
    ///
    /// - Parameters:
    ///   - places: of the cells that are told.
    ///   - colour: what the map colours.
    func table(
        _ counts: GridAggregation, _ area: [Double], places: [Int], colour: CellTable.Figures
    ) -> CellTable {
        let (grid, cells, weight) = (counts.grid, counts.cells, counts.weight)
        let names = cells.count > 0 && censusName(of: 0, counts) != nil
        let density = cells.q.indices.map { area[$0] > 0 ? weight[$0] / area[$0] * 1e6 : 0 }
        let columns: [CellTable.Column] =
            (names ? [("inspire", .names(cells.q.indices.map { censusName(of: $0, counts) }))] : []) + [
                ("count", .integers(counts.count)), ("weight", .numbers(weight)),
                ("area", .numbers(area.map { $0.rounded(toPlaces: 2) })), ("density", .numbers(density)),
                ("isBorder", .flags(area.map { $0 < 0.1 * grid.area })),
            ]
        func outlines() -> CellOutlines { CellOutlines(grid, cells, plane: ground.anywhere) }
        return CellTable(
            grid: grid, cells: cells, places: places,
            outlines: self.area?.known.outlines(ground.cellKey ?? KnownCells.Key(grid: grid), outlines) ?? outlines(),
            counted: columns, colour: colour, contributors: ground.contributors, surroundings: ground.surroundings)
    }

    /// A cell as a shape of the answer.
    func feature(
        _ place: Int, _ counts: GridAggregation, _ properties: [(name: String, value: JSONValue)], _ value: Double?
    ) -> AnalysisFeature {
        let cell = counts.cells[place]
        return AnalysisFeature(
            id: "\(cell.q)_\(cell.r)", shape: MetricGeometry(metres: .polygon([counts.grid.ring(of: cell)])),
            properties: properties, value: value,
            contributors: ground.contributors.isEmpty ? nil : ground.contributors[place],
            surroundings: ground.surroundings.isEmpty ? nil : ground.surroundings[place])
    }

    /// The rings asked for, or those at the first peak of clustering.
    mutating func rings(_ counts: GridAggregation, given: Int?) throws -> Int {
        if let given {
            tell("neighbours", .number(Double(given)), "rings", .given)
            return given
        }
        let products = try area?.known.products(
            of: counts.weight, ground.testedKey ?? ground.cellKey ?? KnownCells.Key(grid: counts.grid), counts.cells,
            limit: SuggestedRings.limit)
        let chosen =
            try products.map { SuggestedRings(scores: $0.scores, counts.grid) }
            ?? counts.cells.suggestedRings(counts.weight, grid: counts.grid)
        tell("neighbours", .number(Double(chosen.rings)), "rings", .chosen, rule: chosen.inWords)
        return chosen.rings
    }
}

extension Double {
    /// The number rounded to decimal places.
    func rounded(toPlaces places: Int) -> Double {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        let scaled = (self * factor).rounded()
        return scaled.isFinite ? scaled / factor : self
    }
}
