/// The trend test of Mann & Kendall on a series in equal steps, with ties (Mann 1945, doi:10.2307/1907187).
public struct MannKendall: Sendable, Equatable {
    /// What to do about series whose values depend on the ones before.
    public enum Correction: String, Sendable, Hashable {
        /// Nothing.
        case none
        /// Stretches the variance by the autocorrelation of the ranks (Hamed & Rao 1998,
        /// doi:10.1016/S0022-1694(97)00125-X).
        case hamedRao = "hamed_rao"
    }

    /// Number of values that are not missing.
    public let count: Int
    /// Rises less falls over all pairs.
    public let s: Int
    /// Variance of ``s`` without a trend.
    public let variance: Double
    /// Score with continuity correction; `nil` where all values are equal.
    public let z: Double?
    /// Two-sided probability; 1 where all values are equal.
    public let p: Double
    /// Kendall's τa; `nil` for fewer than two values.
    public let tauA: Double?
    /// Kendall's τb, which allows for ties; `nil` where all values are equal.
    public let tauB: Double?

    /// Tests a series; `nil` is a missing value.
    ///
    /// - Complexity: O(n²).
    public init(_ series: [Double?], correction: Correction = .none) {
        let values = series.compactMap { $0 }
        var s = 0
        for first in values.indices {
            for second in values.indices.dropFirst(first + 1) {
                if values[second] > values[first] { s += 1 } else if values[second] < values[first] { s -= 1 }
            }
        }
        let n = values.count
        var (tiedPairs, tied) = (0, 0.0)
        let sorted = values.sorted()
        var start = 0
        while start < n {
            var end = start + 1
            while end < n && sorted[end] == sorted[start] { end += 1 }
            let group = end - start
            tiedPairs += group * (group - 1) / 2
            tied += Double(group * (group - 1)) * Double(2 * group + 5)
            start = end
        }
        var variance = (Double(n * (n - 1)) * Double(2 * n + 5) - tied) / 18
        if correction == .hamedRao { variance *= Self.stretch(series) }
        count = n
        self.s = s
        self.variance = variance
        let z = variance > 0 ? Double(s - s.signum()) / variance.squareRoot() : nil
        self.z = z
        p = z.map(Elementary.twoSidedP) ?? 1
        let pairs = n * (n - 1) / 2
        tauA = pairs > 0 ? Double(s) / Double(pairs) : nil
        tauB =
            pairs > tiedPairs
            ? Double(s) / (Double(pairs) * Double(pairs - tiedPairs)).squareRoot() : nil
    }

    /// 1 for a rise, −1 for a fall that is significant at `alpha`, else 0.
    public func trend(alpha: Double = 0.05) -> Int { p <= alpha ? s.signum() : 0 }

    /// By how much the autocorrelation of the ranks, the trend taken out, stretches the variance.
    private static func stretch(_ series: [Double?]) -> Double {
        let slope = senSlope(series) ?? 0
        let values = series.enumerated().compactMap { step, value in value.map { $0 - slope * Double(step) } }
        let n = values.count
        guard n > 2 else { return 1 }
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: n)
        var start = 0
        while start < n {
            var end = start + 1
            while end < n && values[order[end]] == values[order[start]] { end += 1 }
            for place in order[start..<end] { ranks[place] = Double(start + end + 1) / 2 }
            start = end
        }
        let mean = Double(n + 1) / 2
        let deviations = ranks.map { $0 - mean }
        let square = deviations.reduce(0) { $0 + $1 * $1 }
        guard square > 0 else { return 1 }
        var sum = 0.0
        for lag in 1..<n {
            var product = 0.0
            for step in lag..<n { product += deviations[step] * deviations[step - lag] }
            let correlation = product / square
            if correlation.magnitude > 1.959963984540054 / Double(n).squareRoot() {
                sum += Double(n - lag) * Double(n - lag - 1) * Double(n - lag - 2) * correlation
            }
        }
        return max(0, 1 + 2 / (Double(n) * Double(n - 1) * Double(n - 2)) * sum)
    }
}

/// Sen's slope: the median of the slopes between all pairs of values, per step (Sen 1968,
/// doi:10.1080/01621459.1968.10480934).
///
/// `nil` values are missing and keep their step. `nil` for fewer than two values.
///
/// - Complexity: O(n² log n).
public func senSlope(_ series: [Double?]) -> Double? {
    let known = series.enumerated().compactMap { step, value in value.map { (step: Double(step), value: $0) } }
    guard known.count > 1 else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(known.count * (known.count - 1) / 2)
    for first in known.indices {
        for second in known.indices.dropFirst(first + 1) {
            slopes.append((known[second].value - known[first].value) / (known[second].step - known[first].step))
        }
    }
    slopes.sort()
    let middle = slopes.count / 2
    return slopes.count % 2 == 1 ? slopes[middle] : slopes[middle - 1] + (slopes[middle] - slopes[middle - 1]) / 2
}
