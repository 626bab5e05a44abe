/// Which places are hot or cold spots, and how surely.
///
/// Bins are 3, 2, 1 for hot at 0.01, 0.05, 0.10, negative for cold, 0 for neither.
public struct HotspotSignificance: Sendable, Equatable {
    /// How probabilities were adjusted.
    public let adjustment: FalseDiscoveryRate
    /// Probability of each place as it is; `nil` where there is no score.
    public let p: OptionalColumn
    /// Adjusted probability of each place; `nil` where there is no score.
    public let q: OptionalColumn
    /// Bins by the probabilities as they are.
    public let rawBin: [Int8]
    /// Bins by the adjusted probabilities: what a map should show.
    public let bin: [Int8]
    /// Number of tests, m.
    public let tests: Int

    /// Sorts scores into bins.
    ///
    /// - Complexity: O(n log n).
    public init(_ statistic: LocalG, adjustment: FalseDiscoveryRate = .benjaminiHochberg) {
        self.adjustment = adjustment
        // Scores alike in size have the same probability, so that each is worked out, ranked and classed once.
        let isTail = statistic.p.reading == .tail
        let read = (isTail ? statistic.z : statistic.p).parts.joined()
        let distinct = DistinctNumbers(isTail ? read.map(\.magnitude) : Array(read))
        let p = isTail ? distinct.numbers.map(OptionalColumn.tail) : distinct.numbers
        let q = adjustment.adjusted(p, counts: distinct.counts)
        self.p = distinct.column(p)
        self.q = distinct.column(q)
        rawBin = Self.bins(statistic, distinct, p)
        bin = Self.bins(statistic, distinct, q)
        tests = distinct.counts.reduce(0, +)
    }

    /// The class of each place by what belongs to its number.
    private static func bins(_ statistic: LocalG, _ distinct: DistinctNumbers, _ p: [Double]) -> [Int8] {
        let levels = p.map(level)
        return zip(statistic.z, distinct.indices).map { z, index in
            guard let z, index >= 0 else { return 0 }
            return z < 0 ? -levels[Int(index)] : levels[Int(index)]
        }
    }

    /// The class of a probability: 3 at 0.01, 2 at 0.05, 1 at 0.10, else 0.
    public static func level(_ p: Double) -> Int8 { p <= 0.01 ? 3 : p <= 0.05 ? 2 : p <= 0.10 ? 1 : 0 }
}
