/// How many rings of cells are neighbours, chosen from the data.
public struct SuggestedRings: Sendable, Equatable {
    /// Why this number.
    public enum Rule: String, Sendable, Hashable {
        /// Clustering is strongest there before it weakens for the first time.
        case firstPeak = "first_peak"
        /// There is no such peak: the fewest rings with at least eight neighbours inside the area.
        case eightNeighbors = "eight_neighbours"
    }

    /// The number of rings.
    public let rings: Int
    /// Why this number.
    public let rule: Rule
    /// The score of global Moran's I for 1, 2 … rings; `nil` where it is not defined.
    public let scores: [Double?]

    /// A choice made by other means.
    public init(rings: Int, rule: Rule, scores: [Double?]) {
        self.rings = rings
        self.rule = rule
        self.scores = scores
    }
}

extension CellSet {
    /// The number of rings at the first peak of global Moran's score over 1 to `limit` rings.
    ///
    /// A peak is higher than the rings on both sides, so the first and the last ring are none. Source: incremental
    /// spatial autocorrelation as in ArcGIS; Getis & Ord 1992 for the reach of a neighbourhood.
    ///
    /// - Parameters:
    ///   - values: one value a cell, in the order of the set; empty cells have zeros.
    ///   - grid: the tiling of the set.
    ///   - limit: the most rings tried, 1 to 16.
    /// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or `limit` is out of range.
    /// - Complexity: O(cells · limit²).
    public func suggestedRings(
        _ values: [Double], grid: Grid, limit: Int = 5
    ) throws(AnalysisError) -> SuggestedRings {
        guard (1...16).contains(limit) else {
            throw AnalysisError(.invalidParameter, "The most rings to try must be between 1 and 16, such as 5.")
        }
        let scores = try moranScores(values, grid: grid, limit: limit)
        for rings in stride(from: 2, to: limit, by: 1) {
            guard let before = scores[rings - 2], let here = scores[rings - 1], let after = scores[rings] else {
                continue
            }
            if here > before && here > after { return SuggestedRings(rings: rings, rule: .firstPeak, scores: scores) }
        }
        let fewest = grid.steps(rings: 1).count >= 8 ? 1 : 2
        return SuggestedRings(rings: fewest, rule: .eightNeighbors, scores: scores)
    }

    /// The score of global Moran's I with 1, 2 … `limit` rings of neighbours.
    ///
    /// Products are summed once for each ring, and only in one of two opposite directions.
    private func moranScores(_ values: [Double], grid: Grid, limit: Int) throws(AnalysisError) -> [Double?] {
        guard values.count == count else {
            throw AnalysisError(.invalidColumns, "There must be one value for each cell.")
        }
        guard values.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
        guard let moments = Deviations(values) else { return Array(repeating: nil, count: limit) }
        let window = try CellWindow(self, moments.deviations, rings: limit)
        let mask = try CellWindow.mask(self, rings: limit)
        let firstPlaces = window.firstPlaces()
        var degrees = [Int32](repeating: 0, count: count)
        var products = CompensatedSum()
        var scores: [Double?] = []
        var inner: Set<Int> = [0]
        var sums = [Double](repeating: 0, count: rows)
        for rings in 1...limit {
            let all = window.steps(grid, rings: rings)
            let ring = all.filter { !inner.contains($0) }
            inner.formUnion(all)
            let half = ring.filter { $0 > 0 }
            for column in 0..<columns {
                if column & 0xF == 0 { try AnalysisError.checkCancellation() }
                window.sum(column: column, steps: half, into: &sums)
                var part = 0.0
                for place in firstPlaces[column]..<firstPlaces[column + 1] {
                    part += moments.deviations[place] * sums[Int(r[place]) - firstR]
                }
                products.add(2 * part)
                mask.sum(column: column, steps: ring, into: &sums)
                for place in firstPlaces[column]..<firstPlaces[column + 1] {
                    degrees[place] += Int32(truncatingIfNeeded: NearestInteger.integer(sums[Int(r[place]) - firstR]))
                }
            }
            let weightSums = WeightSums(symmetricDegrees: degrees)
            scores.append(
                weightSums.s0 > 0
                    ? moments.moran(products: products.value, weightSums, islands: 0, missing: 0).randomization?.z : nil
            )
        }
        return scores
    }
}
