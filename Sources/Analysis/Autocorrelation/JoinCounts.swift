/// Numbers of joins between places that have a trait and places that do not, with local counts and exact tests.
///
/// Source: Cliff & Ord 1981; local counts of Anselin & Li 2019, doi:10.1007/s10109-019-00299-x.
public struct JoinCounts: Sendable, Equatable {
    /// Half the weight between places that both have the trait.
    public let both: Double
    /// Half the weight between places that both lack it.
    public let neither: Double
    /// Half the weight between a place that has it and one that does not, both directions.
    public let mixed: Double
    /// What ``both`` would be if the trait lay anyhow among the places; `nil` for fewer than two places.
    public let expectedBoth: Double?
    /// The test of ``both`` against it, by the normal law; `nil` for fewer than four places or without variance.
    public let test: GlobalAutocorrelation.NormalTest?
    /// For each place with the trait the number of neighbours with it, 0 for places without.
    public let local: [Int]
    /// For each place with the trait the probability of at least so many neighbours with it if the others lay anyhow,
    /// by the hypergeometric distribution; `nil` for places without.
    public let localP: [Double?]
}

/// Join counts of a trait.
///
/// - Parameters:
///   - hasTrait: whether each place has the trait.
///   - weights: as many rows as places; a weight of a place for itself is passed over, local counts are of neighbours.
/// - Throws: ``AnalysisError`` when lengths differ.
/// - Complexity: linear in places and neighbours, times the neighbours for the tails.
public func joinCounts(_ hasTrait: [Bool], weights: SpatialWeights) throws(AnalysisError) -> JoinCounts {
    guard hasTrait.count == weights.count else {
        throw AnalysisError(.invalidColumns, "There must be one row of spatial weights for each place.")
    }
    let owners = hasTrait.count { $0 }
    let logFactorial = LogFactorials(hasTrait.count)
    var (both, neither, mixed) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    var local = [Int](repeating: 0, count: hasTrait.count)
    var localP = [Double?](repeating: nil, count: hasTrait.count)
    var known: [SIMD2<Int>: Double] = [:]
    for place in hasTrait.indices {
        if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
        var (size, found) = (0, 0)
        for entry in weights.offsets[place]..<weights.offsets[place + 1] {
            let neighbor = Int(weights.neighbors[entry])
            if neighbor == place { continue }
            size += 1
            switch (hasTrait[place], hasTrait[neighbor]) {
            case (true, true):
                both.add(weights.weights[entry])
                found += 1
            case (false, false): neither.add(weights.weights[entry])
            default: mixed.add(weights.weights[entry])
            }
        }
        guard hasTrait[place] else { continue }
        local[place] = found
        let key = SIMD2(size, found)
        let p =
            known[key]
            ?? logFactorial.hypergeometricTail(
                atLeast: found, draws: size, owners: owners - 1, all: hasTrait.count - 1)
        known[key] = p
        localP[place] = p
    }
    let expected = JoinMoments(WeightSums(weights), owners: owners, places: hasTrait.count)
    return JoinCounts(
        both: both.value / 2, neither: neither.value / 2, mixed: mixed.value / 2, expectedBoth: expected.mean,
        test: expected.variance.flatMap { variance in
            expected.mean.flatMap { .init(variance: variance, excess: both.value / 2 - $0) }
        }, local: local, localP: localP)
}

/// Mean and variance of joins between places with a trait when it is dealt anew among all places: sampling without
/// replacement (Cliff & Ord 1981, Spatial Processes, chapter 1).
private struct JoinMoments {
    let mean: Double?
    let variance: Double?

    init(_ sums: WeightSums, owners: Int, places: Int) {
        /// The chance that so many places drawn at once all have the trait.
        func chance(_ drawn: Int) -> Double {
            (0..<drawn).reduce(1) { $0 * Double(owners - $1) / Double(places - $1) }
        }
        mean = places > 1 ? sums.s0 / 2 * chance(2) : nil
        guard places > 3, let mean else {
            variance = nil
            return
        }
        let second =
            (sums.s1 * chance(2) + (sums.s2 - 2 * sums.s1) * chance(3)
                + (sums.s0 * sums.s0 + sums.s1 - sums.s2) * chance(4)) / 4
        // Where nothing can vary only rounding is left.
        let difference = second - mean * mean
        variance = difference > 1e-12 * max(second, 1e-300) ? difference : nil
    }
}

/// Logarithms of factorials by addition, so that neighbouring ones agree to the last digits.
struct LogFactorials {
    private let values: [Double]

    init(_ largest: Int) {
        var sum = CompensatedSum()
        var values = [0.0]
        values.reserveCapacity(largest + 1)
        for number in stride(from: 1, through: largest, by: 1) {
            sum.add(Elementary.log(Double(number)))
            values.append(sum.value)
        }
        self.values = values
    }

    /// log C(n, k); minus infinity where there is no such choice.
    func choose(_ n: Int, _ k: Int) -> Double {
        k < 0 || k > n ? -.infinity : values[n] - values[k] - values[n - k]
    }

    /// Probability that `draws` of `all` hold at least this many of the `owners`.
    func hypergeometricTail(atLeast: Int, draws: Int, owners: Int, all: Int) -> Double {
        if atLeast <= 0 || draws > all { return 1 }
        let total = choose(all, draws)
        var sum = 0.0
        for number in stride(from: min(draws, owners), through: atLeast, by: -1) {
            sum += Elementary.exp(choose(owners, number) + choose(all - owners, draws - number) - total)
        }
        return min(1, sum)
    }
}
