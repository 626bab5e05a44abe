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
    let rows = complete.weights.withoutSelf()
    let observed = products(moments.deviations, rows)
    let tolerance = 1e-12 * moments.squares * rows.weights.reduce(0) { max($0, $1.magnitude) }
    let parts = try await Chunks.map(permutations, smallest: 8) { range throws(AnalysisError) in
        var (above, below) = (0, 0)
        for permutation in range {
            try AnalysisError.checkCancellation()
            var random = CounterRandom(seed: seed, .globalPermutation, permutation: permutation)
            var dealt = moments.deviations
            for place in stride(from: dealt.count - 1, to: 0, by: -1) {
                dealt.swapAt(place, random.index(below: place + 1))
            }
            let found = products(dealt, rows)
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

/// Σ wᵢⱼ zᵢ zⱼ.
private func products(_ z: [Double], _ weights: SpatialWeights) -> Double {
    var sum = CompensatedSum()
    for place in z.indices {
        var lag = 0.0
        for entry in weights.offsets[place]..<weights.offsets[place + 1] {
            lag += weights.weights[entry] * z[Int(weights.neighbors[entry])]
        }
        sum.add(z[place] * lag)
    }
    return sum.value
}
