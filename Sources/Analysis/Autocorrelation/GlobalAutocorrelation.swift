/// A number for the whole map that says whether like values lie together, with its tests.
public struct GlobalAutocorrelation: Sendable, Equatable {
    /// A test by the normal law.
    public struct NormalTest: Sendable, Equatable {
        /// Variance of the statistic if values lay anyhow.
        public let variance: Double
        /// Distance from the expected value in standard deviations; positive where like values lie together.
        public let z: Double
        /// Two-sided probability of such a distance.
        public let p: Double

        /// `nil` without a positive variance.
        init?(variance: Double, excess: Double) {
            guard variance > 0, variance.isFinite else { return nil }
            self.variance = variance
            z = excess / variance.squareRoot()
            p = Elementary.twoSidedP(z: z)
        }
    }

    /// The statistic.
    public let value: Double
    /// Its expected value if values lay anyhow.
    public let expected: Double
    /// The test under the assumption of normal values; `nil` where it is not defined.
    public let normality: NormalTest?
    /// The test under the assumption that the values given could lie in any order; `nil` where it is not defined.
    public let randomization: NormalTest?
    /// The sums of the weights.
    public let sums: WeightSums
    /// Number of places with a value.
    public let places: Int
    /// Places without neighbours; they stay in the number of places.
    public let islands: Int
    /// Places whose value was missing; they took no part.
    public let missing: Int
}

/// Moran's I (Moran 1950, doi:10.1093/biomet/37.1-2.17), with the moments of Cliff & Ord 1981.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
/// - Returns: `nil` when there are fewer than two values, no neighbours, or all values are equal.
/// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
/// - Complexity: linear in places and neighbours.
public func globalMoran(
    _ values: [Double?], weights: SpatialWeights
) throws(AnalysisError) -> GlobalAutocorrelation? {
    let complete = try CompleteValues(values, weights)
    let sums = WeightSums(complete.weights)
    guard let moments = Deviations(complete.values), sums.s0 != 0 else { return nil }
    let z = moments.deviations
    var products = CompensatedSum()
    for place in z.indices {
        var lag = 0.0
        for entry in complete.weights.offsets[place]..<complete.weights.offsets[place + 1] {
            let neighbor = Int(complete.weights.neighbors[entry])
            if neighbor != place { lag += complete.weights.weights[entry] * z[neighbor] }
        }
        products.add(z[place] * lag)
    }
    return moments.moran(
        products: products.value, sums, islands: complete.weights.islands.count, missing: complete.missing)
}

/// Geary's C (Geary 1954, doi:10.2307/2986645), with the moments of Cliff & Ord 1981; z is turned so that positive
/// scores mean that like values lie together.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
/// - Returns: `nil` when there are fewer than two values, no neighbours, or all values are equal.
/// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
/// - Complexity: linear in places and neighbours.
public func globalGeary(
    _ values: [Double?], weights: SpatialWeights
) throws(AnalysisError) -> GlobalAutocorrelation? {
    let complete = try CompleteValues(values, weights)
    let sums = WeightSums(complete.weights)
    guard let moments = Deviations(complete.values), sums.s0 != 0 else { return nil }
    let z = moments.deviations
    var differences = CompensatedSum()
    for place in z.indices {
        for entry in complete.weights.offsets[place]..<complete.weights.offsets[place + 1] {
            let difference = z[place] - z[Int(complete.weights.neighbors[entry])]
            differences.add(complete.weights.weights[entry] * difference * difference)
        }
    }
    let n = moments.n
    let (s0, s1, s2, k) = (sums.s0, sums.s1, sums.s2, moments.kurtosis)
    let value = (n - 1) * differences.value / (2 * s0 * moments.squares)
    let normal = ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)
    let random =
        n < 4
        ? 0
        : ((n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * k)
            - (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k) / 4
            + s0 * s0 * (n * n - 3 - (n - 1) * (n - 1) * k)) / (n * (n - 2) * (n - 3) * s0 * s0)
    return GlobalAutocorrelation(
        value: value, expected: 1,
        normality: .init(variance: normal, excess: 1 - value),
        randomization: .init(variance: random, excess: 1 - value),
        sums: sums, places: z.count, islands: complete.weights.islands.count, missing: complete.missing)
}

/// Deviations from the mean with the moments the tests need.
struct Deviations {
    let deviations: [Double]
    let n: Double
    /// Σ z².
    let squares: Double
    /// Σ z³.
    let cubes: Double
    /// Σ z⁴.
    let fourths: Double

    /// n Σ z⁴ / (Σ z²)².
    var kurtosis: Double { n * fourths / (squares * squares) }

    /// `nil` for fewer than two values or equal ones.
    init?(_ values: [Double]) {
        let shifted = ShiftedValues(values)
        guard values.count > 1, shifted.squares > 0 else { return nil }
        n = Double(values.count)
        deviations = shifted.values.map { $0 - shifted.mean }
        squares = shifted.squares
        var (third, fourth) = (CompensatedSum(), CompensatedSum())
        for z in deviations {
            third.add(z * z * z)
            fourth.add(z * z * z * z)
        }
        (cubes, fourths) = (third.value, fourth.value)
    }

    /// Moran's I from Σ wᵢⱼ zᵢ zⱼ.
    func moran(products: Double, _ sums: WeightSums, islands: Int, missing: Int) -> GlobalAutocorrelation {
        let (s0, s1, s2, k) = (sums.s0, sums.s1, sums.s2, kurtosis)
        let value = n / s0 * products / squares
        let expected = -1 / (n - 1)
        let normal = (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0) - expected * expected
        let random =
            n < 4
            ? 0
            : (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0)
                - k * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0))
                / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - expected * expected
        return GlobalAutocorrelation(
            value: value, expected: expected,
            normality: .init(variance: normal, excess: value - expected),
            randomization: .init(variance: random, excess: value - expected),
            sums: sums, places: deviations.count, islands: islands, missing: missing)
    }
}
