public import GeoCore

/// A named rule that finds a bandwidth for points.
public enum BandwidthRule: String, Sendable, Hashable, CaseIterable {
    /// √((sx² + sy²)/2) · n^(−1/6), the standard deviation of a Gaussian (Scott 1992). Weights take no part.
    case scott2d
    /// 0.9 · min(SD, √(1/ln 2) · Dm) · n^(−0.2), the radius of a quartic kernel, as ArcGIS; weighted, n = Σw.
    case arcgis
    /// As `scott2d` with min(s, IQR/1.349) of each axis in place of s, so that outliers count less.
    case scott2dRobust = "scott2d_robust"
    /// Sheather & Jones 1991 along each axis, times n^(1/5 − 1/6) for two dimensions; the root of the mean square of both.
    case sheatherJones = "sheather_jones"
    /// The bandwidth under which each point is most likely given all others; looks at pairs, so at most 20 000 points.
    case likelihood = "cv_likelihood"

    /// The rule used when none is given.
    public static func standard(for kernel: Kernel) -> BandwidthRule { kernel == .gaussian ? .scott2d : .arcgis }

    /// The bandwidth in metres for points; `nil` when they lie at one place, are fewer than two or weigh nothing.
    ///
    /// Also `nil` for `likelihood` above its limit, and for the robust rules where most points share a coordinate.
    ///
    /// - Throws: ``AnalysisError`` for a coordinate that is not finite under `likelihood`, or when the task is cancelled.
    /// - Complexity: O(n log n); pairs within six bandwidths for `likelihood`.
    public func bandwidth(_ points: Points) throws(AnalysisError) -> Double? {
        let found: Double?
        switch self {
        case .scott2d: found = Self.scott(points)
        case .arcgis: found = WeightedSpread(points)?.bandwidth
        case .scott2dRobust: found = Self.robustScott(points)
        case .sheatherJones: found = Self.sheatherJones(points)
        case .likelihood: found = try Self.likelihood(points)
        }
        guard let found, found.isFinite, found > 0 else { return nil }
        return found
    }

    private static func scott(_ points: Points) -> Double? {
        guard points.count >= 2 else { return nil }
        let n = Double(points.count)
        let squares = ShiftedValues(points.x).squares + ShiftedValues(points.y).squares
        return (squares / (n - 1) / 2).squareRoot() * Elementary.pow(n, -1.0 / 6)
    }

    /// n^(−1/6) with the effective number of points, (Σw)² / Σw²: the factor of standard deviations that scipy calls
    /// `scott`, and in two dimensions `silverman` as well; `nil` without weight.
    public static func scottFactor(_ points: Points) -> Double? {
        effectiveNumber(points.weight).map { Elementary.pow($0, -1.0 / 6) }
    }

    private static func robustScott(_ points: Points) -> Double? {
        guard points.count >= 2, let x = robustDeviation(points.x), let y = robustDeviation(points.y) else {
            return nil
        }
        return ((x * x + y * y) / 2).squareRoot() * Elementary.pow(Double(points.count), -1.0 / 6)
    }

    private static func robustDeviation(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard let lower = quantile(sorted: sorted, 0.25), let upper = quantile(sorted: sorted, 0.75) else { return nil }
        let deviation = (ShiftedValues(values).squares / (Double(values.count) - 1)).squareRoot()
        return min(deviation, (upper - lower) / 1.349)
    }

    private static func sheatherJones(_ points: Points) -> Double? {
        let rule = AxisBandwidthRule.sheatherJones
        guard let x = rule.bandwidth(points.x), let y = rule.bandwidth(points.y) else { return nil }
        return ((x * x + y * y) / 2).squareRoot() * Elementary.pow(Double(points.count), 1.0 / 5 - 1.0 / 6)
    }

    private static func likelihood(_ points: Points) throws(AnalysisError) -> Double? {
        guard points.count <= likelihoodLimit, let start = scott(points), start.isFinite, start > 0 else { return nil }
        return try LikelihoodBandwidth(points).best(low: start / 200, high: start * 3)
    }

    /// Most points for the rule `likelihood`.
    public static let likelihoodLimit = 20_000
}
