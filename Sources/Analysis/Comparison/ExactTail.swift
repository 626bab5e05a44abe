/// Two-sided probabilities of counts, by doubling the smaller tail.
enum ExactTail {
    /// Of `a` marked items among `drawn`, when `marked` of all `total` items are marked (hypergeometric).
    static func hypergeometric(_ a: Int, drawn: Int, marked: Int, total: Int) -> Double {
        let (low, high) = (max(0, drawn + marked - total), min(drawn, marked))
        let constant =
            choose(marked) + choose(total - marked) + choose(drawn) + choose(total - drawn) - choose(total)
        func logarithm(_ x: Int) -> Double {
            constant - choose(x) - choose(marked - x) - choose(drawn - x) - choose(total - marked - drawn + x)
        }
        return doubled(a, low, high, logarithm) { x in
            let numerator = Double(marked - x) * Double(drawn - x)
            return numerator / (Double(x + 1) * Double(total - marked - drawn + x + 1))
        }
    }

    /// Of `a` successes among `n` tries with probability `p` (binomial).
    static func binomial(_ a: Int, n: Int, p: Double) -> Double {
        guard p > 0, p < 1 else { return 1 }
        func logarithm(_ x: Int) -> Double {
            choose(n) - choose(x) - choose(n - x) + Double(x) * Elementary.log(p)
                + Double(n - x) * Elementary.log(1 - p)
        }
        return doubled(a, 0, n, logarithm) { x in Double(n - x) / Double(x + 1) * p / (1 - p) }
    }

    /// The logarithm of a factorial.
    private static func choose(_ n: Int) -> Double { Elementary.logGamma(Double(n) + 1) }

    /// Sums outwards from `a` in both directions; `ratio(x)` is the probability of x + 1 over that of x.
    private static func doubled(
        _ a: Int, _ low: Int, _ high: Int, _ logarithm: (Int) -> Double, _ ratio: (Int) -> Double
    ) -> Double {
        guard a >= low, a <= high else { return 0 }
        let own = Elementary.exp(logarithm(a))
        // The tail away from the mode falls quickly; the other is one minus it.
        let isAbove = a == high || ratio(a) < 1
        var (tail, term, x) = (1.0, 1.0, a)
        while isAbove ? x < high : x > low {
            term *= isAbove ? ratio(x) : 1 / ratio(x - 1)
            tail += term
            x += isAbove ? 1 : -1
            if term < tail * 1e-17 { break }
        }
        let outer = min(own * tail, 1)
        return min(1, 2 * min(outer, 1 - outer + own))
    }
}
