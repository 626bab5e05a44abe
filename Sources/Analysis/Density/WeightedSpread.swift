public import GeoCore

/// How far weighted points lie from their mean centre.
public struct WeightedSpread: Sendable, Equatable {
    /// Root of the weighted mean squared distance to the mean centre, in metres.
    public let standardDistance: Double
    /// Smallest distance whose cumulative weight reaches half, in metres; the ordinary median for equal weights.
    public let medianDistance: Double
    /// Sum of the weights.
    public let total: Double

    /// The radius of a quartic kernel as ArcGIS finds it: 0.9 · min(SD, √(1/ln 2) · Dm) · n^(−0.2), n the sum of weights.
    public var bandwidth: Double {
        let spread = min(standardDistance, (1 / Elementary.log(2)).squareRoot() * medianDistance)
        return 0.9 * spread * Elementary.pow(total, -0.2)
    }

    /// Measures points; `nil` for fewer than two or without weight.
    ///
    /// - Complexity: O(n log n).
    public init?(_ points: Points) {
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
        guard let median = Self.median(distances, total) else { return nil }
        standardDistance = (squares.value / total).squareRoot()
        medianDistance = median
        self.total = total
    }

    private static func median(_ sorted: [(squared: Double, weight: Double)], _ total: Double) -> Double? {
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
