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
    return JoinCounts(
        both: both.value / 2, neither: neither.value / 2, mixed: mixed.value / 2, local: local, localP: localP)
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
