/// Probabilities of a statistic of the whole map when its values are dealt anew among the places.
public struct GlobalPermutation: Sendable, Equatable {
    /// Permutations made.
    public let permutations: Int
    /// (1 + permutations at least as large) / (permutations + 1).
    public let greater: Double
    /// (1 + permutations at most as large) / (permutations + 1).
    public let less: Double

    /// The smaller of the two, doubled, at most 1.
    public var twoSided: Double { min(1, 2 * min(greater, less)) }
}

/// Permutation test of Moran's I: the inference of choice below 5000 places.
///
/// The same seed gives the same bits on any number of cores.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
///   - permutations: 9 to 999 999.
///   - seed: of the permutations.
/// - Returns: `nil` where Moran's I is not defined.
/// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or a parameter is out of range.
/// - Complexity: linear in places and neighbours, times permutations.
public func moranPermutations(
    _ values: [Double?], weights: SpatialWeights, permutations: Int = 999, seed: UInt64 = 1
) async throws(AnalysisError) -> GlobalPermutation? {
    guard (9...999_999).contains(permutations) else {
        throw AnalysisError(
            .invalidParameter, "The number of permutations must be between 9 and 999999, such as 999.")
    }
    let complete = try CompleteValues(values, weights)
    guard let moments = Deviations(complete.values), !complete.weights.neighbors.isEmpty else { return nil }
    let products = PairProducts(complete.weights.withoutSelf())
    let observed = products.sum(moments.deviations)
    let tolerance = 1e-12 * moments.squares * products.largestWeight
    let parts = try await Chunks.map(permutations, smallest: 8) { range throws(AnalysisError) in
        var (above, below) = (0, 0)
        for permutation in range {
            try AnalysisError.checkCancellation()
            let found = products.sum(shuffled(moments.deviations, seed: seed, permutation: permutation))
            if found >= observed - tolerance { above += 1 }
            if found <= observed + tolerance { below += 1 }
        }
        return (above, below)
    }
    let most = Double(permutations + 1)
    return GlobalPermutation(
        permutations: permutations, greater: Double(1 + parts.reduce(0) { $0 + $1.0 }) / most,
        less: Double(1 + parts.reduce(0) { $0 + $1.1 }) / most)
}

/// The values dealt anew, every order as likely (Fisher & Yates; Durstenfeld 1964, doi:10.1145/364520.364540).
private func shuffled(_ values: [Double], seed: UInt64, permutation: Int) -> [Double] {
    var random = PhiloxWords(seed: seed, .globalPermutation, permutation: permutation)
    var dealt = values
    var span = dealt.mutableSpan
    var place = span.count - 1
    while place > 0 {
        span.swapAt(place, random.index(below: place + 1))
        place -= 1
    }
    return dealt
}
