/// Local Getis-Ord statistics of places: where values are high or low together.
///
/// All columns are in the order of the places. `nil` is undefined: no neighbours, no variance, a neighbourhood that is
/// the whole data set, or a missing value.
public struct LocalG: Sendable, Equatable {
    /// Which of the two statistics.
    public enum Variant: String, Sendable, Hashable {
        /// Gi: the place itself is left out everywhere.
        case g
        /// Gi*: the place is part of its neighbourhood.
        case gStar
    }

    /// Which of the two statistics.
    public let variant: Variant
    /// The statistic as a standard normal score.
    public let z: [Double?]
    /// Two-sided probability of a score at least as far from 0: normal unless ``replacingProbabilities(_:)`` said
    /// otherwise.
    public let p: [Double?]
    /// Places whose value was missing; they took no part.
    public let missing: Int

    /// Number of places that have a score: the number of tests.
    public var tests: Int { z.reduce(0) { $1 == nil ? $0 : $0 + 1 } }

    init(variant: Variant, z: [Double?], missing: Int = 0) {
        self.init(variant: variant, z: z, p: z.map { $0.map(Elementary.twoSidedP) }, missing: missing)
    }

    /// Puts together parts of the places, in their order.
    init(variant: Variant, parts: [(z: [Double?], p: [Double?])]) {
        self.init(variant: variant, z: parts.flatMap(\.z), p: parts.flatMap(\.p), missing: 0)
    }

    private init(variant: Variant, z: [Double?], p: [Double?], missing: Int) {
        self.variant = variant
        self.z = z
        self.p = p
        self.missing = missing
    }

    /// The same scores with probabilities from elsewhere, such as ``ExactLag``; places without a score keep none.
    ///
    /// - Precondition: one probability a place.
    public func replacingProbabilities(_ p: [Double?]) -> LocalG {
        precondition(p.count == z.count)
        return LocalG(variant: variant, z: z, p: zip(z, p).map { $0 == nil ? nil : $1 }, missing: missing)
    }
}

/// Mean and squared deviations of values from which their rounded mean has been taken away first.
///
/// Subtracting a number near the mean is exact enough and keeps later differences of large equal parts from happening.
struct ShiftedValues: Sendable {
    let values: [Double]
    let mean: Double
    /// Sum of squared deviations from the mean.
    let squares: Double

    init(_ original: [Double]) {
        let n = Double(original.count)
        let offset = original.isEmpty ? 0 : (original.compensatedSum / n).rounded()
        values = original.map { $0 - offset }
        let mean = original.isEmpty ? 0 : values.compensatedSum / n
        self.mean = mean
        var sum = CompensatedSum()
        for value in values { sum.add((value - mean) * (value - mean)) }
        squares = sum.value
    }

    /// Gi* from the sums of a place's neighbourhood, itself included.
    @inline(__always)
    func scoreWithSelf(weighted: Double, weights: Double, squaredWeights: Double) -> Double? {
        let n = Double(values.count)
        let spread = n * squaredWeights - weights * weights
        guard squares > 0, spread > 1e-12 * n * squaredWeights else { return nil }
        return (weighted - weights * mean) / ((squares / n) * spread / (n - 1)).squareRoot()
    }

    /// Gi from the sums of a place's neighbourhood, itself left out.
    @inline(__always)
    func scoreWithoutSelf(_ place: Int, weighted: Double, weights: Double, squaredWeights: Double) -> Double? {
        let others = Double(values.count) - 1
        guard others > 1 else { return nil }
        let deviation = values[place] - mean
        let meanOfOthers = mean - deviation / others
        let squaresOfOthers = squares - deviation * deviation * (others + 1) / others
        let spread = others * squaredWeights - weights * weights
        guard squaresOfOthers > 1e-14 * squares, spread > 1e-12 * others * squaredWeights else { return nil }
        return (weighted - weights * meanOfOthers)
            / ((squaresOfOthers / others) * spread / (others - 1)).squareRoot()
    }
}
