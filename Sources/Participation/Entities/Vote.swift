/// The kinds of things that are voted on and reported.
public enum ItemKind: Int64, Sendable, Hashable, CaseIterable {
    case contribution = 1
    case comment = 2
    case conception = 3
}

/// One thing that is voted on or reported.
public struct ItemReference: Sendable, Hashable {
    /// What it is.
    public var kind: ItemKind
    /// Its number.
    public var id: Int64
    /// The contribution that a comment belongs to; of a contribution its own number.
    public var contribution: Int64

    /// Names a contribution.
    public static func contribution(_ id: Int64) -> ItemReference {
        ItemReference(kind: .contribution, id: id, contribution: id)
    }

    /// Names a comment on a contribution.
    public static func comment(_ id: Int64, on contribution: Int64) -> ItemReference {
        ItemReference(kind: .comment, id: id, contribution: contribution)
    }
}

/// A vote for or against; a participant has at most one on each thing.
public enum Vote: Int64, Sendable, Hashable, CaseIterable {
    case against = -1
    case `for` = 1
}

/// Votes of a thing, and the one of who asks.
public struct VoteTotals: Sendable, Hashable {
    /// Votes for, those of an import included.
    public var up: Int64
    /// Votes against, those of an import included.
    public var down: Int64
    /// The vote of who asks.
    public var own: Vote?

    /// Makes totals.
    public init(up: Int64, down: Int64, own: Vote? = nil) {
        self.up = up
        self.down = down
        self.own = own
    }
}
