/// Exact probabilities of counts around places when each of all that is counted may lie anywhere.
///
/// A place and its neighbours hold so many of n; put at random into places by the share of all that these make up, they
/// would hold a binomial number. Ties count on both sides.
///
/// Source: the permutation of places, not of what they hold, where the question is where there are many; counted instead of
/// sampled. Feller 1968, An Introduction to Probability Theory and Its Applications I, chapter VI.
public struct RandomPlacement: Sendable, Equatable {
    /// The smaller of both tails, doubled, at most 1.
    public let twoSided: [Double]

    /// Largest exponent of the probability of none, −n ln(1 − share): beyond it that leaves the range of doubles.
    private static let largestExponent = 700.0

    /// Counts the probabilities; `nil` where so many are expected around a place that the probability of none is no number.
    ///
    /// - Parameters:
    ///   - counts: at least 0, one a place.
    ///   - exposure: how much of the whole each place is, above 0, in any unit.
    ///   - weights: the neighbours without the places themselves; their weights are taken as equal.
    /// - Throws: ``AnalysisError`` when the lengths differ or a number is out of range, or when cancelled.
    /// - Complexity: linear in the neighbours, and in the largest sum for each different share.
    public init?(_ counts: [Int], exposure: [Double], weights: SpatialWeights) throws(AnalysisError) {
        guard counts.count == weights.count, counts.count == exposure.count else {
            throw AnalysisError(.invalidColumns, "There must be one count and one exposure for each place.")
        }
        guard counts.allSatisfy({ $0 >= 0 }), exposure.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw AnalysisError(.invalidParameter, "Counts must not be negative, and exposures must be positive.")
        }
        let total = counts.reduce(0, +)
        let whole = exposure.compensatedSum
        var sums = counts
        var shares = exposure
        for place in counts.indices {
            if place & 0xFFFF == 0 { try AnalysisError.checkCancellation() }
            for entry in weights.offsets[place]..<weights.offsets[place + 1] {
                let other = Int(weights.neighbors[entry])
                sums[place] += counts[other]
                shares[place] += exposure[other]
            }
            shares[place] = min(1, shares[place] / whole)
            guard
                shares[place] == 1
                    || -Double(total) * Elementary.log(1 - shares[place]) <= Self.largestExponent
            else { return nil }
        }
        var most: [Double: Int] = [:]
        for (sum, share) in zip(sums, shares) { most[share] = max(most[share] ?? 0, sum) }
        var tables: [Double: [Double]] = [:]
        var twoSided: [Double] = []
        twoSided.reserveCapacity(counts.count)
        for (sum, share) in zip(sums, shares) {
            let table = tables[share] ?? Self.twoSided(of: total, share: share, upTo: most[share] ?? sum)
            tables[share] = table
            twoSided.append(table[sum])
        }
        self.twoSided = twoSided
    }

    /// The two-sided probability of each number up to a largest.
    private static func twoSided(of total: Int, share: Double, upTo most: Int) -> [Double] {
        guard share < 1 else { return Array(repeating: 1, count: most + 1) }
        var exactly = [Double](repeating: 0, count: most + 1)
        exactly[0] = Elementary.exp(Double(total) * Elementary.log(1 - share))
        for number in 0..<most {
            exactly[number + 1] =
                exactly[number] * Double(max(0, total - number)) / Double(number + 1) * share / (1 - share)
        }
        var atMost = exactly
        for number in 1..<max(1, most + 1) { atMost[number] += atMost[number - 1] }
        // What lies beyond the largest that occurs falls faster than geometrically: a sum from its end keeps small tails.
        var beyond = 0.0
        var (next, number) = (exactly[most], most)
        while number < total, next > 0, next > beyond * 1e-17 {
            next *= Double(total - number) / Double(number + 1) * share / (1 - share)
            number += 1
            beyond += next
        }
        var atLeast = exactly
        atLeast[most] += beyond
        for number in (0..<most).reversed() { atLeast[number] += atLeast[number + 1] }
        return zip(atMost, atLeast).map { min(1, 2 * min($0, $1)) }
    }
}
