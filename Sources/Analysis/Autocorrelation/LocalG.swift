/// Local Getis-Ord statistics of places: where values are high or low together.
///
/// All columns are in the order of the places. `nil` is undefined: no neighbours, no variance, a neighbourhood that is
/// the whole data set, or a missing value.
public struct LocalG: Sendable, Equatable {
    /// Which of the two statistics.
    public enum Variant: String, Sendable, Hashable {
        /// Gi: the place itself is left out everywhere.
        case g
        /// Gi*: the place is part of its neighbourhood.
        case gStar
    }

    /// Which of the two statistics.
    public let variant: Variant
    /// The statistic as a standard normal score.
    public let z: OptionalColumn
    /// Two-sided probability of a score at least as far from 0: normal unless ``replacingProbabilities(_:)`` said
    /// otherwise.
    public let p: OptionalColumn
    /// Places whose value was missing; they took no part.
    public let missing: Int

    /// Number of places that have a score: the number of tests.
    public var tests: Int { z.reduce(0) { $1 == nil ? $0 : $0 + 1 } }

    init(variant: Variant, z: OptionalColumn, missing: Int = 0) {
        self.init(variant: variant, z: z, p: OptionalColumn(tailsOf: z), missing: missing)
    }

    private init(variant: Variant, z: OptionalColumn, p: OptionalColumn, missing: Int) {
        self.variant = variant
        self.z = z
        self.p = p
        self.missing = missing
    }

    /// The same scores with probabilities from elsewhere, such as ``ExactLag``; places without a score keep none.
    ///
    /// - Precondition: one probability a place.
    public func replacingProbabilities(_ p: [Double?]) -> LocalG {
        precondition(p.count == z.count)
        let known = OptionalColumn(zip(z, p).lazy.map { $0 == nil ? nil : $1 })
        return LocalG(variant: variant, z: z, p: known, missing: missing)
    }
}
