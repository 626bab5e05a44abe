/// Owen's T function, the integral of exp(−δ²(1 + x²)/2) / (1 + x²) over 0 … a, divided by 2π.
///
/// Gauss-Legendre quadrature for |a| ≤ 1 and the reflection for larger a.
/// Source: Patefield & Tandy 2000, J. Stat. Softw. 5(5), doi:10.18637/jss.v005.i05.
enum OwenT {
    /// T(δ, σ/δ) for δ ≥ 0; taking σ = a·δ instead of a keeps δ = 0 finite.
    static func value(_ delta: Double, sigma: Double) -> Double {
        if sigma < 0 { return -value(delta, sigma: -sigma) }
        if sigma == 0 { return 0 }
        if sigma <= delta { return quadrature(delta, sigma / delta) }
        let (tailDelta, tailSigma) = (upperTail(delta), upperTail(sigma))
        return (tailDelta + tailSigma) / 2 - tailDelta * tailSigma - quadrature(sigma, delta / sigma)
    }

    private static func upperTail(_ x: Double) -> Double { Elementary.erfc(x * 0.5.squareRoot()) / 2 }

    private static func quadrature(_ h: Double, _ a: Double) -> Double {
        // Below 10⁻²⁰ for h > 9.3.
        if h > 9.3 { return 0 }
        var sum = 0.0
        for node in GaussLegendre.nodes {
            let x = a * (1 + node.x) / 2
            let t = 1 + x * x
            sum += node.weight * Elementary.exp(-h * h * t / 2) / t
        }
        return sum * a / 2 / (2 * .pi)
    }
}

/// Nodes and weights of Gauss-Legendre quadrature on −1 … 1 with 32 nodes, by Newton's method (Numerical Recipes 4.6).
enum GaussLegendre {
    static let nodes: [(x: Double, weight: Double)] = {
        let n = 32
        return (0..<n).map { index in
            // Chebyshev nodes are near enough to start from.
            var x = Elementary.cosine(.pi * (Double(index) + 0.75) / (Double(n) + 0.5))
            var slope = 1.0
            for _ in 0..<50 {
                var (previous, current) = (0.0, 1.0)
                for degree in 1...n {
                    let k = Double(degree)
                    (previous, current) = (current, ((2 * k - 1) * x * current - (k - 1) * previous) / k)
                }
                slope = Double(n) * (x * current - previous) / (x * x - 1)
                let step = current / slope
                x -= step
                if step.magnitude < 1e-16 { break }
            }
            return (x, 2 / ((1 - x * x) * slope * slope))
        }
    }()
}
