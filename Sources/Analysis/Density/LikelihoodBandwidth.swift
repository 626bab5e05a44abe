import GeoCore

/// The bandwidth under which points are most likely, each judged by all others (spatstat's `bw.ppl`).
///
/// Maximises Σ log f₋ᵢ(xᵢ) of the Gaussian by golden section over the logarithm of the bandwidth. The integral over the
/// whole plane does not depend on the bandwidth. Source: Loader 1999, Local Regression and Likelihood, section 5.3.
struct LikelihoodBandwidth {
    private let x: [Double]
    private let y: [Double]

    /// Squared distance of each point to its nearest other.
    private let nearest: [Double]

    /// Takes the locations of points; weights take no part.
    init(_ points: Points) throws(AnalysisError) {
        let order = (0..<points.count).sorted { (points.x[$0], points.y[$0], $0) < (points.x[$1], points.y[$1], $1) }
        x = order.map { points.x[$0] }
        y = order.map { points.y[$0] }
        var nearest = [Double](repeating: .infinity, count: order.count)
        try PointTree(Points(x: x, y: y)).forEachNearest(1) { point, found in
            if let first = found.first { nearest[point] = first.squared }
        }
        self.nearest = nearest
    }

    /// The best bandwidth between `low` and `high` in metres; both above 0.
    ///
    /// - Throws: ``AnalysisError`` when the task is cancelled.
    /// - Complexity: some thirty times the pairs within six bandwidths from west to east.
    func best(low: Double, high: Double) throws(AnalysisError) -> Double {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (a, b) = (Elementary.log(low), Elementary.log(high))
        var (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
        var (atC, atD) = (try score(Elementary.exp(c)), try score(Elementary.exp(d)))
        while b - a > 1e-4 {
            if atC >= atD {
                (b, d, atD) = (d, c, atC)
                c = b - ratio * (b - a)
                atC = try score(Elementary.exp(c))
            } else {
                (a, c, atC) = (c, d, atD)
                d = a + ratio * (b - a)
                atD = try score(Elementary.exp(d))
            }
        }
        return Elementary.exp((a + b) / 2)
    }

    /// Σ log f₋ᵢ(xᵢ), the constant left out.
    func score(_ h: Double) throws(AnalysisError) -> Double {
        var sums = [Double](repeating: 0, count: x.count)
        let factor = -1 / (2 * h * h)
        let reach = 6 * h
        for place in x.indices {
            if place & 0xFF == 0 { try AnalysisError.checkCancellation() }
            var other = place + 1
            while other < x.count && x[other] - x[place] <= reach {
                let (dx, dy) = (x[other] - x[place], y[other] - y[place])
                if abs(dy) <= reach {
                    let value = Elementary.exp(factor * (dx * dx + dy * dy))
                    sums[place] += value
                    sums[other] += value
                }
                other += 1
            }
        }
        var total = CompensatedSum()
        for (place, sum) in sums.enumerated() {
            // Where all others are far away the nearest alone counts, however little.
            total.add(sum > 1e-7 ? Elementary.log(sum) : factor * nearest[place])
        }
        return total.value - 2 * Double(x.count) * Elementary.log(h)
    }
}
