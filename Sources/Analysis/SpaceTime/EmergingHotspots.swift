/// How hot and cold spots came to be over the steps of a cube.
public struct EmergingHotspots: Sendable, Equatable {
    /// Gi* of each bin, steps outside; NaN where it is not defined.
    public let scores: [Double]
    /// 1 for hot, −1 for cold, 0 for neither, corrected over all bins.
    public let bins: [Int8]
    /// The trend of the scores of each cell.
    public let trends: [MannKendall]
    /// The pattern of each cell; `nil` for fewer than ten steps, which show the trend only.
    public let patterns: [EmergingPattern]?
    /// Number of bins tested.
    public let tests: Int
}

extension SpaceTimeCube {
    /// From which bins mean and variance of Gi* come.
    public enum Baseline: String, Sendable, Hashable {
        /// All.
        case cube
        /// Those of the same step, so that what holds everywhere in a step is not hot.
        case slice
        /// Those of the same step and the ones before that are its neighbours.
        case neighbourhood
    }

    /// Fewest steps for patterns.
    public static let fewestSteps = 10

    /// Gi* of every bin, the trend of every cell and its pattern.
    ///
    /// Neighbours are the cell itself and the cells around it in the same step and the ones before, all with weight 1.
    /// A bin has no score where its neighbours are as many as the bins that it is compared with, or those are all equal.
    ///
    /// - Parameters:
    ///   - rings: of cells around a cell.
    ///   - previousSteps: steps before that are neighbours; 0 keeps the series of scores free of overlap.
    ///   - baseline: from which bins mean and variance come.
    ///   - alpha: level of hot and cold bins, after Benjamini & Hochberg.
    ///   - trendAlpha: level of trends.
    ///   - correction: for series whose values depend on the ones before.
    ///   - probabilities: two-sided, of each bin, where the normal law is not trusted; those of bins without a score are
    ///     passed over.
    /// - Throws: ``AnalysisError`` for a parameter out of range.
    /// - Complexity: O(bins · rings² + cells · steps²).
    public func emergingHotspots(
        rings: Int = 1, previousSteps: Int = 1, baseline: Baseline = .cube, alpha: Double = 0.05,
        trendAlpha: Double = 0.05,
        correction: MannKendall.Correction = .none, probabilities: [Double?]? = nil
    ) throws(AnalysisError) -> EmergingHotspots {
        guard (0...100).contains(previousSteps) else {
            throw AnalysisError(.invalidParameter, "Between 0 and 100 previous steps can be neighbours, such as 1.")
        }
        guard alpha > 0, alpha < 1, trendAlpha > 0, trendAlpha < 1 else {
            throw AnalysisError(.invalidParameter, "Levels must lie between 0 and 1, such as 0.05.")
        }
        let scores = try scores(rings, previousSteps, baseline)
        if let probabilities, probabilities.count != scores.count {
            throw AnalysisError(.invalidColumns, "There must be one probability for each bin.")
        }
        let p = scores.indices.map { bin in
            scores[bin].isNaN ? nil : probabilities.map { $0[bin] } ?? Elementary.twoSidedP(z: scores[bin])
        }
        let q = FalseDiscoveryRate.benjaminiHochberg.adjusted(p)
        let bins: [Int8] = zip(scores, q).map { score, q in
            guard let q, q <= alpha else { return 0 }
            return score > 0 ? 1 : -1
        }
        var trends: [MannKendall] = []
        var patterns: [EmergingPattern] = []
        let count = cells.count
        for place in 0..<count {
            if place & 0xFF == 0 { try AnalysisError.checkCancellation() }
            let series: [Double?] = (0..<steps).map { step in
                // Equal sums in steps of different length differ in the last bits: ties must stay ties.
                let score = (scores[step * count + place] * 1e9).rounded() / 1e9
                return score.isNaN ? nil : score
            }
            let trend = MannKendall(series, correction: correction)
            trends.append(trend)
            patterns.append(
                EmergingPattern(
                    bins: (0..<steps).map { bins[$0 * count + place] }, trend: trend.trend(alpha: trendAlpha)))
        }
        return EmergingHotspots(
            scores: scores, bins: bins, trends: trends, patterns: steps < Self.fewestSteps ? nil : patterns,
            tests: p.count { $0 != nil })
    }

    private func scores(
        _ rings: Int, _ previousSteps: Int, _ baseline: Baseline
    ) throws(AnalysisError) -> [Double] {
        let shifted = ShiftedValues(values)
        let count = cells.count
        let mask = try CellWindow.mask(cells, rings: rings)
        let around = mask.steps(grid, rings: rings) + [0]
        let neighbors = sums(mask, around)
        // The sum around each cell in each step; a bin adds up its own and the ones before.
        var local: [[Double]] = []
        for step in 0..<steps {
            try AnalysisError.checkCancellation()
            let layer = Array(shifted.values[step * count..<(step + 1) * count])
            local.append(sums(try CellWindow(cells, layer, rings: rings), around))
        }
        var scores: [Double] = []
        scores.reserveCapacity(values.count)
        for step in 0..<steps {
            let first = max(0, step - previousSteps)
            let compared: (moments: ValueMoments, mean: Double)
            if baseline == .cube {
                compared = (shifted.moments, shifted.mean)
            } else {
                let from = baseline == .slice ? step : first
                let moments = ValueMoments(Array(shifted.values[from * count..<(step + 1) * count]))
                compared = (moments, moments.offset + moments.mean)
            }
            for place in 0..<count {
                var weighted = 0.0
                for before in first...step { weighted += local[before][place] }
                let weights = neighbors[place] * Double(step - first + 1)
                let deviation = compared.moments.deviation(weights: weights, squaredWeights: weights)
                scores.append(deviation.map { (weighted - weights * compared.mean) / $0 } ?? .nan)
            }
        }
        return scores
    }

    /// The sum over steps of every cell.
    private func sums(_ window: CellWindow, _ around: [Int]) -> [Double] {
        let firstPlaces = window.firstPlaces()
        var column = [Double](repeating: 0, count: cells.rows)
        var result: [Double] = []
        result.reserveCapacity(cells.count)
        for index in 0..<cells.columns {
            window.sum(column: index, steps: around, into: &column)
            for place in firstPlaces[index]..<firstPlaces[index + 1] {
                result.append(column[Int(cells.r[place]) - cells.firstR])
            }
        }
        return result
    }
}
