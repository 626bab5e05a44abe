public import Participation

/// A contribution, conception or comment as a moderator sees it.
public struct ModeratedItem: Sendable, Hashable {
    /// What it is.
    public var reference: ItemReference
    /// Whether and how it is shown.
    public var state: Contribution.State
    /// +1 with every change of its content or state.
    public var version: Int64
    /// Title of a contribution or conception, subject of a comment.
    public var title: String?
    /// The text; empty where the author has withdrawn it.
    public var text: String
    /// When it was made, milliseconds since 1970.
    public var created: Int64
    /// When it was last changed, milliseconds since 1970.
    public var changed: Int64
    /// Whether passages were taken out.
    public var isRedacted: Bool
    /// Why it waits in the queue; of weight 0 where it does not.
    public var need: ModerationNeed
    /// Since when it waits, milliseconds since 1970.
    public var waitsSince: Int64?
    /// The images on a contribution, the oldest first.
    public var attachments: [Attachment] = []
}

/// One decision on a contribution, conception or comment.
public struct ModerationEvent: Sendable, Hashable {
    /// What was done.
    public var action: String
    /// State before.
    public var before: Contribution.State
    /// State after.
    public var after: Contribution.State
    /// The reason, a word of the list.
    public var reason: String?
    /// What the moderator noted; gone when the item is erased.
    public var note: String?
    /// Who did it: an account, never a name.
    public var account: String?
    /// When, milliseconds since 1970.
    public var created: Int64

    /// Makes an event.
    public init(
        action: String, before: Contribution.State, after: Contribution.State, reason: String? = nil,
        note: String? = nil, account: String? = nil, created: Int64
    ) {
        self.action = action
        self.before = before
        self.after = after
        self.reason = reason
        self.note = note
        self.account = account
        self.created = created
    }
}

/// What a citizen reported about an item.
public struct OpenReport: Sendable, Hashable {
    /// The reason, a word of the list.
    public var reason: String
    /// What the citizen wrote.
    public var text: String?
    /// When, milliseconds since 1970.
    public var created: Int64
}
