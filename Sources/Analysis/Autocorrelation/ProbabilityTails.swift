/// What counts as at least as unusual as what was observed.
public enum ProbabilityTails: String, Sendable, Hashable, CaseIterable {
    /// Either tail: the smaller of the two, doubled, at most 1.
    case twoSided = "two-sided"
    /// The smaller tail, not doubled, as GeoDa and older PySAL report it: a nominal 0.05 is a real 0.10.
    case directed
    /// Whatever lies at least as far from the expected value, on either side: the distribution folded at its mean.
    case folded

    /// A two-sided probability of the normal law as these tails have it: folded, it is the same.
    public func normal(twoSided: Double) -> Double { self == .directed ? twoSided / 2 : twoSided }
}
