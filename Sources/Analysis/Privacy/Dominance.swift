/// Whether a sum tells what one or two of its contributors gave.
///
/// Source: the (n, k) rule with (1, 85) and (2, 90), Hundepool et al. 2012, Statistical Disclosure Control,
/// doi:10.1002/9781118348239, section 4.2.
public enum Dominance {
    /// Part of the sum that the largest contributor may have.
    public static let ofOne = 0.85
    /// Part of the sum that the two largest may have together.
    public static let ofTwo = 0.90

    /// Whether one contributor has more than 85 % of the sum, or two together more than 90 %.
    ///
    /// - Parameter sums: what each contributor gave, not negative, in any order.
    /// - Complexity: linear.
    public static func holds(in sums: some Sequence<Double>) -> Bool {
        var (largest, second, total) = (0.0, 0.0, CompensatedSum())
        for sum in sums {
            total.add(sum)
            if sum > largest { (largest, second) = (sum, largest) } else if sum > second { second = sum }
        }
        return total.value > 0 && (largest > ofOne * total.value || largest + second > ofTwo * total.value)
    }
}
