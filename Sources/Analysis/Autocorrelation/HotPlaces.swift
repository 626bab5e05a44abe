extension LocalG {
    /// Which places are hot: with a score above 0 and an adjusted probability of at most `alpha`.
    ///
    /// The same places as by ``HotspotSignificance/q``, but that only probabilities which can be small enough are worked
    /// out and ranked.
    ///
    /// - Parameter adjustment: for the number of tests; `nil` takes the probabilities as they are.
    /// - Complexity: O(n + k log k) for k probabilities up to `alpha`.
    public func isHot(alpha: Double, adjustment: FalseDiscoveryRate?) -> [Bool] {
        var isHot = [Bool](repeating: false, count: z.count)
        var tests = 0
        // Those that can be small enough, with the number that decides it: the score where the law is normal.
        var places: [Int] = []
        var deciding: [Double] = []
        // Beyond this an adjusted probability, which is never below its own, exceeds the level whatever is rounded.
        let bound = alpha * (1 + 1e-9)
        let isTail = p.reading == .tail
        // A score within one deviation has a normal probability of 0.317 or more.
        let least = isTail && bound < 0.3 ? 1.0 : 0
        for (place, score) in z.enumerated() {
            guard let score else { continue }
            if isTail {
                tests += 1
                guard score.magnitude >= least else { continue }
                deciding.append(score.magnitude)
            } else {
                guard let p = p[place] else { continue }
                tests += 1
                deciding.append(p)
            }
            places.append(place)
        }
        // Places alike in what decides have the same probability.
        let distinct = DistinctNumbers(deciding)
        let found = isTail ? distinct.numbers.map(OptionalColumn.tail) : distinct.numbers
        let small = found.indices.filter { found[$0] <= bound }
        let critical =
            adjustment.map {
                $0.largest(
                    small.map { found[$0] }, counts: small.map { distinct.counts[$0] }, of: tests, alpha: alpha) ?? -1
            } ?? alpha
        for (place, index) in zip(places, distinct.indices) where found[Int(index)] <= critical {
            isHot[place] = (z[place] ?? 0) > 0
        }
        return isHot
    }
}
