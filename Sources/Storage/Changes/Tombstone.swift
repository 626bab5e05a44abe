public import Participation

/// What is told of an item that was there and is not any more.
public struct Tombstone: Sendable, Hashable {
    /// Its number; of a proceeding its key.
    public var id: Int64
    /// Slug of a proceeding, by which it was known.
    public var name: String?
    /// `erased`, `withdrawn`, or `hidden` for all else.
    public var state: Contribution.State
    /// When it went, milliseconds since 1970.
    public var time: Int64
}

/// One entry of a list of changes.
public enum ItemChange<Item: Sendable>: Sendable {
    /// The item as it is now.
    case changed(Item)
    /// It is not there any more.
    case gone(Tombstone)
}
