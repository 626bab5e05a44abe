import Analysis
import GeoCore

/// A test of cells that is made again without one contribution.
enum CellTest {
    case gi(CellNeighbors)
    case moran
    case geary

    /// How much longer it takes than a look at every neighbour.
    var effort: Double {
        switch self {
        case .gi, .moran: 1
        case .geary: 10
        }
    }
}

/// Cells whose class hangs on one heavy contribution.
extension HotspotComputation {
    /// Most contributions that are left out one after the other, and most work for that, about a second.
    private static let fragilityLimit = (contributions: 300, work: 3e8)

    /// Says that it was left out to try places without their heaviest contribution.
    private mutating func leaveFragilityOut() {
        record.warnings.append(
            "many contributions are the heaviest of one place or another: trying these places without them would take too "
                + "long, and was left out")
    }

    /// For weighted contributions, the hot cells whose class hangs on one heavy contribution: without it they have another,
    /// or a score nearer to 0 than all of that class.
    ///
    /// - Parameters:
    ///   - weights: of the neighbours.
    ///   - classes: of each cell as the answer tells them.
    ///   - isHot: which cells hold much, or differ by that from their surroundings.
    ///   - z: the scores of all cells.
    /// - Returns: `nil` where it would take too long.
    mutating func fragileCells(
        _ carriers: CellCarriers, _ points: Points, _ counts: GridAggregation, _ weights: SpatialWeights,
        _ test: CellTest, classes: [Int8], isHot: [Bool], z: [Double?]
    ) async throws -> [Bool]? {
        let tried = classes.indices.filter { isHot[$0] && carriers.heaviest[$0] >= 0 }
        let rows = Set(tried.map { carriers.heaviest[$0] }).sorted()
        let work = Double(rows.count) * Double(weights.neighbors.count + classes.count) * test.effort
        guard rows.count <= Self.fragilityLimit.contributions, work <= Self.fragilityLimit.work else {
            leaveFragilityOut()
            return nil
        }
        var least: [Int8: Double] = [:]
        for place in tried {
            least[classes[place]] = min(least[classes[place]] ?? .infinity, abs(z[place] ?? .infinity))
        }
        var fragile = [Bool](repeating: false, count: classes.count)
        for row in rows {
            try Task.checkCancellation()
            guard let cell = counts.grid.cell(x: points.x[row], y: points.y[row]),
                let own = counts.cells.place(of: cell)
            else { continue }
            var rest = counts.weight
            // Of a line or area that is spread over cells each holds a share alone.
            rest[own] = max(0, rest[own] - points.weight[row])
            let (after, scores): ([Int8], [Double?])
            switch test {
            case .gi(let neighbors):
                scores = Array(try await neighbors.scores(rest, counts, variant).z)
                // Its classes are those of the scores, so that these alone decide.
                after = zip(classes, scores).map { ($1 ?? 0) > 0 ? $0 : 0 }
            case .moran:
                let local = try Analysis.localMoran(rest, weights: weights)
                (after, scores) = (local.quadrant.map(\.rawValue), Array(local.z))
            case .geary:
                // The draws are not asked for: its score needs none.
                let local = try await Analysis.localGeary(rest, weights: weights, permutations: 9, seed: question.seed)
                (after, scores) = (local.association.map(\.rawValue), Array(local.z))
            }
            for place in tried where carriers.heaviest[place] == row {
                fragile[place] =
                    after[place] != classes[place] || abs(scores[place] ?? 0) < least[classes[place]] ?? 0
            }
        }
        return fragile
    }

    /// For weighted contributions, the cells whose hot pattern hangs on one heavy contribution: without it they have
    /// another, both by the normal law.
    ///
    /// - Parameters:
    ///   - carriers: of all cells of the study area.
    ///   - places: of the cells of the cube among these.
    ///   - found: in the cube.
    /// - Returns: for each cell of the cube; `nil` where there are no patterns, or it would take too long.
    mutating func fragilePatterns(
        _ carriers: CellCarriers, _ points: Points, _ grid: Grid, _ cells: CellSet, _ places: [Int], _ steps: TimeSteps,
        rings: Int, _ found: CubePatterns
    ) async throws -> [Bool]? {
        guard let told = found.result.patterns else { return nil }
        let hot = told.indices.filter {
            told[$0].isHot && told[$0].kind != .none && carriers.heaviest[places[$0]] >= 0
        }
        let rows = Set(hot.map { carriers.heaviest[places[$0]] }).sorted()
        let around = Double((2 * rings + 1) * (2 * rings + 1) * (question.previousSteps + 1))
        let work = Double(rows.count) * Double(cells.count * steps.count) * around
        guard rows.count <= Self.fragilityLimit.contributions, work <= Self.fragilityLimit.work / 4 else {
            leaveFragilityOut()
            return nil
        }
        var fragile = [Bool](repeating: false, count: told.count)
        guard !rows.isEmpty else { return fragile }
        let before =
            found.inference.p == nil
            ? told
            : try await patterns(of: points, grid, cells, steps, rings: rings, mayDraw: false).result.patterns ?? told
        for row in rows {
            try Task.checkCancellation()
            let rest = points.rows { $0 != row }
            let after = try await patterns(of: rest, grid, cells, steps, rings: rings, mayDraw: false).result.patterns
            guard let after else { continue }
            for cell in hot where carriers.heaviest[places[cell]] == row {
                fragile[cell] = after[cell].description != before[cell].description
            }
        }
        return fragile
    }
}
