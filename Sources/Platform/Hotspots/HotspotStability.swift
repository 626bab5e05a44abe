import Analysis
import GeoCore

/// How much the hot cells depend on the size and origin of the cells (the modifiable areal unit problem).
struct HotspotStability {
    /// For each cell of the answer, the share of runs in which its centre lies in a hot cell.
    let share: [Double]
    /// Number of runs.
    let runs: Int
    /// What is hot at each size of cells, on the origin of the answer.
    let scales: [Scale]
}

extension HotspotComputation {
    /// Most cells of one run.
    private static let stabilityCellLimit = 60_000.0

    /// Runs Gi* on five sizes and three origins of cells.
    ///
    /// Cells take part where their centre lies in the study area. Sizes that would make too many cells are left out, and
    /// the runs that remain are told. Source: Openshaw 1984; Fotheringham & Wong 1991.
    ///
    /// - Complexity: 15 times that of the answer.
    func stability(_ points: Points, _ counts: GridAggregation, rings: Int) async throws -> HotspotStability? {
        guard let area else { return nil }
        let width = counts.grid.spacing
        var hot = [Int](repeating: 0, count: counts.cells.count)
        var runs = 0
        var scales: [Scale] = []
        for factor in Self.scaleFactors {
            let size = width * factor
            guard area.box.width * area.box.height / (size * size) <= Self.stabilityCellLimit else { continue }
            let row = question.shape == .hex ? size * 3.0.squareRoot() / 2 : size / 2
            let isPointy = question.cells.orientation == .pointy
            for (dx, dy) in [(0.0, 0.0), isPointy ? (0, size / 2) : (size / 2, 0), isPointy ? (row, 0) : (0, row)] {
                try Task.checkCancellation()
                let shift = KnownCells.Shift(x: dx, y: dy)
                let run = try await run(points, size: size, shift: shift, rings: rings, in: area, on: counts)
                runs += 1
                let isHot = run.cells.map { $0 >= 0 && run.isHot[Int($0)] }
                for place in hot.indices where isHot[place] { hot[place] += 1 }
                if (dx, dy) == (0, 0) { scales.append(Scale(size: size, isHot: isHot, moranZ: try run.moranZ())) }
            }
        }
        guard runs > 0 else { return nil }
        return HotspotStability(share: hot.map { Double($0) / Double(runs) }, runs: runs, scales: scales)
    }

    /// Gi* on cells of one size and origin.
    private struct Run {
        /// Whether each cell of the run is hot.
        let isHot: [Bool]
        /// In which of them the centre of each cell of the answer lies, −1 where in none.
        let cells: [Int32]
        /// The score of global Moran's I of the cells.
        let moranZ: () throws -> Double?
    }

    /// One run on cells whose origin is moved.
    private func run(
        _ points: Points, size: Double, shift: KnownCells.Shift, rings: Int, in area: StudyArea,
        on answer: GridAggregation
    ) async throws -> Run {
        let grid = try question.cells.grid(width: size)
        let key = KnownCells.Key(grid: grid, shift: shift)
        let cells = try area.cells(of: grid, movedBy: shift)
        let counts =
            if question.perPerson == nil {
                try await area.known.counts(of: points, ground.histories(of: points), key, cells)
            } else {
                try await limitedCounts(points, shift, grid: grid, cells: cells)
            }
        let statistic = try await scores(counts, .rings(rings), mayDraw: false).statistic
        let isHot = statistic.isHot(
            alpha: question.alpha, adjustment: question.correction == .none ? nil : adjustment)
        let match = area.known.match(KnownCells.Key(grid: answer.grid), key) {
            answer.cells.q.indices.map { place in
                let center = answer.grid.center(of: answer.cells[place])
                let cell = grid.cell(x: center.x - shift.x, y: center.y - shift.y)
                return Int32(truncatingIfNeeded: cell.flatMap(cells.place) ?? -1)
            }
        }
        return Run(isHot: isHot, cells: match) {
            try globalMoran(counts.weight, weights: cells.contiguity(grid: grid, rings: rings))?.randomization?.z
        }
    }

    /// What is counted in the cells of a moved grid under the limit for one participant.
    private func limitedCounts(
        _ points: Points, _ shift: KnownCells.Shift, grid: Grid, cells: CellSet
    ) async throws -> GridAggregation {
        var moved = points
        for row in 0..<moved.count {
            moved.x[row] -= shift.x
            moved.y[row] -= shift.y
        }
        return try await GridAggregation.parallel(
            try limited(moved, grid: grid, cells: cells), grid: grid, cells: cells)
    }

    /// Most hot cells that are looked at one by one.
    private static let fragilityLimit = 300

    /// For weighted contributions, the hot cells whose class hangs on one heavy contribution of their neighbourhood.
    ///
    /// - Returns: `nil` where every contribution weighs the same, or too many cells are hot.
    func fragility(
        _ points: Points, _ counts: GridAggregation, _ neighbors: CellNeighbors, bins: [Int8]
    ) async throws -> [Bool]? {
        guard question.weight != .one else { return nil }
        let hot = bins.indices.filter { bins[$0] > 0 }
        guard hot.count <= Self.fragilityLimit else { return nil }
        let weights = try neighbors.weights(counts)
        var heaviest = [Double](repeating: 0, count: counts.cells.count)
        for row in 0..<points.count {
            guard let cell = counts.grid.cell(x: points.x[row], y: points.y[row]),
                let place = counts.cells.place(of: cell)
            else { continue }
            heaviest[place] = max(heaviest[place], points.weight[row])
        }
        var fragile = [Bool](repeating: false, count: counts.cells.count)
        for place in hot {
            let row = weights.offsets[place]..<weights.offsets[place + 1]
            let neighborhood = (question.isStar ? [place] : []) + weights.neighbors[row].map(Int.init)
            guard let heavy = neighborhood.max(by: { (heaviest[$0], $1) < (heaviest[$1], $0) }) else { continue }
            var rest = counts.weight
            rest[heavy] -= heaviest[heavy]
            let without = try await neighbors.scores(rest, counts, variant)
            fragile[place] = HotspotSignificance(without).rawBin[place] < bins[place]
        }
        return fragile
    }
}
