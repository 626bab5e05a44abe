/// The general G of Getis & Ord 1992 (doi:10.1111/j.1538-4632.1992.tb00261.x): whether high or low values lie together.
public struct GeneralG: Sendable, Equatable {
    /// The statistic, a share of all products of two values.
    public let value: Double
    /// Its expected value if values lay anyhow.
    public let expected: Double
    /// Variance, score and two-sided probability; positive scores mean that high values lie together.
    ///
    /// `nil` where there are fewer than four places or no variance.
    public let test: GlobalAutocorrelation.NormalTest?
    /// Places whose value was missing; they took no part.
    public let missing: Int
}

/// General G of positive values with binary weights.
///
/// - Parameters:
///   - values: one value a place, not negative; `nil` takes the place out of the analysis.
///   - weights: as many rows as values, all weights 1; a weight of a place for itself is passed over.
/// - Returns: `nil` when there are fewer than two positive values or no neighbours.
/// - Throws: ``AnalysisError`` when lengths differ, a value is negative or not finite, or a weight is not 1.
/// - Complexity: linear in places and neighbours.
public func generalG(_ values: [Double?], weights: SpatialWeights) throws(AnalysisError) -> GeneralG? {
    let complete = try CompleteValues(values, weights)
    guard complete.values.allSatisfy({ $0 >= 0 }) else {
        throw AnalysisError(.invalidParameter, "General G needs values that are not negative, such as counts.")
    }
    guard complete.weights.weights.allSatisfy({ $0 == 1 }) else {
        throw AnalysisError(.invalidParameter, "General G needs weights that are all 1, such as contiguity or a band.")
    }
    let sums = WeightSums(complete.weights)
    let x = complete.values
    var near = CompensatedSum()
    var powers = [CompensatedSum](repeating: CompensatedSum(), count: 4)
    for place in x.indices {
        var lag = 0.0
        for entry in complete.weights.offsets[place]..<complete.weights.offsets[place + 1] {
            let neighbor = Int(complete.weights.neighbors[entry])
            if neighbor != place { lag += x[neighbor] }
        }
        near.add(x[place] * lag)
        var power = 1.0
        for exponent in powers.indices {
            power *= x[place]
            powers[exponent].add(power)
        }
    }
    let n = Double(x.count)
    let (x1, x2, x3, x4) = (powers[0].value, powers[1].value, powers[2].value, powers[3].value)
    let (s0, s1, s2) = (sums.s0, sums.s1, sums.s2)
    let all = x1 * x1 - x2
    guard x.count > 1, s0 > 0, all > 0 else { return nil }
    let value = near.value / all
    let expected = s0 / (n * (n - 1))
    var variance = 0.0
    if x.count > 3 {
        let square = s0 * s0
        let b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * square
        let b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * square)
        let b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * square)
        let b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * square
        let b4 = s1 - s2 + square
        let sum = b0 * x2 * x2 + b1 * x4 + b2 * x1 * x1 * x2 + b3 * x1 * x3 + b4 * x1 * x1 * x1 * x1
        let secondMoment = sum / (all * all * n * (n - 1) * (n - 2) * (n - 3))
        variance = secondMoment - expected * expected
        // Equal values leave only rounding.
        if variance < 1e-13 * secondMoment { variance = 0 }
    }
    return GeneralG(
        value: value, expected: expected, test: .init(variance: variance, excess: value - expected),
        missing: complete.missing)
}
