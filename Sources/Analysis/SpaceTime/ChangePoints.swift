/// Where the rate of a series of counts changed once, by the largest likelihood ratio of two Poisson rates against one.
///
/// Source: Worsley 1986, Biometrika 73, doi:10.1093/biomet/73.1.91; the counts given their sum are multinomial, from which
/// the law of the largest ratio is drawn.
public struct ChangePoint: Sendable, Equatable {
    /// The first step after the change.
    public let step: Int
    /// Count per unit of exposure before it.
    public let before: Double
    /// Count per unit of exposure from it on.
    public let after: Double
    /// Logarithm of the likelihood ratio, 0 or more.
    public let logLikelihoodRatio: Double
    /// Probability of so large a ratio where the rate is the same throughout.
    public let p: Double
}

/// Counts above this follow the law drawn for it, which hardly changes any more.
private let mostDrawn = 2_000

/// The change of each series; `nil` for a series without counts or of one step.
///
/// - Parameters:
///   - counts: of each series in each step, `[series][step]`, not negative.
///   - exposure: how long each step is, above 0, in any unit.
///   - permutations: draws for each sum of counts that occurs, 9 to 99 999.
///   - seed: of the draws.
/// - Throws: ``AnalysisError`` when lengths differ, a count is negative, an exposure is not above 0, or draws are out of
///   range.
/// - Complexity: linear in counts, and in draws times the sum of the different sums, each held to 2,000.
public func changePoints(
    _ counts: [[Int]], exposure: [Double], permutations: Int = 999, seed: UInt64 = 1
) async throws(AnalysisError) -> [ChangePoint?] {
    guard counts.allSatisfy({ $0.count == exposure.count }) else {
        throw AnalysisError(.invalidColumns, "Each series must have a count for each step.")
    }
    guard counts.allSatisfy({ $0.allSatisfy { $0 >= 0 } }), exposure.allSatisfy({ $0.isFinite && $0 > 0 }) else {
        throw AnalysisError(.invalidParameter, "Counts must not be negative, and steps must last some time.")
    }
    guard (9...99_999).contains(permutations) else {
        throw AnalysisError(.invalidParameter, "The number of permutations must be from 9 to 99999, for example 999.")
    }
    guard exposure.count > 1 else { return counts.map { _ in nil } }
    let shares = ExposureShares(exposure)
    let found = counts.map(shares.change)
    let sums = counts.map { min($0.reduce(0, +), mostDrawn) }
    let different = Set(sums).subtracting([0]).sorted()
    // Short parts, since the sums rise.
    let parts = try await Chunks.map(Chunks.blocks(different.count, size: 4)) { range throws(AnalysisError) in
        var laws: [[Double]] = []
        for place in range {
            try AnalysisError.checkCancellation()
            laws.append(shares.law(of: different[place], permutations, seed))
        }
        return laws
    }
    let laws = Dictionary(uniqueKeysWithValues: zip(different, parts.joined()))
    let total = exposure.compensatedSum
    return counts.indices.map { series in
        guard let (step, ratio) = found[series], let law = laws[sums[series]] else { return nil }
        let first = counts[series][..<step].reduce(0, +)
        let rest = counts[series].reduce(0, +) - first
        let share = shares.until[step - 1]
        // The law rises: all from the first that is as large, but for rounding, are.
        let reached = ratio - 1e-9 * max(1, ratio)
        var (low, high) = (0, law.count)
        while low < high {
            let middle = (low + high) / 2
            if law[middle] < reached { low = middle + 1 } else { high = middle }
        }
        return ChangePoint(
            step: step, before: Double(first) / (share * total), after: Double(rest) / ((1 - share) * total),
            logLikelihoodRatio: ratio, p: Double(law.count - low + 1) / Double(permutations + 1))
    }
}

/// The parts of all exposure.
private struct ExposureShares: Sendable {
    /// That of all steps up to each, this one included.
    let until: [Double]

    init(_ exposure: [Double]) {
        let total = exposure.compensatedSum
        var sum = CompensatedSum()
        until = exposure.map {
            sum.add($0)
            return sum.value / total
        }
    }

    /// The first step after the most likely change, the earliest of equal ones, with the logarithm of its ratio.
    func change(_ counts: [Int]) -> (step: Int, ratio: Double)? {
        let total = Double(counts.reduce(0, +))
        guard total > 0 else { return nil }
        var best = (step: 1, ratio: -1.0)
        var first = 0.0
        for step in 1..<counts.count {
            first += Double(counts[step - 1])
            let share = until[step - 1]
            let ratio = Self.term(first, total * share) + Self.term(total - first, total * (1 - share))
            if ratio > best.ratio + 1e-12 * max(1, best.ratio) { best = (step, ratio) }
        }
        return (best.step, max(0, best.ratio))
    }

    private static func term(_ observed: Double, _ expected: Double) -> Double {
        observed > 0 ? observed * Elementary.log(observed / expected) : 0
    }

    /// The largest ratios of so many counts thrown into the steps by their exposure, rising.
    func law(of count: Int, _ permutations: Int, _ seed: UInt64) -> [Double] {
        var counts = [Int](repeating: 0, count: until.count)
        return (0..<permutations).map { permutation in
            var random = CounterRandom(seed: seed, .changePoint, permutation: permutation, place: count)
            for step in counts.indices { counts[step] = 0 }
            for _ in 0..<count {
                let draw = random.unit()
                counts[min(until.partitioningIndex { $0 > draw }, counts.count - 1)] += 1
            }
            return change(counts)?.ratio ?? 0
        }.sorted()
    }
}
