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
        var tests: [(p: Double, place: Int)] = []
        tests.reserveCapacity(p.count)
        for place in p.indices { if let value = p[place] { tests.append((value, place)) } }
        tests.sort { $0.p != $1.p ? $0.p < $1.p : $0.place < $1.place }
        let factor = Double(tests.count) * dependence(tests.count)
        var q = [Double?](repeating: nil, count: p.count)
        var least = 1.0
        for rank in stride(from: tests.count, to: 0, by: -1) {
            let test = tests[rank - 1]
            least = min(least, factor * test.p / Double(rank))
            q[test.place] = least
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
    ///   - tests: how many tests there are, those with larger probabilities among them.
    /// - Complexity: O(n log n) in those given.
    func largest(_ small: [Double], of tests: Int, alpha: Double) -> Double? {
        let factor = Double(tests) * dependence(tests)
        let sorted = small.sorted()
        return sorted.indices.last { factor * sorted[$0] / Double($0 + 1) <= alpha }.map { sorted[$0] }
    }

    private func dependence(_ tests: Int) -> Double {
        switch self {
        case .benjaminiHochberg: 1
        case .benjaminiYekutieli: (1...max(tests, 1)).reversed().reduce(0) { $0 + 1 / Double($1) }
        }
    }
}
