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
    /// Probability of a sum at least as far from its expected value, on either side; empty unless it was asked for.
    public let folded: [Double?]
    /// Places whose value was missing; they took no part.
    public let missing: Int

    init(
        engine: Engine, permutations: Int, greater: [Double?], less: [Double?], folded: [Double?], missing: Int
    ) {
        self.engine = engine
        self.permutations = permutations
        self.greater = greater
        self.less = less
        self.folded = folded
        self.missing = missing
    }

    /// The counted probabilities of places that all have values.
    public init(_ exact: ExactLag) {
        self.init(
            engine: .counted, permutations: 0, greater: exact.greater, less: exact.less, folded: exact.folded,
            missing: 0)
    }

    /// The smaller of the two, doubled, at most 1.
    public var twoSided: [Double?] { combined { min(1, 2 * min($0, $1)) } }

    /// The smaller of the two, not doubled, as GeoDa and older PySAL report it: a nominal 0.05 is a real 0.10.
    public var directed: [Double?] { combined(min) }

    /// The probabilities by some tails.
    ///
    /// - Precondition: folded ones were asked for.
    public subscript(tails: ProbabilityTails) -> [Double?] {
        switch tails {
        case .twoSided: return twoSided
        case .directed: return directed
        case .folded:
            precondition(folded.count == greater.count)
            return folded
        }
    }

    /// Whether so many draws can tell a rate of false discoveries of `alpha` among this many tests.
    public func resolves(alpha: Double) -> Bool {
        let tests = greater.count { $0 != nil }
        return permutations == 0 || Double(permutations + 1) * alpha >= 10 * Double(tests)
    }

    /// Whether all choices of neighbours of every place can be gone through, so that nothing is drawn by chance where nobody
    /// says how many permutations.
    ///
    /// - Parameters:
    ///   - values: one value a place; `nil` takes the place out.
    ///   - weights: as many rows as values, all weights 1, without the places themselves.
    /// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
    public static func canEnumerate(_ values: [Double?], weights: SpatialWeights) throws(AnalysisError) -> Bool {
        let complete = try CompleteValues(values, weights)
        let offsets = complete.weights.offsets
        let sizes = complete.values.indices.map { offsets[$0 + 1] - offsets[$0] }
        return EnumeratedLag.canFill(sizes, complete.values.count - 1)
    }

    /// Refuses too few draws, and too many.
    static func requireSound(_ permutations: Int?) throws(AnalysisError) {
        guard let permutations, !(9...999_999).contains(permutations) else { return }
        throw AnalysisError(
            .invalidParameter, "The number of permutations must be between 9 and 999999, such as 9999.")
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
///   - isFolded: whether ``ConditionalProbabilities/folded`` is worked out as well.
/// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or a parameter is out of range.
/// - Complexity: with equal weights O(n log M + M K² log M) for M draws and up to K neighbours; else O(n M K).
public func conditionalProbabilities(
    _ values: [Double?], weights: SpatialWeights, permutations: Int? = nil, seed: UInt64 = 1, isFolded: Bool = false
) async throws(AnalysisError) -> ConditionalProbabilities {
    try await conditionalProbabilities(CompleteValues(values, weights), permutations, seed, isFolded)
}

/// Conditional probabilities as ``conditionalProbabilities(_:weights:permutations:seed:isFolded:)`` for values of which none is
/// missing.
///
/// - Throws: ``AnalysisError`` as that function.
public func conditionalProbabilities(
    _ values: [Double], weights: SpatialWeights, permutations: Int? = nil, seed: UInt64 = 1, isFolded: Bool = false
) async throws(AnalysisError) -> ConditionalProbabilities {
    try await conditionalProbabilities(CompleteValues(all: values, weights), permutations, seed, isFolded)
}

private func conditionalProbabilities(
    _ complete: CompleteValues, _ permutations: Int?, _ seed: UInt64, _ isFolded: Bool
) async throws(AnalysisError) -> ConditionalProbabilities {
    try ConditionalProbabilities.requireSound(permutations)
    let count = complete.values.count
    let lags = try await ObservedLags(complete)
    let none = [Double?](repeating: nil, count: count)
    var tails = (greater: none, less: none, folded: none)
    var engine = ConditionalProbabilities.Engine.drawn
    if permutations == nil, lags.isEqual {
        let whole = complete.values.compactMap { Int(exactly: $0) }
        if whole.count == count, let exact = try ExactLag(whole, weights: complete.weights.withoutSelf()) {
            return ConditionalProbabilities(
                engine: .counted, permutations: 0, greater: complete.expanded(exact.greater, missing: nil),
                less: complete.expanded(exact.less, missing: nil),
                folded: isFolded ? complete.expanded(exact.folded, missing: nil) : [], missing: complete.missing)
        }
        if try EnumeratedLag.fill(&tails, lags) { engine = .enumerated }
    }
    let open = (0..<count).filter { lags.size($0) > 0 && tails.greater[$0] == nil }
    var made = 0
    if !open.isEmpty {
        let size = open.reduce(0) { max($0, lags.size($1)) }
        made = permutations ?? suggestedPermutations(tests: open.count, size: size)
        let draws = try await DrawTable.make(permutations: made, size: size, others: count - 1, seed: seed)
        let found = try await LagComparison(lags: lags, draws: draws, isFolded: isFolded).counts(open)
        let most = Double(made + 1)
        for (place, (above, below, far)) in zip(open, found) {
            tails.greater[place] = Double(above + 1) / most
            tails.less[place] = Double(below + 1) / most
            tails.folded[place] = Double(far + 1) / most
        }
    }
    return ConditionalProbabilities(
        engine: engine, permutations: made, greater: complete.expanded(tails.greater, missing: nil),
        less: complete.expanded(tails.less, missing: nil),
        folded: isFolded ? complete.expanded(tails.folded, missing: nil) : [], missing: complete.missing)
}

/// Enough draws for a rate of false discoveries of 0.05 among so many tests: 999, 9999 or 99 999, fewer where many
/// neighbours would make the table of draws large.
func suggestedPermutations(tests: Int, size: Int) -> Int {
    let wanted = tests <= 5 ? 999 : tests <= 50 ? 9_999 : 99_999
    return size <= 20 ? wanted : min(wanted, size <= 200 ? 9_999 : 999)
}
