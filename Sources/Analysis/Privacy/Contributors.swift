/// Who stands behind a published count, as far as it matters whether they are few.
///
/// One person who contributes often is still one person: counts of rows say nothing of how many stand behind them.
public struct Contributors: Sendable, Hashable {
    /// More than this are not told apart.
    public static let limit = 16

    private var known: [UInt64] = []
    private var unknown = 0

    /// Nobody.
    public init() {}

    /// So many of whom nothing is known, each a person of its own.
    public init(unknown: Int) { self.unknown = min(max(0, unknown), Self.limit) }

    /// How many they are, ``limit`` at most.
    public var count: Int { min(known.count + unknown, Self.limit) }

    /// Adds the contributor of a row.
    ///
    /// - Parameter number: what tells contributors apart; 0 for one that is not known, who counts as another person.
    /// - Complexity: constant.
    public mutating func add(_ number: UInt64) {
        guard count < Self.limit else { return }
        if number == 0 {
            unknown += 1
        } else if !known.contains(number) {
            known.append(number)
        }
    }

    /// Those behind the fewer of two sides of a share, of which a side with nobody tells nothing.
    public static func fewer(_ one: Contributors, _ other: Contributors) -> Contributors {
        if one.count == 0 || other.count == 0 { return one.count == 0 ? other : one }
        return other.count < one.count ? other : one
    }

    /// Adds those behind another count, of other rows.
    public mutating func formUnion(_ other: Contributors) {
        for number in other.known { add(number) }
        unknown = min(unknown + other.unknown, Self.limit)
    }
}
