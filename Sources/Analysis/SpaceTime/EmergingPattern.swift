/// How a place came to be a hot or cold spot over the steps of a space-time cube.
///
/// Seventeen patterns: eight kinds for hot and for cold, and none. The share of hot steps is tested in whole numbers,
/// 10 · hot ≥ 9 · steps.
public struct EmergingPattern: Sendable, Hashable, CustomStringConvertible {
    /// The kinds, in the order they are tried.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Hot in the last step and never before.
        case new
        /// Hot in a last run of at least two steps and never before it, in less than nine tenths of all.
        case consecutive
        /// Hot in nine tenths of the steps and the last, and becoming more so.
        case intensifying
        /// Hot in nine tenths of the steps and the last, without a trend.
        case persistent
        /// Hot in nine tenths of the steps and the last, and becoming less so.
        case diminishing
        /// Hot in the last step, cold in some before.
        case oscillating
        /// Hot in the last step and before with gaps, never cold.
        case sporadic
        /// Hot in nine tenths of the steps but not in the last.
        case historical
        /// None of these.
        case none
    }

    /// The kind.
    public let kind: Kind
    /// Whether it is about hot steps; `false` for cold ones and for none.
    public let isHot: Bool

    /// "new hot", "historical cold" or "none".
    public var description: String { kind == .none ? kind.rawValue : "\(kind.rawValue) \(isHot ? "hot" : "cold")" }

    /// The pattern of a series of steps.
    ///
    /// - Parameters:
    ///   - bins: oldest first; positive for hot, negative for cold, 0 for neither.
    ///   - trend: 1 for a significant rise of the score, −1 for a fall, 0 for neither.
    /// - Complexity: linear.
    public init(bins: [Int8], trend: Int) {
        let hot = Self.kind(bins.map(Int.init), trend)
        if hot != .none {
            self.init(kind: hot, isHot: true)
        } else {
            self.init(kind: Self.kind(bins.map { -Int($0) }, -trend), isHot: false)
        }
    }

    private init(kind: Kind, isHot: Bool) {
        self.kind = kind
        self.isHot = isHot
    }

    private static func kind(_ bins: [Int], _ trend: Int) -> Kind {
        guard let last = bins.last else { return .none }
        let hot = bins.count { $0 > 0 }
        let isMostly = 10 * hot >= 9 * bins.count
        guard last > 0 else { return isMostly && hot > 0 ? .historical : .none }
        if hot == 1 { return .new }
        let run = bins.reversed().prefix { $0 > 0 }.count
        if run == hot && !isMostly { return .consecutive }
        if isMostly { return trend > 0 ? .intensifying : trend < 0 ? .diminishing : .persistent }
        return bins.contains { $0 < 0 } ? .oscillating : .sporadic
    }
}
