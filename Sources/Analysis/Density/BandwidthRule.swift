public import GeoCore

/// A named rule that finds a bandwidth for points.
public enum BandwidthRule: String, Sendable, Hashable {
    /// √((sx² + sy²)/2) · n^(−1/6), the standard deviation of a Gaussian (Scott 1992). Weights take no part.
    case scott2d
    /// 0.9 · min(SD, √(1/ln 2) · Dm) · n^(−0.2), the radius of a quartic kernel, as ArcGIS; weighted, n = Σw.
    case arcgis

    /// The rule used when none is given.
    public static func standard(for kernel: Kernel) -> BandwidthRule { kernel == .gaussian ? .scott2d : .arcgis }

    /// The bandwidth in metres for points; `nil` when they lie at one place, are fewer than two or weigh nothing.
    ///
    /// - Complexity: O(n log n).
    public func bandwidth(_ points: Points) -> Double? {
        let found: Double?
        switch self {
        case .scott2d: found = Self.scott(points)
        case .arcgis: found = Self.standardDistanceRule(points)
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

    private static func standardDistanceRule(_ points: Points) -> Double? {
        let total = points.weight.compensatedSum
        guard points.count >= 2, total > 0, let box = points.boundingBox else { return nil }
        var (sumX, sumY) = (CompensatedSum(), CompensatedSum())
        for index in 0..<points.count {
            sumX.add(points.weight[index] * (points.x[index] - box.minX))
            sumY.add(points.weight[index] * (points.y[index] - box.minY))
        }
        let (meanX, meanY) = (box.minX + sumX.value / total, box.minY + sumY.value / total)
        var squares = CompensatedSum()
        var distances: [(squared: Double, weight: Double)] = []
        distances.reserveCapacity(points.count)
        for index in 0..<points.count {
            let (dx, dy) = (points.x[index] - meanX, points.y[index] - meanY)
            squares.add(points.weight[index] * (dx * dx + dy * dy))
            distances.append((dx * dx + dy * dy, points.weight[index]))
        }
        distances.sort { $0.squared < $1.squared }
        let standardDistance = (squares.value / total).squareRoot()
        guard let median = medianDistance(distances, total) else { return nil }
        let spread = min(standardDistance, (1 / Elementary.log(2)).squareRoot() * median)
        return 0.9 * spread * Elementary.pow(total, -0.2)
    }

    /// The smallest distance whose cumulative weight reaches half; with equal weights the ordinary median.
    private static func medianDistance(_ sorted: [(squared: Double, weight: Double)], _ total: Double) -> Double? {
        if let first = sorted.first, sorted.allSatisfy({ $0.weight == first.weight }) {
            return quantile(sorted: sorted.map { $0.squared.squareRoot() }, 0.5)
        }
        var cumulative = 0.0
        for entry in sorted {
            cumulative += entry.weight
            if cumulative >= total / 2 { return entry.squared.squareRoot() }
        }
        return sorted.last?.squared.squareRoot()
    }
}
