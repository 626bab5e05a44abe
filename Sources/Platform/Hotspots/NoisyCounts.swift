import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
import Storage

extension Installation {
    /// What noise is drawn from: a key of the tenant that never changes and that nobody is told.
    ///
    /// - Throws: `StorageError` when the tenant's first key cannot be stored.
    func noiseKey(scope: Scope) async throws -> [UInt8] {
        try await participantKey(scope: scope).pseudonym
    }
}

extension HotspotComputation {
    /// Most cells that noise is drawn for.
    private static let noisyCellLimit = 20_000

    /// Counts of all cells of the study area, empty ones too, with noise that hides whether any one person is among them.
    ///
    /// Source: Dwork & Roth 2014, doi:10.1561/0400000042; the keys of cells of Thompson, Broadfoot & Elazar 2013.
    mutating func noisyCounts(_ points: Points, epsilon: Double) async throws -> CellTable {
        record.method = "Counts per cell with noise (differential privacy)"
        record.reference = "Canonne, Kamath & Steinke 2020; Dwork & Roth 2014"
        let noisy = try drawNoise(points, epsilon: epsilon)
        return table(noisy, colour: .integers(noisy.counts))
    }

    /// Gi* of counts with noise, whose variance is added to that of the counts.
    ///
    /// Everything but the noisy counts follows from these and what was asked, and so tells no more than they do (Dwork & Roth
    /// 2014, proposition 2.1).
    mutating func noisyGetisOrd(_ points: Points, epsilon: Double) async throws -> CellTable {
        record.method =
            "\(question.isStar ? "Getis-Ord Gi*" : "Getis-Ord Gi") of counts with noise (differential privacy)"
        record.reference = "Getis & Ord 1992; Ord & Getis 1995; Canonne, Kamath & Steinke 2020"
        let noisy = try drawNoise(points, epsilon: epsilon)
        let all = try GridAggregation(Points(), grid: noisy.grid, cells: noisy.cells)
            .weighing(noisy.counts.map { Double($0) })
        let tested = try tested(all)
        let counts = tested.counts
        let neighbors = try neighbors(counts, question.neighbourhood)
        tell("star", .text("\(question.isStar)"), nil, question.isStar ? .standard : .given)
        tellLevels()
        tell(
            "noiseVariance", .number(noisy.variance), nil, .chosen,
            rule: "2a / (1 − a)² with a = exp(−epsilon / clip), added to the variance of the counts")
        tell(CellInference())
        if ground.tellsContributors {
            ground.surroundings = try surroundings(tested, points, neighbors.weights(counts))
        }
        var statistic = try await neighbors.scores(counts.weight, counts, variant, noise: noisy.variance)
        if tails == .directed { statistic = statistic.replacingProbabilities(normal(statistic.p)) }
        let significance = significance(statistic)
        let isCorrected = question.correction != .none
        let bins = isCorrected ? significance.bin : significance.rawBin
        let decisive = isCorrected ? significance.q : statistic.p
        let told = (0..<counts.cells.count).filter { (decisive[$0] ?? 1) <= question.alpha }
        var table = table(noisy, colour: .bins(tested.told(bins, untested: 0)))
        let columns: [CellTable.Column] = [
            ("z", .known(statistic.z)), ("p", .known(statistic.p)), ("q", .known(significance.q)), ("bin", .bins(bins)),
        ]
        table.columns += columns.map { ($0.name, tested.told($0.values)) }
        summarize("tests", Double(significance.tests))
        summarize("hotCells", Double(told.count { (statistic.z[$0] ?? 0) > 0 }))
        summarize("coldCells", Double(told.count { (statistic.z[$0] ?? 0) < 0 }))
        return table
    }

    /// Counts of all cells of the study area with noise.
    private mutating func drawNoise(_ points: Points, epsilon: Double) throws -> NoisyCells {
        guard let area, area.isGiven else {
            throw PlatformError(
                .invalidInput,
                "epsilon needs the area of the proceeding: one around the contributions tells where they lie",
                hint: "give the proceeding its area")
        }
        let grid = try question.cells.grid(width: question.cell ?? 0)
        let (cells, shares) = try area.cells(of: grid)
        guard cells.count <= Self.noisyCellLimit else {
            throw PlatformError(
                .invalidInput, "noise is drawn for at most \(Self.noisyCellLimit) cells, and there are \(cells.count)",
                hint: "cell=\(AnalysisParameter.text((grid.spacing * 2).rounded(.up))) makes fewer")
        }
        tell("cell", .number(grid.spacing), "m", .given)
        tellSize(of: question.cells)
        tell("grid", question.shape, standard: .hex)
        if question.shape == .hex { tell("orientation", question.cells.orientation ?? .flat, standard: .flat) }
        let noise = try GeometricNoise(
            thousandths: Int((epsilon * 1000).rounded()), contributions: question.clip)
        let bound = noise.bound(probability: 0.05)
        tell("epsilon", .number(epsilon), nil, .given)
        tell("clip", Double(question.clip), "contributions", standard: 3)
        summarize("noiseDeviation", noise.variance.squareRoot().rounded(toPlaces: 4))
        summarize("noiseBound", Double(bound))
        var held = [[Int64]](repeating: [], count: cells.count)
        let isKept = clipped(points)
        for row in 0..<points.count {
            guard let cell = grid.cell(x: points.x[row], y: points.y[row]), let place = cells.place(of: cell) else {
                continue
            }
            if isKept[row] { held[place].append(columns.id[usedRows[row]]) }
        }
        guard let source else { throw PlatformError(.unsupported, "noise has nothing to be drawn from") }
        let counts = held.indices.map { place in
            var random = source.random(
                version: record.dataVersion, place: "\(cells[place].q)_\(cells[place].r)", held: held[place])
            return held[place].count + noise.draw(using: &random)
        }
        // Where few must be withheld they are, whatever their noise.
        if ground.tellsContributors {
            ground.contributors = contributorsAndOthers(
                to: try GridAggregation(points, grid: grid, cells: cells), points)
        }
        // How many there are, and how many lie elsewhere, would be told without noise.
        record.used = max(0, counts.reduce(0, +))
        record.leftOut = []
        record.warnings.append(
            "counts carry noise: the true one lies within \(bound) of what is told in 95 of 100 cells, and some are "
                + "negative. Every other question tells a little more, and spends of the privacy budget")
        return NoisyCells(
            grid: grid, cells: cells, areas: shares, counts: counts, bound: bound, variance: noise.variance)
    }

    private func table(_ noisy: NoisyCells, colour: CellTable.Figures) -> CellTable {
        let (grid, cells, bound) = (noisy.grid, noisy.cells, noisy.bound)
        return CellTable(
            grid: grid, cells: cells, places: Array(0..<cells.count),
            outlines: CellOutlines(grid, cells, plane: ground.anywhere),
            counted: [
                ("noisyCount", .integers(noisy.counts)),
                ("lower", .integers(noisy.counts.map { max(0, $0 - bound) })),
                ("upper", .integers(noisy.counts.map { max(0, $0 + bound) })),
                ("area", .numbers(noisy.areas.map { $0.rounded(toPlaces: 2) })),
                ("isBorder", .flags(noisy.areas.map { $0 < 0.1 * grid.area })),
            ], colour: colour, contributors: ground.contributors, surroundings: ground.surroundings)
    }

    /// Which rows count: of each participant the first so many.
    private func clipped(_ points: Points) -> [Bool] {
        var seen: [UInt64: Int] = [:]
        return (0..<points.count).map { row in
            let author = columns.author[usedRows[row]]
            guard author != 0 else { return true }
            seen[author, default: 0] += 1
            return seen[author, default: 0] <= question.clip
        }
    }
}

/// Cells with their counts, to which noise was added.
private struct NoisyCells {
    let grid: Grid
    let cells: CellSet
    /// Square metres of each cell inside the study area.
    let areas: [Double]
    let counts: [Int]
    /// What the noise of a cell exceeds, on either side, in one case of twenty at most.
    let bound: Int
    /// Variance of the noise of a cell.
    let variance: Double
}
