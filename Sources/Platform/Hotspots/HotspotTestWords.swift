extension HotspotQuestion {
    /// How p-values are corrected for many places.
    public enum Correction: String, Sendable, Hashable, CaseIterable {
        /// Benjamini-Hochberg false discovery rate.
        case fdr
        /// Benjamini-Yekutieli, valid under every dependence.
        case fdrDependent = "fdr-by"
        /// None: raw p-values decide.
        case none
    }

    /// Which probabilities count, of methods that test each cell.
    public enum Tails: String, Sendable, Hashable, CaseIterable {
        /// The smaller tail, doubled.
        case twoSided = "two-sided"
        /// The smaller tail, not doubled, as GeoDa and older PySAL have it.
        case directed
        /// What lies at least as far from the expected value, on either side.
        case folded
    }

    /// How probabilities of `gi` are found.
    public enum Inference: String, Sendable, Hashable, CaseIterable {
        /// Exact where the normal law is rough: fewer than 8 neighbours, or more than half of the cells empty.
        case automatic
        /// Conditional permutations, counted; drawn where they cannot be counted, and the normal law where that would
        /// take too long.
        case exact
        /// Conditional permutations, drawn by chance.
        case permutation
        /// The normal law.
        case normal
    }
}
