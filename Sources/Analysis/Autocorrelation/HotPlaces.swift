extension LocalG {
    /// Which places are hot: with a score above 0 and an adjusted probability of at most `alpha`.
    ///
    /// The same places as by ``HotspotSignificance/q``, but that only probabilities which can be small enough are worked
    /// out and ranked.
    ///
    /// - Parameter adjustment: for the number of tests; `nil` takes the probabilities as they are.
    /// - Complexity: O(n + k log k) for k probabilities up to `alpha`.
    public func isHot(alpha: Double, adjustment: FalseDiscoveryRate?) -> [Bool] {
        var small: [Double] = []
        var probabilities = [Double](repeating: 1, count: z.count)
        var tests = 0
        // Beyond this an adjusted probability, which is never below its own, exceeds the level whatever is rounded.
        let bound = alpha * (1 + 1e-9)
        for (place, score) in z.enumerated() {
            guard let score else { continue }
            // A score within one deviation has a normal probability of 0.317 or more.
            if p.reading == .tail, bound < 0.3, score.magnitude < 1 {
                tests += 1
                continue
            }
            guard let p = p[place] else { continue }
            tests += 1
            guard p <= bound else { continue }
            probabilities[place] = p
            small.append(p)
        }
        let critical = adjustment.map { $0.largest(small, of: tests, alpha: alpha) ?? -1 } ?? alpha
        return zip(z, probabilities).map { ($0 ?? 0) > 0 && $1 <= critical }
    }
}
