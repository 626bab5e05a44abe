/// Whole-numbered noise that lets nobody tell whether one person is among those counted (differential privacy).
///
/// P(k) = (1 − a) / (1 + a) · a^|k| with a = exp(−ε / c), for counts to which one person adds at most c. It is drawn in whole
/// numbers alone: the low bits of floating-point noise would tell what was counted (Mironov 2012).
/// Source: Canonne, Kamath & Steinke 2020, algorithms 1 and 2, arXiv:2004.00010; Ghosh, Roughgarden & Sundararajan 2012.
public struct GeometricNoise: Sendable, Hashable {
    /// ε in thousandths.
    private let numerator: Int
    /// c in thousandths.
    private let denominator: Int

    /// Makes noise.
    ///
    /// - Parameters:
    ///   - thousandths: ε in thousandths, 1 to 100 000: the smaller, the more noise.
    ///   - contributions: how much one person can add to all counts together, 1 to 1000.
    /// - Throws: ``AnalysisError`` for numbers out of range.
    public init(thousandths: Int, contributions: Int) throws(AnalysisError) {
        guard (1...100_000).contains(thousandths), (1...1000).contains(contributions) else {
            throw AnalysisError(
                .invalidParameter,
                "Noise takes an epsilon of 0.001 to 100 and 1 to 1000 contributions of a person, such as 1 and 3.")
        }
        (numerator, denominator) = (thousandths, 1000 * contributions)
    }

    /// a = exp(−ε / c).
    private var ratio: Double { Elementary.exp(-Double(numerator) / Double(denominator)) }

    /// 2a / (1 − a)².
    public var variance: Double { 2 * ratio / ((1 - ratio) * (1 - ratio)) }

    /// The smallest number that noise exceeds, on either side, with at most a probability.
    ///
    /// - Precondition: `probability` lies between 0 and 1.
    public func bound(probability: Double) -> Int {
        precondition(probability > 0 && probability < 1)
        var (bound, beyond) = (0, 2 * ratio / (1 + ratio))
        while beyond > probability {
            bound += 1
            beyond *= ratio
        }
        return bound
    }

    /// Draws once.
    ///
    /// - Complexity: constant on the average.
    public func draw(using random: inout some RandomNumberGenerator) -> Int {
        while true {
            // A geometric number in steps of 1 / denominator: its part below one, then the whole ones.
            let part = Int.random(in: 0..<denominator, using: &random)
            guard isDrawn(part, over: denominator, using: &random) else { continue }
            var whole = 0
            while isDrawn(1, over: 1, using: &random) { whole += 1 }
            let magnitude = (part + denominator * whole) / numerator
            let isNegative = Bool.random(using: &random)
            // 0 has no sign, or it would come twice as often.
            if isNegative && magnitude == 0 { continue }
            return isNegative ? -magnitude : magnitude
        }
    }

    /// True with a probability of exp(−n / d), for n of at most d.
    private func isDrawn(_ n: Int, over d: Int, using random: inout some RandomNumberGenerator) -> Bool {
        var step = 1
        while Int.random(in: 0..<d * step, using: &random) < n { step += 1 }
        return step % 2 == 1
    }
}
