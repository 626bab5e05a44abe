/// Probabilities of the sums of places' neighbours when each place keeps its value and all others lie anyhow.
///
/// The sum is the statistic of Gi, Gi* and local Moran alike: one pass serves all three. Ties count on both sides.
/// Source: Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x; two-sided and not directed by default.
public struct ConditionalProbabilities: Sendable, Equatable {
    /// How the probabilities of a place were found.
    public enum Engine: String, Sendable, Hashable {
        /// All draws were counted by dynamic programming (``ExactLag``).
        case counted
        /// All draws were made; places with too many of them were drawn.
        case enumerated
        /// Draws were made by chance.
        case drawn
    }

    /// How the probabilities were found.
    public let engine: Engine
    /// Draws by chance; 0 where none were needed.
    public let permutations: Int
    /// Probability of a sum at least as large; `nil` for places without neighbours or value.
    public let greater: [Double?]
    /// Probability of a sum at most as large; `nil` for places without neighbours or value.
    public let less: [Double?]
    /// Places whose value was missing; they took no part.
    public let missing: Int

    init(engine: Engine, permutations: Int, greater: [Double?], less: [Double?], missing: Int) {
        self.engine = engine
        self.permutations = permutations
        self.greater = greater
        self.less = less
        self.missing = missing
    }

    /// The counted probabilities of places that all have values.
    public init(_ exact: ExactLag) {
        self.init(engine: .counted, permutations: 0, greater: exact.greater, less: exact.less, missing: 0)
    }

    /// The smaller of the two, doubled, at most 1.
    public var twoSided: [Double?] { combined { min(1, 2 * min($0, $1)) } }

    /// The smaller of the two, not doubled, as GeoDa and older PySAL report it: a nominal 0.05 is a real 0.10.
    public var directed: [Double?] { combined(min) }

    /// Whether so many draws can tell a rate of false discoveries of `alpha` among this many tests.
    public func resolves(alpha: Double) -> Bool {
        let tests = greater.count { $0 != nil }
        return permutations == 0 || Double(permutations + 1) * alpha >= 10 * Double(tests)
    }

    private func combined(_ combine: (Double, Double) -> Double) -> [Double?] {
        zip(greater, less).map { greater, less in
            guard let greater, let less else { return nil }
            return combine(greater, less)
        }
    }
}

/// Conditional probabilities of each place's neighbours, exact where that is quick, else by draws.
///
/// Whole numbers with equal weights are counted. Otherwise places with at most two million choices of neighbours go
/// through all of them, and the rest is drawn by chance. The same seed gives the same bits on any number of cores.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis and of every neighbourhood.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
///   - permutations: draws, 9 to 999 999; then nothing is exact. Chosen for the rate of false discoveries if `nil`.
///   - seed: of the draws.
/// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or a parameter is out of range.
/// - Complexity: with equal weights O(n log M + M K² log M) for M draws and up to K neighbours; else O(n M K).
public func conditionalProbabilities(
    _ values: [Double?], weights: SpatialWeights, permutations: Int? = nil, seed: UInt64 = 1
) async throws(AnalysisError) -> ConditionalProbabilities {
    if let permutations, !(9...999_999).contains(permutations) {
        throw AnalysisError(
            .invalidParameter, "The number of permutations must be between 9 and 999999, such as 9999.")
    }
    let complete = try CompleteValues(values, weights)
    let count = complete.values.count
    let lags = ObservedLags(complete)
    var (greater, less) = ([Double?](repeating: nil, count: count), [Double?](repeating: nil, count: count))
    var engine = ConditionalProbabilities.Engine.drawn
    if permutations == nil, lags.isEqual {
        let whole = complete.values.compactMap { Int(exactly: $0) }
        if whole.count == count, let exact = try ExactLag(whole, weights: complete.weights.withoutSelf()) {
            return ConditionalProbabilities(
                engine: .counted, permutations: 0, greater: complete.expanded(exact.greater, missing: nil),
                less: complete.expanded(exact.less, missing: nil), missing: complete.missing)
        }
        if try EnumeratedLag.fill(&greater, &less, lags) { engine = .enumerated }
    }
    let open = (0..<count).filter { lags.sizes[$0] > 0 && greater[$0] == nil }
    var made = 0
    if !open.isEmpty {
        let size = open.reduce(0) { max($0, lags.sizes[$1]) }
        made = permutations ?? suggestedPermutations(tests: open.count, size: size)
        let draws = try await DrawTable.make(permutations: made, size: size, others: count - 1, seed: seed)
        let found = try await LagComparison(lags: lags, draws: draws).counts(open)
        let most = Double(made + 1)
        for (place, (above, below)) in zip(open, found) {
            greater[place] = Double(above + 1) / most
            less[place] = Double(below + 1) / most
        }
    }
    return ConditionalProbabilities(
        engine: engine, permutations: made, greater: complete.expanded(greater, missing: nil),
        less: complete.expanded(less, missing: nil), missing: complete.missing)
}

/// Enough draws for a rate of false discoveries of 0.05 among so many tests: 999, 9999 or 99 999, fewer where many
/// neighbours would make the table of draws large.
func suggestedPermutations(tests: Int, size: Int) -> Int {
    let wanted = tests <= 5 ? 999 : tests <= 50 ? 9_999 : 99_999
    return size <= 20 ? wanted : min(wanted, size <= 200 ? 9_999 : 999)
}

/// The neighbours of each place as the comparison needs them.
struct ObservedLags: Sendable {
    /// Values with their rounded mean taken away.
    let values: [Double]
    /// Rows without self.
    let weights: SpatialWeights
    /// Neighbours of each place; 0 where there are none, or as many as to leave no choice.
    let sizes: [Int]
    /// Weighted sums, plain sums where all weights of all rows are equal.
    let sums: [Double]
    /// Largest error of a sum that rounding can make, per neighbour of weight 1.
    let guardScale: Double
    /// Whether the weights in each row are equal and positive, so that the sum of values says all.
    let isEqual: Bool

    init(_ complete: CompleteValues) {
        let values = ShiftedValues(complete.values).values
        let weights = complete.weights.withoutSelf()
        var isEqual = true
        var sizes = [Int](repeating: 0, count: values.count)
        for place in values.indices {
            let row = weights.offsets[place]..<weights.offsets[place + 1]
            if row.count < values.count { sizes[place] = row.count }
            guard let first = row.first else { continue }
            let weight = weights.weights[first]
            if weight <= 0 || !row.allSatisfy({ weights.weights[$0] == weight }) { isEqual = false }
        }
        var sums = [Double](repeating: 0, count: values.count)
        for place in values.indices {
            var sum = 0.0
            for entry in weights.offsets[place]..<weights.offsets[place + 1] {
                let value = values[Int(weights.neighbors[entry])]
                sum += isEqual ? value : weights.weights[entry] * value
            }
            sums[place] = sum
        }
        self.values = values
        self.weights = weights
        self.sizes = sizes
        self.isEqual = isEqual
        self.sums = sums
        guardScale = 1e-12 * values.reduce(0) { max($0, $1.magnitude) }
    }

    /// How far apart two sums at a place may be and still count as equal.
    func tolerance(_ place: Int) -> Double {
        if isEqual { return guardScale * Double(sizes[place]) }
        let row = weights.offsets[place]..<weights.offsets[place + 1]
        return guardScale * row.reduce(0) { $0 + weights.weights[$1].magnitude }
    }
}
