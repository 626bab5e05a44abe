/// Local Moran's I of places (LISA): which places are like their neighbours and which are not.
///
/// All columns are in the order of the places; `nil` is undefined: no neighbours, no variance, or a missing value.
/// Scaled by Σz² / (n − 1). Source: Anselin 1995, doi:10.1111/j.1538-4632.1995.tb00338.x; moments of Sokal, Oden &
/// Thomson 1998, doi:10.1111/j.1538-4632.1998.tb00406.x.
public struct LocalMoran: Sendable, Equatable {
    /// How a place and its neighbours lie to the mean.
    public enum Quadrant: Int8, Sendable, Hashable {
        /// No neighbours or no value.
        case none = 0
        /// High among high.
        case highHigh = 1
        /// Low among high.
        case lowHigh = 2
        /// Low among low.
        case lowLow = 3
        /// High among low.
        case highLow = 4
    }

    /// Deviation of each value from the mean; `nil` only where the value is missing.
    public let deviation: [Double?]
    /// Weighted sum of the neighbours' deviations.
    public let lag: [Double?]
    /// The statistic.
    public let value: [Double?]
    /// Its expected value when the place keeps its own value and all others lie anyhow.
    public let expected: [Double?]
    /// Its variance when the place keeps its own value and all others lie anyhow.
    public let variance: [Double?]
    /// The statistic as a standard normal score by these two; equal to Gi's, its sign turned for low values.
    public let z: [Double?]
    /// Two-sided probability: normal unless ``replacingProbabilities(_:)`` said otherwise.
    public let p: [Double?]
    /// Expected value when all values lie anyhow.
    public let totalExpected: [Double?]
    /// Variance when all values lie anyhow.
    public let totalVariance: [Double?]
    /// How each place and its neighbours lie to the mean; to be shown only where significant.
    public let quadrant: [Quadrant]
    /// Places whose value was missing; they took no part.
    public let missing: Int

    /// The same statistic with two-sided probabilities from elsewhere, such as ``ExactLag`` or permutations.
    ///
    /// - Precondition: one probability a place.
    public func replacingProbabilities(_ p: [Double?]) -> LocalMoran {
        precondition(p.count == z.count)
        return LocalMoran(
            deviation: deviation, lag: lag, value: value, expected: expected, variance: variance, z: z,
            p: zip(z, p).map { $0 == nil ? nil : $1 }, totalExpected: totalExpected, totalVariance: totalVariance,
            quadrant: quadrant, missing: missing)
    }
}

/// Local Moran's I of each place.
///
/// - Parameters:
///   - values: one value a place; `nil` takes the place out of the analysis and of every neighbourhood.
///   - weights: as many rows as values; a weight of a place for itself is passed over.
/// - Throws: ``AnalysisError`` when lengths differ or a value is not finite.
/// - Complexity: linear in places and neighbours.
public func localMoran(_ values: [Double?], weights: SpatialWeights) throws(AnalysisError) -> LocalMoran {
    let complete = try CompleteValues(values, weights)
    let shifted = ShiftedValues(complete.values)
    let count = complete.values.count
    let deviations = shifted.values.map { $0 - shifted.mean }
    let moments = Deviations(complete.values)
    let n = Double(count)
    let scale = shifted.squares / (n - 1)
    let none = [Double?](repeating: nil, count: count)
    var (lag, value, expected, variance, z) = (none, none, none, none, none)
    var (totalExpected, totalVariance) = (none, none)
    var quadrant = [LocalMoran.Quadrant](repeating: .none, count: count)
    for place in 0..<count {
        if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
        var (weighted, raw, sum, squared) = (0.0, 0.0, 0.0, 0.0)
        var isIsland = true
        for entry in complete.weights.offsets[place]..<complete.weights.offsets[place + 1] {
            let neighbor = Int(complete.weights.neighbors[entry])
            if neighbor == place { continue }
            let weight = complete.weights.weights[entry]
            weighted += weight * deviations[neighbor]
            raw += weight * shifted.values[neighbor]
            sum += weight
            squared += weight * weight
            isIsland = false
        }
        guard !isIsland, let moments else { continue }
        let own = deviations[place]
        lag[place] = weighted
        value[place] = own / scale * weighted
        expected[place] = own / scale * sum * (-own / (n - 1))
        quadrant[place] = own > 0 ? (weighted > 0 ? .highHigh : .highLow) : (weighted > 0 ? .lowHigh : .lowLow)
        let c = (n - 1) / n
        totalExpected[place] = -c * sum / (n - 1)
        if n > 2 {
            let b = moments.kurtosis
            let mean = sum / (n - 1)
            totalVariance[place] =
                c * c
                * ((n - b) / (n - 1) * squared + (2 * b - n) / ((n - 1) * (n - 2)) * (sum * sum - squared)
                    - mean * mean)
            let squaresOfOthers = shifted.squares - own * own * n / (n - 1)
            variance[place] =
                own * own / (scale * scale) * max(0, squaresOfOthers / (n - 1))
                * ((n - 1) * squared - sum * sum) / (n - 2)
        }
        if own != 0,
            let score = shifted.scoreWithoutSelf(place, weighted: raw, weights: sum, squaredWeights: squared)
        {
            z[place] = own > 0 ? score : -score
        }
    }
    return LocalMoran(
        deviation: complete.expanded(deviations.map { $0 }, missing: nil),
        lag: complete.expanded(lag, missing: nil), value: complete.expanded(value, missing: nil),
        expected: complete.expanded(expected, missing: nil), variance: complete.expanded(variance, missing: nil),
        z: complete.expanded(z, missing: nil),
        p: complete.expanded(z.map { $0.map(Elementary.twoSidedP) }, missing: nil),
        totalExpected: complete.expanded(totalExpected, missing: nil),
        totalVariance: complete.expanded(totalVariance, missing: nil),
        quadrant: complete.expanded(quadrant, missing: .none), missing: complete.missing)
}
