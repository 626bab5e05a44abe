/// Who stands behind a published count, as far as it matters whether they are few.
///
/// One person who contributes often is still one person: counts of rows say nothing of how many stand behind them. Rows of
/// which nobody knows any more who wrote them may all be of one person, and count as one person's together.
public struct Contributors: Sendable, Hashable {
    /// More than this are not told apart.
    public static let limit = 16

    private var numbers: [UInt64] = []
    private var others = 0

    /// How many they must be at least by what they wrote; 0 where that asks for no more than anything does.
    public private(set) var least = 0

    /// Whether something is among what they wrote that not everybody can read.
    ///
    /// Everybody can count the rest: a count without any hides nobody beside it.
    public private(set) var hasPrivate = false

    /// Whether a sum over what they wrote is mostly that of one or two of them (``Dominance``).
    ///
    /// It may not be told then, however many they are. It is of this count alone: those behind several counts together are
    /// asked anew.
    public var isDominated = false

    /// Nobody.
    public init() {}

    /// So many people, each another one.
    public init(people: Int) {
        others = min(max(0, people), Self.limit)
        hasPrivate = people > 0
    }

    /// How many they are, ``limit`` at most.
    public var count: Int { min(numbers.count + others, Self.limit) }

    /// Adds the contributor of a row.
    ///
    /// - Parameters:
    ///   - number: what tells contributors apart; 0 for all that are not known together.
    ///   - least: how many people must stand behind a count that holds the row, where it is more than usual; at most
    ///     ``limit``.
    ///   - isPrivate: whether not everybody can read the row.
    /// - Complexity: constant.
    public mutating func add(_ number: UInt64, least: Int = 0, isPrivate: Bool = true) {
        self.least = max(self.least, min(least, Self.limit))
        hasPrivate = hasPrivate || isPrivate
        if count < Self.limit, !numbers.contains(number) { numbers.append(number) }
    }

    /// Those behind the fewer of two sides of a share, of which a side with nobody tells nothing; measured by how many each
    /// side wants.
    public static func fewer(_ one: Contributors, _ other: Contributors) -> Contributors {
        var fewer = one.count == 0 || (other.count > 0 && other.margin < one.margin) ? other : one
        fewer.isDominated = one.isDominated || other.isDominated
        fewer.hasPrivate = one.hasPrivate || other.hasPrivate
        return fewer
    }

    /// These, or those whom a filter leaves out beside them where they are fewer: what is counted stays what it is, private
    /// or not.
    public func orFewer(leftOut: Contributors) -> Contributors {
        var fewer = Self.fewer(self, leftOut)
        fewer.hasPrivate = hasPrivate
        return fewer
    }

    /// How many more they are than must be.
    private var margin: Int { count - max(CellSuppression.standardThreshold, least) }

    /// Adds those behind another count, of other rows.
    public mutating func formUnion(_ other: Contributors) {
        (least, hasPrivate) = (max(least, other.least), hasPrivate || other.hasPrivate)
        for number in other.numbers { add(number, isPrivate: false) }
        others = min(others + other.others, Self.limit)
    }
}
