import Analysis
import GeoCore

extension HotspotComputation {
    /// A space-time cube with what was found in it.
    struct CubePatterns {
        /// Scores, trends and patterns.
        let result: EmergingHotspots
        /// Contributions in each bin, whatever they weigh and however long its step is.
        let counts: SpaceTimeCube
        /// How the probabilities of bins were found.
        let inference: CellInference
        /// The share of bins that are empty.
        let empty: Double
        /// Whether the normal law is rough: most bins are empty, or have few neighbours.
        let isRough: Bool
    }

    /// Most neighbours of all bins that are written out to count them, some hundred megabytes.
    private static let cubeNeighborLimit = 20_000_000.0

    /// The scores, trends and patterns of cells; the probabilities of bins are counted or drawn where the normal law is
    /// rough.
    ///
    /// - Parameter mayDraw: whether permutations may be drawn where they cannot be counted.
    func patterns(
        of points: Points, _ grid: Grid, _ cells: CellSet, _ steps: TimeSteps, rings: Int, mayDraw: Bool = true
    ) async throws -> CubePatterns {
        let perDay = if case .days = steps.step { false } else { true }
        let cube = try SpaceTimeCube(points, grid: grid, cells: cells, borders: steps.borders, perDay: perDay)
        let counts = try SpaceTimeCube(
            Points(x: points.x, y: points.y, time: points.time), grid: grid, cells: cells, borders: steps.borders)
        let empty = Double(counts.values.count { $0 == 0 }) / Double(max(1, counts.values.count))
        let cellsAround =
            switch grid {
            case .hexagon: 3 * rings * (rings + 1) + 1
            case .square: (2 * rings + 1) * (2 * rings + 1)
            }
        let around = Double(cellsAround) * Double(question.previousSteps + 1)
        let isRough = empty > 0.5 || around < 9
        var inference = CellInference()
        if question.baseline != .cube {
            // Bins of other steps are not exchangeable with those of one.
            if ![.automatic, .normal].contains(question.inference) {
                throw PlatformError(
                    .badRequest, "inference=\(question.inference.rawValue) belongs to baseline=cube",
                    parameter: "inference", hint: "inference=normal can be done")
            }
        } else if question.inference != .normal, isRough || question.inference != .automatic {
            if around * Double(cube.values.count) <= Self.cubeNeighborLimit {
                inference = try await self.inference(
                    cube, counts, cube.neighbors(rings: rings, previousSteps: question.previousSteps), mayDraw: mayDraw)
            } else {
                inference.rule = "normal law, since bins have too many neighbours to be counted"
            }
        }
        let result = try cube.emergingHotspots(
            rings: rings, previousSteps: question.previousSteps, baseline: baseline, alpha: question.alpha,
            trendAlpha: question.trendAlpha, correction: question.trendCorrection == .none ? .none : .hamedRao,
            probabilities: inference.p)
        return CubePatterns(result: result, counts: counts, inference: inference, empty: empty, isRough: isRough)
    }

    /// The probabilities of bins of a cube by other than the normal law, where that can be done.
    ///
    /// Contributions are put into bins at random, by the days of these: what lies in one cell for weeks is hot although
    /// there is little beside it, which a permutation of what bins hold would not say.
    private func inference(
        _ cube: SpaceTimeCube, _ counts: SpaceTimeCube, _ weights: SpatialWeights, mayDraw: Bool
    ) async throws -> CellInference {
        let days = zip(cube.borders, cube.borders.dropFirst()).map { Double($1 - $0) / 86_400_000 }
        let exposure = days.flatMap { Array(repeating: $0, count: cube.cells.count) }
        if question.inference != .permutation, question.weight == .one,
            let placed = try RandomPlacement(
                counts.values.map { Int(exactly: $0) ?? 0 }, exposure: exposure, weights: weights)
        {
            return CellInference(
                p: placed.twoSided, word: .exact, rule: "contributions put into bins at random, counted")
        }
        guard question.inference != .automatic else { return CellInference() }
        return try await inference(cube.values, whole: nil, weights, mayDraw: mayDraw)
    }

    private var baseline: SpaceTimeCube.Baseline {
        switch question.baseline {
        case .cube: .cube
        case .slice: .slice
        case .neighbourhood: .neighbourhood
        }
    }
}
