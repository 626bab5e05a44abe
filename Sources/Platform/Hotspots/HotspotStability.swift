import Analysis
import GeoCore

/// How much the significant cells depend on the size and origin of the cells (the modifiable areal unit problem).
struct HotspotStability {
    /// Five sizes on three origins each.
    static let mostRuns = 15

    /// For each cell of the answer, the share of runs in which its centre lies in a significant cell.
    let share: [Double]
    /// Number of runs.
    let runs: Int
    /// What is significant at each size of cells, on the origin of the answer.
    let scales: [Scale]

    /// What is told of a cell.
    ///
    /// - Parameter place: its place among those tested; `nil` where it is not.
    func figure(_ place: Int?) -> [(name: String, value: JSONValue)] {
        [("stability", place.map { .number(share[$0].rounded(toPlaces: 3)) } ?? .null)]
    }
}

extension HotspotComputation {
    /// Most cells of one run.
    static let stabilityCellLimit = 60_000.0

    /// Runs a test of cells on five sizes and several origins of cells.
    ///
    /// Cells take part where their centre lies in the study area. Sizes that would make too many cells are left out, and
    /// the runs that remain are told. Source: Openshaw 1984; Fotheringham & Wong 1991.
    ///
    /// - Parameters:
    ///   - rings: neighbours of global Moran's I, which is told of each size; `nil` where it says nothing.
    ///   - origins: of cells of each size, the first of them that of the answer.
    ///   - most: cells of one run.
    ///   - isSignificant: tells of counts in the cells of a key which of these are hot, or significant.
    /// - Complexity: 15 times that of the answer.
    func stability(
        _ points: Points, _ counts: GridAggregation, rings: Int?, origins: Int = 3,
        most: Double = stabilityCellLimit,
        _ isSignificant: (GridAggregation, KnownCells.Key) async throws -> [Bool]
    ) async throws -> HotspotStability? {
        guard let area else { return nil }
        var hot = [Int](repeating: 0, count: counts.cells.count)
        var scales: [Scale] = []
        let tries = stabilityTries(counts.grid.spacing, in: area, origins: origins, most: most)
        for next in tries {
            try Task.checkCancellation()
            let run = try await run(points, next, rings: rings, in: area, on: counts, isSignificant)
            for place in hot.indices where run.isHot[place] { hot[place] += 1 }
            if let scale = run.scale { scales.append(scale) }
        }
        guard !tries.isEmpty else { return nil }
        return HotspotStability(
            share: hot.map { Double($0) / Double(tries.count) }, runs: tries.count, scales: scales)
    }

    /// Runs a test of cells and their neighbours on other cells, unless it is told not to, and tells what comes of it.
    ///
    /// - Parameters:
    ///   - isDrawn: whether the answer draws permutations, which the runs do not.
    ///   - rule: what more is told of the runs.
    ///   - isSignificant: tells of counts in cells, and so many rings of neighbours, which of these are significant.
    /// - Returns: `nil` where it was not run.
    mutating func tellStability(
        _ points: Points, _ counts: GridAggregation, _ neighbors: CellNeighbors, isDrawn: Bool = false,
        rule: String? = nil, _ isSignificant: (HotspotComputation, GridAggregation, Int) async throws -> [Bool]
    ) async throws -> HotspotStability? {
        try requireRingsForSensitivity(neighbors)
        var stability: HotspotStability?
        if question.sensitivity ?? true, case .rings(let rings) = neighbors {
            let test = self
            stability = try await test.stability(points, counts, rings: rings) { counts, _ in
                try await isSignificant(test, counts, rings)
            }
        }
        let differing: String? =
            switch (isDrawn, question.spreads && !shapes.isEmpty) {
            case (true, true): "by the normal law, without draws, in each run, where lines and areas count at a point"
            case (true, false): "by the normal law, without draws, in each run"
            case (false, true): "lines and areas count at a point in each run"
            case (false, false): nil
            }
        tell(
            "sensitivity", .text("\(stability != nil)"), nil, question.sensitivity == nil ? .standard : .given,
            rule: stability == nil ? nil : rule ?? differing)
        if let stability { tellScales(stability.scales, as: "cell") }
        return stability
    }

    /// Size and origin of the cells of one run, in metres.
    private typealias Try = (size: Double, shift: KnownCells.Shift)

    /// The cells of all runs: five sizes on three origins each.
    private func stabilityTries(_ width: Double, in area: StudyArea, origins: Int, most: Double) -> [Try] {
        var tries: [Try] = []
        let isPointy = question.cells.orientation == .pointy
        for factor in Self.scaleFactors {
            let size = width * factor
            guard area.box.width * area.box.height / (size * size) <= most else { continue }
            let row = question.shape == .hex ? size * 3.0.squareRoot() / 2 : size / 2
            let shifts = [
                KnownCells.Shift(x: 0, y: 0),
                KnownCells.Shift(x: isPointy ? 0 : size / 2, y: isPointy ? size / 2 : 0),
                KnownCells.Shift(x: isPointy ? row : 0, y: isPointy ? 0 : row),
            ]
            tries += shifts.prefix(origins).map { (size, $0) }
        }
        return tries
    }

    /// A test on cells of one size and origin.
    private struct Run {
        /// Whether the centre of each cell of the answer lies in a significant cell.
        let isHot: [Bool]
        /// What is told of the size, where the cells are on the origin of the answer.
        let scale: Scale?
    }

    /// One run on cells of another size, whose origin may be moved.
    private func run(
        _ points: Points, _ next: Try, rings: Int?, in area: StudyArea, on answer: GridAggregation,
        _ isSignificant: (GridAggregation, KnownCells.Key) async throws -> [Bool]
    ) async throws -> Run {
        let (size, shift) = next
        let grid = try question.cells.grid(width: size)
        let key = KnownCells.Key(grid: grid, shift: shift)
        let cells = try area.cells(of: grid, movedBy: shift)
        let counts = try await counts(points, key, cells, in: area)
        // Cells far wider than the area may have no centre in it.
        let isHot = counts.cells.count == 0 ? [] : try await isSignificant(counts, key)
        let told = ground.testedKey ?? ground.cellKey ?? KnownCells.Key(grid: answer.grid)
        let match = area.known.match(told, key) {
            answer.cells.q.indices.map { place in
                let center = answer.grid.center(of: answer.cells[place])
                let cell = grid.cell(x: center.x - shift.x, y: center.y - shift.y)
                return Int32(truncatingIfNeeded: cell.flatMap(cells.place) ?? -1)
            }
        }
        let isInHot = match.map { $0 >= 0 && isHot[Int($0)] }
        guard shift == KnownCells.Shift(x: 0, y: 0) else { return Run(isHot: isInHot, scale: nil) }
        let moranZ = try rings.flatMap { try moranScore(counts, key, rings: $0, in: area) }
        return Run(isHot: isInHot, scale: Scale(size: size, isHot: isInHot, moranZ: moranZ))
    }

    /// The score of global Moran's I of what is counted in cells.
    private func moranScore(
        _ counts: GridAggregation, _ key: KnownCells.Key, rings: Int, in area: StudyArea
    ) throws -> Double? {
        if let products = try area.known.products(of: counts.weight, key, counts.cells, limit: rings) {
            return products.scores[rings - 1]
        }
        let weights = try counts.cells.contiguity(grid: counts.grid, rings: rings)
        return try globalMoran(counts.weight, weights: weights)?.randomization?.z
    }

    /// Which cells are hot by Gi*.
    func hotCells(_ counts: GridAggregation, rings: Int) async throws -> [Bool] {
        try await scores(counts, .rings(rings), mayDraw: false).statistic.isHot(
            alpha: question.alpha, adjustment: question.correction == .none ? nil : adjustment)
    }

    /// What is counted in the cells of a moved grid, under the limit for one participant where there is one.
    private func counts(
        _ points: Points, _ key: KnownCells.Key, _ cells: CellSet, in area: StudyArea
    ) async throws -> GridAggregation {
        guard question.perPerson != nil else {
            return try await area.known.counts(of: points, ground.histories(of: points), key, cells)
        }
        let limited = try limited(key.moved(points), grid: key.grid, cells: cells)
        return try await GridAggregation.parallel(limited, grid: key.grid, cells: cells)
    }

    /// Most contributions that densities and clusters are computed of five times more unless somebody asks for it.
    private static let sensitivityLimit = 100_000

    /// Whether other sizes are tried where nobody says.
    func isSmallEnoughForSensitivity(_ points: Points) -> Bool { points.count <= Self.sensitivityLimit }

    /// Says whether other sizes were tried, and what of.
    ///
    /// - Parameter isQuick: whether they would be tried of few contributions where nobody says.
    mutating func tellSensitivity(_ isTested: Bool, _ points: Points, _ what: String, isQuick: Bool = true) {
        let isSlow = question.sensitivity == nil && !isQuick
        let isLarge = question.sensitivity == nil && !isSmallEnoughForSensitivity(points)
        tell(
            "sensitivity", .text("\(isTested)"), nil, question.sensitivity == nil ? .standard : .given,
            rule: isTested
                ? what
                : isLarge
                    ? "not by itself with more than \(Self.sensitivityLimit) contributions"
                    : isSlow ? "not by itself where it would take long" : nil)
    }

    /// Refuses sensitivity where neighbours are not rings of cells, which alone are the same for cells of every size.
    ///
    /// - Throws: ``PlatformError`` of kind `invalidInput`.
    func requireRingsForSensitivity(_ neighbors: CellNeighbors) throws {
        if case .rings = neighbors { return }
        guard question.sensitivity == true else { return }
        throw PlatformError(
            .invalidInput,
            "sensitivity=true belongs to weights=rings: other neighbourhoods are not the same for cells of "
                + "every size", parameter: "sensitivity",
            hint: "leave out sensitivity, or weights")
    }
}
