/// On which side of a directed line a point lies, decided exactly.
enum Orientation {
    /// 1 when (cx, cy) lies left of the line from a to b, −1 right of it, 0 on it.
    ///
    /// Floating point decides when it is far enough from zero; otherwise the determinant is expanded without error.
    /// Source: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates"
    /// (1997), error bound of `orient2d` and the two-product expansions.
    static func sign(_ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ cx: Double, _ cy: Double) -> Int {
        let left = (ax - cx) * (by - cy)
        let right = (ay - cy) * (bx - cx)
        let determinant = left - right
        let bound = 3.3306690738754716e-16 * (abs(left) + abs(right))
        if determinant > bound { return 1 }
        if determinant < -bound { return -1 }
        // Differences of doubles are zero only where they are equal: points on straight edges need no expansion.
        if (ax == cx || by == cy) && (ay == cy || bx == cx) { return 0 }
        // ax·by − ax·cy − cx·by − ay·bx + ay·cx + cy·bx, each product as high and low part.
        var parts: [Double] = []
        for (x, y, isNegative) in [
            (ax, by, false), (ax, cy, true), (cx, by, true), (ay, bx, true), (ay, cx, false), (cy, bx, false),
        ] {
            let high = x * y
            let low = (-high).addingProduct(x, y)
            parts += isNegative ? [-high, -low] : [high, low]
        }
        return sign(ofSum: parts)
    }

    /// Sign of a sum of doubles without rounding: the terms are distilled to a non-overlapping expansion.
    private static func sign(ofSum terms: [Double]) -> Int {
        var expansion: [Double] = []
        for term in terms {
            var carry = term
            var next: [Double] = []
            for part in expansion {
                let sum = carry + part
                let virtual = sum - carry
                let error = (carry - (sum - virtual)) + (part - virtual)
                if error != 0 { next.append(error) }
                carry = sum
            }
            if carry != 0 { next.append(carry) }
            expansion = next
        }
        guard let leading = expansion.last else { return 0 }
        return leading > 0 ? 1 : -1
    }
}
