/// How probabilities are adjusted for the number of tests.
public enum FalseDiscoveryRate: String, Sendable, Hashable {
    /// Benjamini & Hochberg 1995: right for independent and positively dependent tests. The default everywhere.
    case benjaminiHochberg = "benjamini_hochberg"
    /// Benjamini & Yekutieli 2001: right under every dependence, and stricter.
    case benjaminiYekutieli = "benjamini_yekutieli"

    /// Adjusted probabilities q: rejecting q ≤ α keeps the expected share of false rejections at α.
    ///
    /// `nil` is no test: it stays `nil` and does not count.
    ///
    /// - Complexity: O(n log n).
    public func adjusted(_ p: [Double?]) -> [Double?] {
        let distinct = DistinctNumbers(p.map { $0 ?? .nan })
        let q = adjusted(distinct.numbers, counts: distinct.counts)
        return distinct.indices.map { $0 < 0 ? nil : q[Int($0)] }
    }

    /// Adjusted probabilities of tests, many of which may have the same: all that have it share the last of their ranks.
    ///
    /// - Parameter counts: how many tests have each of the probabilities `p`.
    func adjusted(_ p: [Double], counts: [Int]) -> [Double] {
        var rank = counts.reduce(0, +)
        let factor = Double(rank) * dependence(rank)
        var q = [Double](repeating: 1, count: p.count)
        var least = 1.0
        for index in p.indices.sorted(by: { p[$0] > p[$1] }) {
            least = min(least, factor * p[index] / Double(rank))
            q[index] = least
            rank -= counts[index]
        }
        return q
    }

    /// The largest probability that is rejected at level `alpha`; `nil` when none is.
    ///
    /// - Complexity: O(n log n).
    public func criticalP(_ p: [Double?], alpha: Double) -> Double? {
        var critical: Double?
        for (p, q) in zip(p, adjusted(p)) {
            if let p, let q, q <= alpha { critical = max(critical ?? p, p) }
        }
        return critical
    }

    /// The largest probability that is rejected at level `alpha`; `nil` when none is.
    ///
    /// - Parameters:
    ///   - small: all probabilities that can be rejected, in any order.
    ///   - counts: how many tests have each of them.
    ///   - tests: how many tests there are, those with larger probabilities among them.
    /// - Complexity: O(n log n) in those given.
    func largest(_ small: [Double], counts: [Int], of tests: Int, alpha: Double) -> Double? {
        let factor = Double(tests) * dependence(tests)
        var rank = 0
        var largest: Double?
        for index in small.indices.sorted(by: { small[$0] < small[$1] }) {
            rank += counts[index]
            if factor * small[index] / Double(rank) <= alpha { largest = small[index] }
        }
        return largest
    }

    private func dependence(_ tests: Int) -> Double {
        switch self {
        case .benjaminiHochberg: 1
        case .benjaminiYekutieli: (1...max(tests, 1)).reversed().reduce(0) { $0 + 1 / Double($1) }
        }
    }
}
