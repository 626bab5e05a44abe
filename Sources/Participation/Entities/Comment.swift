/// One comment in the tree below a contribution or a conception.
public struct Comment: Sendable, Hashable {
    /// Number, unique in the installation, rising with time of entry.
    public var id: Int64
    /// What it stands on.
    public var root: CommentRoot
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
    /// When it was last changed, milliseconds since 1970.
    public var changed: Int64
    /// The comment at the top of its thread, given by the store: its own number at the top.
    public var thread: Int64
    /// The pseudonymous participant who wrote it.
    ///
    /// Never shown to the public.
    public var author: String?
    /// +1 with every change of its content or state.
    public var version: Int64
    /// When its author last changed it, milliseconds since 1970.
    public var edited: Int64?
    /// Votes for.
    public var votesUp: Int64
    /// Votes against.
    public var votesDown: Int64
    /// Whether a moderator took passages out.
    public var isRedacted = false
    /// Why a moderator hid or rejected it; known to readings of one's own alone.
    public var stateReason: ModerationReason?

    /// Makes a comment.
    public init(
        id: Int64 = 0, on root: CommentRoot, parent: Int64? = nil, subject: String? = nil, text: String,
        state: Contribution.State = .published, created: Int64, changed: Int64? = nil, thread: Int64 = 0,
        author: String? = nil, version: Int64 = 1, edited: Int64? = nil, votesUp: Int64 = 0, votesDown: Int64 = 0
    ) {
        self.id = id
        self.root = root
        self.parent = parent
        self.subject = subject
        self.text = text
        self.state = state
        self.created = created
        self.changed = changed ?? created
        self.thread = thread
        self.author = author
        self.version = version
        self.edited = edited
        self.votesUp = votesUp
        self.votesDown = votesDown
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
    /// What the form tells of who fills it in.
    public var form = FormSigns()

    /// Makes a draft.
    public init(parent: Int64? = nil, subject: String? = nil, text: String) {
        self.parent = parent
        self.subject = subject
        self.text = text
    }
}
