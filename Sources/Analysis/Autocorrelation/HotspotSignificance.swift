/// Which places are hot or cold spots, and how surely.
///
/// Bins are 3, 2, 1 for hot at 0.01, 0.05, 0.10, negative for cold, 0 for neither.
public struct HotspotSignificance: Sendable, Equatable {
    /// How probabilities were adjusted.
    public let adjustment: FalseDiscoveryRate
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
        let p = Array(statistic.p)
        let q = adjustment.adjusted(p)
        self.q = OptionalColumn(q)
        rawBin = zip(statistic.z, p).map(Self.bin)
        bin = zip(statistic.z, q).map(Self.bin)
        tests = statistic.tests
    }

    private static func bin(_ z: Double?, _ p: Double?) -> Int8 {
        guard let z, let p else { return 0 }
        return z < 0 ? -level(p) : level(p)
    }

    /// The class of a probability: 3 at 0.01, 2 at 0.05, 1 at 0.10, else 0.
    public static func level(_ p: Double) -> Int8 { p <= 0.01 ? 3 : p <= 0.05 ? 2 : p <= 0.10 ? 1 : 0 }
}
