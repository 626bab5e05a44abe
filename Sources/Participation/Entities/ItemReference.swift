/// The kinds of things that are voted on, reported and moderated.
public enum ItemKind: Int64, Sendable, Hashable, CaseIterable {
    case contribution = 1
    case comment = 2
    case conception = 3
}

/// What a tree of comments stands on.
public enum CommentRoot: Sendable, Hashable {
    case contribution(Int64)
    case conception(Int64)

    /// Its number; contributions, conceptions and comments share one row of numbers.
    public var id: Int64 {
        switch self {
        case .contribution(let id), .conception(let id): id
        }
    }

    /// What it is.
    public var kind: ItemKind {
        switch self {
        case .contribution: .contribution
        case .conception: .conception
        }
    }
}

/// One thing that is voted on, reported or moderated.
public struct ItemReference: Sendable, Hashable {
    /// What it is.
    public let kind: ItemKind
    /// Its number.
    public let id: Int64
    /// What a comment stands on; of all else the thing itself.
    public let root: CommentRoot

    /// Names what comments may stand on.
    public init(_ root: CommentRoot) {
        kind = root.kind
        id = root.id
        self.root = root
    }

    private init(comment: Int64, on root: CommentRoot) {
        kind = .comment
        id = comment
        self.root = root
    }

    /// Names a contribution.
    public static func contribution(_ id: Int64) -> ItemReference { ItemReference(.contribution(id)) }

    /// Names a conception.
    public static func conception(_ id: Int64) -> ItemReference { ItemReference(.conception(id)) }

    /// Names a comment.
    public static func comment(_ id: Int64, on root: CommentRoot) -> ItemReference {
        ItemReference(comment: id, on: root)
    }
}
