/// One comment in the tree below a contribution.
public struct Comment: Sendable, Hashable {
    /// Number, unique in the installation, rising with time of entry.
    public var id: Int64
    /// The contribution it belongs to.
    public var contribution: Int64
    /// The comment it answers; `nil` at the top.
    public var parent: Int64?
    /// Subject line.
    public var subject: String?
    /// The text as typed.
    public var text: String
    /// Whether and how it is shown.
    public var state: Contribution.State
    /// When it was made, milliseconds since 1970.
    public var created: Int64

    /// Makes a comment.
    public init(
        id: Int64 = 0, contribution: Int64, parent: Int64? = nil, subject: String? = nil, text: String,
        state: Contribution.State = .published, created: Int64
    ) {
        self.id = id
        self.contribution = contribution
        self.parent = parent
        self.subject = subject
        self.text = text
        self.state = state
        self.created = created
    }
}

/// What a citizen sends as a comment.
public struct NewComment: Sendable, Hashable {
    /// The comment it answers; `nil` at the top.
    public var parent: Int64?
    /// Subject line.
    public var subject: String?
    /// The text.
    public var text: String

    /// Makes a draft.
    public init(parent: Int64? = nil, subject: String? = nil, text: String) {
        self.parent = parent
        self.subject = subject
        self.text = text
    }
}
