/// What simulations of a null pattern say about an observed L function.
public struct PatternEnvelope: Sendable, Equatable {
    /// Rank of the values taken from the simulations: 1 for the smallest and the largest.
    public let rank: Int
    /// Number of simulations.
    public let simulations: Int
    /// The rank-th smallest at each distance: pointwise, not a test over all distances.
    public let lower: [Double]
    /// The rank-th largest at each distance.
    public let upper: [Double]
    /// Largest deviation of L(r) from r in metres.
    public let maximumDeviation: Double
    /// Probability of so large a one, valid over all distances.
    public let maximumDeviationP: Double
    /// Sum of squared deviations times the step of the distances (Diggle-Cressie-Loosmore-Ford).
    public let squaredDeviation: Double
    /// Probability of so large a one, valid over all distances.
    public let squaredDeviationP: Double
    /// The rank-th largest of the simulations' largest deviations: half the width of a band valid over all distances.
    public let bandHalfWidth: Double
}

/// Compares an observed L function with simulated ones.
///
/// Source: Baddeley et al. 2014, Ecol. Monogr. 84(3), doi:10.1890/13-2042.1.
///
/// - Parameters:
///   - observed: L at each distance in metres.
///   - simulations: L of each simulation at the same distances, at least one.
///   - radii: the distances, rising; steps should be equal.
///   - rank: 1 … number of simulations.
/// - Throws: ``AnalysisError`` for columns of different lengths or a bad rank.
/// - Complexity: O(distances · simulations · log simulations).
public func patternEnvelope(
    observed: [Double], simulations: [[Double]], radii: [Double], rank: Int = 1
) throws(AnalysisError) -> PatternEnvelope {
    guard !radii.isEmpty, observed.count == radii.count, simulations.allSatisfy({ $0.count == radii.count }) else {
        throw AnalysisError(.invalidColumns, "An envelope needs one value at every distance, of every simulation.")
    }
    guard rank >= 1, rank <= simulations.count else {
        throw AnalysisError(
            .invalidParameter, "The rank must be from 1 to the number of simulations, \(simulations.count).")
    }
    let step = radii.count > 1 ? (radii[radii.count - 1] - radii[0]) / Double(radii.count - 1) : radii[0]
    func largest(_ values: [Double]) -> Double { zip(values, radii).reduce(0) { max($0, abs($1.0 - $1.1)) } }
    func squared(_ values: [Double]) -> Double {
        zip(values, radii).map { ($0 - $1) * ($0 - $1) }.compensatedSum * step
    }
    func p(_ value: Double, _ simulated: [Double]) -> Double {
        Double(1 + simulated.reduce(0) { $1 >= value ? $0 + 1 : $0 }) / Double(simulated.count + 1)
    }
    var (lower, upper): ([Double], [Double]) = ([], [])
    for index in radii.indices {
        let sorted = simulations.map { $0[index] }.sorted()
        lower.append(sorted[rank - 1])
        upper.append(sorted[sorted.count - rank])
    }
    let (deviations, squares) = (simulations.map(largest), simulations.map(squared))
    let (deviation, square) = (largest(observed), squared(observed))
    return PatternEnvelope(
        rank: rank, simulations: simulations.count, lower: lower, upper: upper, maximumDeviation: deviation,
        maximumDeviationP: p(deviation, deviations), squaredDeviation: square, squaredDeviationP: p(square, squares),
        bandHalfWidth: deviations.sorted(by: >)[rank - 1])
}
