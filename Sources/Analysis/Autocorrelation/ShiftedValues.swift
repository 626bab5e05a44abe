/// Values with their rounded mean taken away, and their moments.
struct ShiftedValues {
    let values: [Double]
    let moments: ValueMoments

    init(_ original: [Double], noiseVariance: Double = 0) {
        var moments = ValueMoments(original)
        moments.noiseVariance = noiseVariance
        values = original.map { $0 - moments.offset }
        self.moments = moments
    }

    /// Mean of the values as they are here.
    var mean: Double { moments.mean }

    /// Sum of squared deviations from the mean.
    var squares: Double { moments.squares }

    /// Gi* from the sums of a place's neighbourhood, itself included.
    @inline(__always)
    func scoreWithSelf(weighted: Double, weights: Double, squaredWeights: Double) -> Double? {
        guard let deviation = moments.deviation(weights: weights, squaredWeights: squaredWeights) else { return nil }
        return (weighted - weights * mean) / deviation
    }

    /// Gi from the sums of a place's neighbourhood, itself left out.
    @inline(__always)
    func scoreWithoutSelf(_ place: Int, weighted: Double, weights: Double, squaredWeights: Double) -> Double? {
        moments.scoreWithoutSelf(
            values[place], weighted: weighted, weights: weights, squaredWeights: squaredWeights)
    }
}

extension ValueMoments {
    /// Standard deviation of a weighted sum of values drawn anyhow; `nil` where it is 0.
    @inline(__always)
    func deviation(weights: Double, squaredWeights: Double) -> Double? {
        let n = Double(count)
        let spread = n * squaredWeights - weights * weights
        guard squares > 0, spread > 1e-12 * n * squaredWeights else { return nil }
        return ((squares / n + noiseVariance) * spread / (n - 1)).squareRoot()
    }

    /// Gi of a place, whose own value (less the offset) is left out of all sums and moments.
    @inline(__always)
    func scoreWithoutSelf(
        _ value: Double, weighted: Double, weights: Double, squaredWeights: Double
    ) -> Double? {
        let others = Double(count) - 1
        guard others > 1 else { return nil }
        let deviation = value - mean
        let meanOfOthers = mean - deviation / others
        let squaresOfOthers = squares - deviation * deviation * (others + 1) / others
        let spread = others * squaredWeights - weights * weights
        guard squaresOfOthers > 1e-14 * squares, spread > 1e-12 * others * squaredWeights else { return nil }
        return (weighted - weights * meanOfOthers)
            / ((squaresOfOthers / others + noiseVariance) * spread / (others - 1)).squareRoot()
    }
}
