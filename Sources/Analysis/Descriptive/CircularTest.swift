/// Whether moments of a cycle, such as hours of the day, gather about one of them.
public struct CircularTest: Sendable, Equatable {
    /// Number of moments.
    public let count: Int
    /// Mean direction in radians from 0 to 2π; `nil` where there is none, since all directions are opposed.
    public let mean: Double?
    /// Length of the mean vector, from 0 (all around) to 1 (all at one moment).
    public let length: Double
    /// Circular standard deviation in radians, √(−2 ln length); `nil` where the length is 0.
    public let deviation: Double?
    /// Rayleigh's statistic n · length².
    public let z: Double
    /// Probability of so large a one where moments are spread evenly over the cycle.
    public let p: Double

    /// Tests moments given as angles; an angle may stand for several moments.
    ///
    /// The probability is Greenwood & Durand's series in the form of Zar 1999, Biostatistical Analysis, equation 27.4. The test
    /// looks for one time that is favoured: two opposite ones leave it blind. Source: Fisher 1993, Statistical Analysis of
    /// Circular Data, sections 2.3 and 4.3.
    ///
    /// - Parameter angles: in radians, each with how often it occurs.
    /// - Throws: ``AnalysisError`` without any moment, for a negative number, or an angle that is not finite.
    /// - Complexity: linear in the angles.
    public init(_ angles: [(angle: Double, count: Int)]) throws(AnalysisError) {
        guard angles.allSatisfy({ $0.angle.isFinite && $0.count >= 0 }) else {
            throw AnalysisError(.notFinite, "Moments of a cycle must be finite, and none may occur less than never.")
        }
        count = angles.reduce(0) { $0 + $1.count }
        guard count > 0 else { throw AnalysisError(.tooFewData, "A cycle needs at least one moment.") }
        let (n, x, y) = (
            Double(count), angles.map { Elementary.cosine($0.angle) * Double($0.count) }.compensatedSum,
            angles.map { Elementary.sine($0.angle) * Double($0.count) }.compensatedSum
        )
        let resultant = (x * x + y * y).squareRoot()
        // What is left of opposed directions is rounding.
        let isOpposed = resultant <= 1e-12 * n
        length = isOpposed ? 0 : min(1, resultant / n)
        let angle = Elementary.atan2(y, x)
        mean = isOpposed ? nil : angle < 0 ? angle + 2 * .pi : angle
        deviation = isOpposed ? nil : max(0, -2 * Elementary.log(length)).squareRoot()
        z = n * length * length
        // exp(√(1 + 4n + 4(n² − R²)) − (1 + 2n)) without the difference of large numbers.
        let square = n * length * n * length
        let root = max(0, 1 + 4 * n + 4 * (n * n - square)).squareRoot()
        p = min(1, Elementary.exp(-4 * square / (root + 1 + 2 * n)))
    }
}
