/// The regularised incomplete gamma functions and the quantile of the gamma distribution.
///
/// Series and continued fraction (Press et al., Numerical Recipes, section 6.2; DLMF 8.7.1 and 8.9.2).
enum IncompleteGamma {
    /// P(a, x), the share of a gamma distribution of shape `a` below `x`; a > 0, x ≥ 0.
    static func lower(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 0 }
        return x < a + 1 ? series(a, x) : 1 - fraction(a, x)
    }

    /// Q(a, x) = 1 − P(a, x), accurate in the upper tail.
    static func upper(_ a: Double, _ x: Double) -> Double {
        if x <= 0 { return 1 }
        return x < a + 1 ? 1 - series(a, x) : fraction(a, x)
    }

    private static func front(_ a: Double, _ x: Double) -> Double {
        Elementary.exp(a * Elementary.log(x) - x - Elementary.logGamma(a))
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        var denominator = a
        for _ in 0..<100_000 {
            denominator += 1
            term *= x / denominator
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum * front(a, x)
    }

    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var h = d
        for i in 1...100_000 {
            let an = -Double(i) * (Double(i) - a)
            b += 2
            d = an * d + b
            if d.magnitude < tiny { d = tiny }
            c = b + an / c
            if c.magnitude < tiny { c = tiny }
            d = 1 / d
            let delta = d * c
            h *= delta
            if (delta - 1).magnitude < 1e-16 { break }
        }
        return front(a, x) * h
    }

    /// The x with P(a, x) = `share` (or Q(a, x) = `share`), by bisection refined with Newton steps kept in the bracket.
    static func quantile(_ a: Double, share: Double, isUpper: Bool) -> Double {
        func excess(_ x: Double) -> Double {
            // Rising in x in both cases; each tail is computed where it is small.
            isUpper ? share - upper(a, x) : lower(a, x) - share
        }
        var low = 0.0
        var high = a + 10 * a.squareRoot() + 50
        while excess(high) < 0 { high *= 2 }
        var x = a
        for _ in 0..<200 {
            let value = excess(x)
            if value == 0 { return x }
            if value > 0 { high = x } else { low = x }
            let slope = front(a, x) / x
            var next = slope > 0 ? x - value / slope : .nan
            if !(next > low && next < high) { next = low + (high - low) / 2 }
            if (next - x).magnitude <= 1e-15 * x { return next }
            x = next
        }
        return x
    }
}
