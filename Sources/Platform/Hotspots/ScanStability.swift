import Analysis
import GeoCore

/// Contributions of one category among all in the cells of a scan.
struct ScannedShares {
    /// All contributions in cells that hold some.
    let counts: GridAggregation
    /// How many are of the category.
    private(set) var cases: [Int]
    /// Which contributions lie in each cell, as rows of the points.
    private(set) var rows: [[Int]]
    /// The centres of the cells.
    private(set) var places: Points

    init(_ points: Points, _ focus: Int32, _ counts: GridAggregation) {
        self.counts = counts
        cases = [Int](repeating: 0, count: counts.cells.count)
        rows = [[Int]](repeating: [], count: counts.cells.count)
        places = Points(capacity: counts.cells.count)
        for place in 0..<counts.cells.count {
            let center = counts.grid.center(of: counts.cells[place])
            places.append(x: center.x, y: center.y)
        }
        for row in 0..<points.count {
            guard let cell = counts.grid.cell(x: points.x[row], y: points.y[row]),
                let place = counts.cells.place(of: cell)
            else { continue }
            rows[place].append(row)
            if points.category[row] == focus { cases[place] += 1 }
        }
    }
}

extension HotspotComputation {
    /// Cells of the further scans, as factors of those of the answer, which are not scanned again.
    private static let furtherScans = [0.5, 2]
    /// Simulations of each of these.
    private static let fewerSimulations = 199

    /// Scans the shares of a category.
    func scan(_ shares: ScannedShares, _ options: ScanOptions) async throws -> ScanResult {
        let (places, cases, totals) = (shares.places, shares.cases, shares.counts.count)
        return try await rounds(places.count) { kept async throws(AnalysisError) in
            try await bernoulliScan(
                places.picked(kept), cases: kept.map { cases[$0] }, totals: kept.map { totals[$0] }, options: options)
        }
    }

    /// How much it depends on the size of the cells which of them lie in a significant cluster.
    ///
    /// Sizes whose scans would take minutes are left out.
    ///
    /// - Returns: for each cell of the answer the share of the scans, its own among them, in which it does; `nil` where no
    ///   other cells are scanned.
    mutating func scanStability(
        _ points: Points, _ focus: Int32, _ answer: ScannedShares, _ result: ScanResult, _ options: ScanOptions
    ) async throws -> [Double]? {
        var fewer = options
        fewer.simulations = min(Self.fewerSimulations, options.simulations)
        let zones = Double(fewer.simulations * question.rounds * options.windows.count) * options.maximumShare
        func work(_ shares: ScannedShares) -> Double { Double(shares.places.count * shares.places.count) * zones }
        var others: [(size: Double, shares: ScannedShares)] = []
        for factor in question.sensitivity == true ? Self.furtherScans : [] {
            let size = answer.counts.grid.spacing * factor
            let grid = try question.cells.grid(width: size)
            guard (try? points.boundingBox?.requireFewCells(of: grid, limit: 8 * Grid.cellLimit)) != nil else {
                continue
            }
            let shares = ScannedShares(points, focus, try GridAggregation(occupiedBy: points, grid: grid))
            if shares.places.count <= Self.scanPlaces, work(shares) <= Self.scanWork { others.append((size, shares)) }
        }
        // Only where somebody asks: the scans of one click are five already.
        let isTested = !others.isEmpty
        tellSensitivity(
            isTested, points,
            "which cells lie in a significant cluster, with cells of half and double size and \(fewer.simulations) "
                + "simulations", isQuick: true)
        guard isTested else { return nil }
        var scales = [Scale(size: answer.counts.grid.spacing, isHot: areInClusters(answer, answer, result))]
        for (size, shares) in others {
            try Task.checkCancellation()
            let found = try await scan(shares, fewer)
            scales.append(Scale(size: size, isHot: areInClusters(answer, shares, found)))
        }
        tellScales(scales.sorted { $0.size < $1.size }, as: "cell")
        summarize("sensitivityRuns", Double(scales.count))
        return answer.cases.indices.map { place in Double(scales.count { $0.isHot[place] }) / Double(scales.count) }
    }

    /// Whether the centre of each cell of an answer lies in a cell of a significant cluster.
    private func areInClusters(_ answer: ScannedShares, _ scanned: ScannedShares, _ result: ScanResult) -> [Bool] {
        let clusters = result.clusters.filter {
            ($0.probability(isGumbel: question.isGumbel) ?? 1) <= question.alpha
        }
        let holds = clusters.map { Self.inCircle(of: $0, around: scanned.places, scanned.counts.grid, answer.places) }
        return answer.places.x.indices.map { place in holds.contains { $0(place) } }
    }
}
