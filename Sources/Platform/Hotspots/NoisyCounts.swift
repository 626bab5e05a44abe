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
        let time = now()
        if let key = try await engine.read({ try scope.reader($0).participantKey() }) { return key.pseudonym }
        return try await engine.write { try scope.writer($0).participantKey(now: time) }.pseudonym
    }
}

extension HotspotComputation {
    /// Most cells that noise is drawn for.
    private static let noisyCellLimit = 20_000

    /// Counts of all cells of the study area, empty ones too, with noise that hides whether any one person is among them.
    ///
    /// The noise of a cell follows from what lies in it: the same contributions have the same noise however they are asked
    /// for, so that asking again does not take it away. Source: Dwork & Roth 2014, doi:10.1561/0400000042; the keys of
    /// cells of Thompson, Broadfoot & Elazar 2013.
    mutating func noisyCounts(_ points: Points, epsilon: Double) async throws -> [HotspotAnswer.Feature] {
        record.method = "Counts per cell with noise (differential privacy)"
        record.reference = "Canonne, Kamath & Steinke 2020; Dwork & Roth 2014"
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
        let counts = held.indices.map { place in
            var random = KeyedRandom(key: noiseKey, about: name(held[place], cells[place], grid))
            return held[place].count + noise.draw(using: &random)
        }
        // Where few must be withheld they are, whatever their noise.
        let people =
            try ground.tellsContributors
            ? contributorsAndOthers(to: GridAggregation(points, grid: grid, cells: cells), points) : []
        // How many there are, and how many lie elsewhere, would be told without noise.
        record.used = max(0, counts.reduce(0, +))
        record.leftOut = []
        record.warnings.append(
            "counts carry noise: the true one lies within \(bound) of what is told in 95 of 100 cells, and some are "
                + "negative. Every other division into cells tells a little more; no budget is kept")
        return counts.indices.map { place in
            let cell = cells[place]
            let effective = shares[place]
            return HotspotAnswer.Feature(
                id: "\(cell.q)_\(cell.r)", shape: MetricGeometry(metres: .polygon([grid.ring(of: cell)])),
                properties: [
                    ("noisyCount", .integer(Int64(counts[place]))),
                    ("lower", .integer(Int64(max(0, counts[place] - bound)))),
                    ("upper", .integer(Int64(max(0, counts[place] + bound)))),
                    ("area", .number(effective.rounded(toPlaces: 2))),
                    ("isBorder", .bool(effective < 0.1 * grid.area)),
                ], value: Double(counts[place]),
                contributors: people.isEmpty ? nil : people[place])
        }
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

    /// What decides the noise of a cell: the contributions in it, or which cell it is where there are none.
    private func name(_ held: [Int64], _ cell: CellIndex, _ grid: Grid) -> String {
        guard held.isEmpty else {
            return "held|\(proceeding.key)|" + held.sorted().map { "\($0)" }.joined(separator: ",")
        }
        return "empty|\(proceeding.key)|\(ground.crs.label)|\(question.shape.rawValue)|"
            + "\(question.cells.orientation == .pointy)|\(grid.spacing)|\(cell.q)|\(cell.r)"
    }
}
