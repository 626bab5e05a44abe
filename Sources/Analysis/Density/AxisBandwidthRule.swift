/// A named rule that finds the bandwidth of a Gaussian along one axis.
public enum AxisBandwidthRule: String, Sendable, Hashable, CaseIterable {
    /// 0.9 · min(s, IQR/1.34) · n^(−1/5) (Silverman 1986, equation 3.31; `bw.nrd0` of R).
    case silverman
    /// 1.06 · min(s, IQR/1.34) · n^(−1/5) (Scott 1992; `bw.nrd` of R).
    case scott
    /// Sheather & Jones 1991, solve-the-equation; all pairs, where R counts them in bins.
    case sheatherJones = "sheather_jones"
    /// Sheather & Jones 1991, direct plug-in.
    case sheatherJonesDirect = "sheather_jones_direct"

    /// The standard deviation of a Gaussian for values, in their unit; `nil` when they do not differ or are too sparse.
    ///
    /// - Complexity: O(n log n), for the rules of Sheather & Jones times the evaluations of their equation.
    public func bandwidth(_ values: [Double]) -> Double? {
        guard values.count >= 2, values.allSatisfy(\.isFinite) else { return nil }
        let n = Double(values.count)
        let sorted = values.sorted()
        let deviation = (ShiftedValues(values).squares / (n - 1)).squareRoot()
        guard let lower = quantile(sorted: sorted, 0.25), let upper = quantile(sorted: sorted, 0.75) else { return nil }
        let range = upper - lower
        // Where half of all values are equal only the deviation is left.
        func spread(_ divisor: Double) -> Double { range > 0 ? min(deviation, range / divisor) : deviation }
        let found: Double?
        switch self {
        case .silverman: found = 0.9 * spread(1.34) * Elementary.pow(n, -0.2)
        case .scott: found = 1.06 * spread(1.34) * Elementary.pow(n, -0.2)
        case .sheatherJones: found = SheatherJones(sorted, scale: spread(1.349))?.solution
        case .sheatherJonesDirect: found = SheatherJones(sorted, scale: spread(1.349))?.direct
        }
        guard let found, found.isFinite, found > 0 else { return nil }
        return found
    }
}
