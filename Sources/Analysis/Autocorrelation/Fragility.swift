/// Whether the class of each place would be another without the one heaviest contribution around it.
///
/// With raw votes a single popular contribution can make a hotspot; this says where. Gi* is computed again for each
/// place without that contribution, everything else unchanged.
///
/// - Parameters:
///   - values: sum of weights in each place.
///   - heaviest: largest single weight in each place, 0 where there is none.
///   - weights: neighbourhoods, the places themselves among them.
///   - limits: scores above 0, rising, at which classes begin, such as 1.645, 1.960, 2.576.
/// - Returns: for each place whether its class changes; `false` where Gi* is undefined either way.
/// - Throws: ``AnalysisError`` for columns of different lengths, values that are not finite or bad limits.
/// - Complexity: linear in neighbours.
public func fragilePlaces(
    values: [Double], heaviest: [Double], weights: SpatialWeights, limits: [Double]
) throws(AnalysisError) -> [Bool] {
    guard values.count == weights.count, heaviest.count == values.count else {
        throw AnalysisError(.invalidColumns, "Every place needs a value, a heaviest weight and a neighbourhood.")
    }
    guard values.allSatisfy(\.isFinite), heaviest.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
        throw AnalysisError(.notFinite, "Values and weights must be finite numbers, and weights not negative.")
    }
    guard !limits.isEmpty, limits[0] > 0, zip(limits, limits.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw AnalysisError(
            .invalidParameter, "The limits of classes must rise from above 0, for example 1.645, 1.960.")
    }
    let shifted = ShiftedValues(values)
    let n = Double(values.count)
    func rank(_ z: Double) -> Int {
        let passed = limits.reduce(0) { abs(z) >= $1 ? $0 + 1 : $0 }
        return z < 0 ? -passed : passed
    }
    func score(_ lag: Double, _ sum: Double, _ squares: Double, _ mean: Double, _ deviations: Double) -> Double? {
        let variance = deviations / n * (n * squares - sum * sum) / (n - 1)
        return variance > 0 ? (lag - sum * mean) / variance.squareRoot() : nil
    }
    return values.indices.map { place in
        var (lag, sum, squares) = (0.0, 0.0, 0.0)
        var (heavy, weight) = (-1, 0.0)
        for slot in weights.offsets[place]..<weights.offsets[place + 1] {
            let (other, w) = (Int(weights.neighbors[slot]), weights.weights[slot])
            lag += w * shifted.values[other]
            sum += w
            squares += w * w
            if w != 0 && (heavy < 0 || heaviest[other] > heaviest[heavy]) { (heavy, weight) = (other, w) }
        }
        guard heavy >= 0, heaviest[heavy] > 0 else { return false }
        let loss = heaviest[heavy]
        let deviations =
            shifted.squares + loss * loss - 2 * loss * (shifted.values[heavy] - shifted.mean) - loss * loss / n
        guard let before = score(lag, sum, squares, shifted.mean, shifted.squares),
            let after = score(lag - weight * loss, sum, squares, shifted.mean - loss / n, deviations)
        else { return false }
        return rank(before) != rank(after)
    }
}
