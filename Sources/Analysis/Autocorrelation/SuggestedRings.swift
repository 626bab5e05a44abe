/// How many rings of cells are neighbours, chosen from the data.
public struct SuggestedRings: Sendable, Equatable {
    /// Why this number.
    public enum Rule: String, Sendable, Hashable {
        /// Clustering is strongest there before it weakens for the first time.
        case firstPeak = "first_peak"
        /// There is no such peak: the fewest rings with at least eight neighbours inside the area.
        case eightNeighbors = "eight_neighbours"
    }

    /// The most rings that are tried unless said otherwise.
    public static let limit = 5

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
        _ values: [Double], grid: Grid, limit: Int = SuggestedRings.limit
    ) throws(AnalysisError) -> SuggestedRings {
        if let products = try RingProducts(values, self, grid: grid, limit: limit) {
            return SuggestedRings(scores: products.scores, grid)
        }
        guard let moments = Deviations(values) else {
            return SuggestedRings(scores: Array(repeating: nil, count: limit), grid)
        }
        let sums = try RingSums(moments.deviations, self, grid, limit: limit)
        let scores = zip(sums.products, sums.weights).map { moments.score(products: $0, $1) }
        return SuggestedRings(scores: scores, grid)
    }
}

extension SuggestedRings {
    /// The rings at the first peak of scores of global Moran's I, or those with enough neighbours.
    ///
    /// - Parameters:
    ///   - scores: for 1, 2 … rings.
    ///   - grid: the tiling that they are counted in.
    public init(scores: [Double?], _ grid: Grid) {
        for rings in stride(from: 2, to: scores.count, by: 1) {
            guard let before = scores[rings - 2], let here = scores[rings - 1], let after = scores[rings] else {
                continue
            }
            if here > before && here > after {
                self.init(rings: rings, rule: .firstPeak, scores: scores)
                return
            }
        }
        let fewest = grid.steps(rings: 1).count >= 8 ? 1 : 2
        self.init(rings: fewest, rule: .eightNeighbors, scores: scores)
    }
}
