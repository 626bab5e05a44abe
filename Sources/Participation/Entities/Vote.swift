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
