public import Participation

/// How the threads of comments are sorted; inside a thread answers always come by number, below what they answer.
public enum CommentOrder: String, Sendable, Hashable, CaseIterable {
    /// Oldest thread first.
    case oldest = "created"
    /// Newest thread first.
    case newest = "-created"
    /// Most votes for minus votes against at the top of the thread first, then the oldest.
    case best = "-rating"
}

extension ScopedReader {
    func comment(_ row: any SQLRow) -> Comment {
        var result = Comment(
            id: row.integer(0), on: CommentRoot(contribution: row.integer(1), conception: row.optionalInteger(15)),
            parent: row.optionalInteger(2),
            subject: row.optionalText(3), text: row.text(4),
            state: Contribution.State(rawValue: row.integer(5)) ?? .hidden, created: row.integer(6),
            changed: row.integer(7), thread: row.integer(8), author: row.optionalText(9), version: row.integer(10),
            edited: row.optionalInteger(11), votesUp: row.integer(12), votesDown: row.integer(13))
        result.isRedacted = row.integer(14) != 0
        return result
    }

    static var commentColumns: String {
        """
        m.id, m.contribution, m.parent, m.subject, m.text, m.state, m.created, m.changed, m.thread, m.author,
        m.version, m.edited, m.votes_up, m.votes_down, m.redacted, m.conception
        """
    }

    /// Where the next column after ``commentColumns`` stands.
    static var afterComment: Int { 16 }

    /// The comments on a contribution or a conception that the viewer may not see, with everything below them, as a
    /// common table `gone`: whatever changes states, no tree shows below a comment that does not.
    func gone(_ root: CommentRoot, _ proceeding: Proceeding) -> SQL {
        let visible = scope.viewer.visibleStates(in: proceeding.key)
        let others = Contribution.State.allCases.filter { !visible.contains($0) }.map(\.rawValue)
        return """
            WITH RECURSIVE gone (id) AS (
                SELECT m.id FROM comment m WHERE \(isOn(root, proceeding)) AND m.state IN \(SQL.list(others))
                UNION
                SELECT m.id FROM gone JOIN comment m ON \(isOn(root, proceeding)) AND m.parent = gone.id)
            """
    }

    /// One comment whatever its state, but for erased ones: for those who prove to be its author, nobody else.
    public func authored(
        comment id: Int64, on root: CommentRoot, of proceeding: Proceeding
    ) throws -> Authored<Comment>? {
        var found = try connection.first(
            """
            SELECT \(raw: Self.commentColumns), m.receipt FROM comment m
            WHERE \(isOn(root, proceeding)) AND m.id = \(id) AND m.state <> \(Contribution.State.erased.rawValue)
            """
        ) { Authored(item: comment($0), receipt: $0.blob(Self.afterComment)) }
        if found?.item.state.hasReason == true {
            found?.item.stateReason = try stateReasons(of: [id], in: proceeding.key)[id]
        }
        return found
    }

    /// Whether a comment and all comments above it are there for the viewer.
    public func isReachable(comment id: Int64, on root: CommentRoot, of proceeding: Proceeding) throws -> Bool {
        try connection.first(
            """
            \(gone(root, proceeding)) SELECT 1 FROM comment m
            WHERE \(isOn(root, proceeding)) AND m.id = \(id) AND m.id NOT IN (SELECT id FROM gone)
            """
        ) { _ in true } ?? false
    }
}

extension ScopedWriter {
    /// Adds a comment, gives it its number and counts it at what it stands on.
    public func insert(_ comment: Comment, receipt: [UInt8]? = nil, of proceeding: Proceeding) throws -> Comment {
        var stored = comment
        stored.id = try take(from: "item")
        stored.thread = try stored.parent.flatMap { try thread(of: $0, in: proceeding) } ?? stored.id
        // Staff may answer below what is hidden: then it is the count that tells what is shown.
        let isShown =
            stored.state == .published
            && (stored.parent == nil || !scope.viewer.may(.readUnpublished, in: proceeding.key))
        try connection.execute(
            """
            INSERT INTO comment (tenant, proceeding, id, \(stored.root.column), parent, subject, text, state, created,
                changed, thread, author, receipt, shown)
            VALUES (\(tenant), \(proceeding.key), \(stored.id), \(stored.root.id), \(stored.parent),
                \(stored.subject), \(stored.text), \(stored.state.rawValue), \(stored.created), \(stored.changed),
                \(stored.thread), \(stored.author), \(receipt), \(isShown))
            """)
        guard stored.state == .published else { return stored }
        if isShown {
            try addToCount(of: stored.root, in: proceeding)
        } else {
            try recountComments(of: stored.root, in: proceeding)
        }
        return stored
    }

    /// Writes the words, state and version of a comment anew, and keeps the old words as history.
    ///
    /// - Parameter cause: `edited` or `redacted`.
    public func replace(
        _ old: Comment, with comment: Comment, cause: String = "edited", in proceeding: Proceeding
    ) throws {
        try keepText(
            of: old.id, version: old.version, title: old.subject, text: old.text, cause: cause, in: proceeding,
            now: comment.changed)
        try connection.execute(
            """
            UPDATE comment SET subject = \(comment.subject), text = \(comment.text), state = \(comment.state.rawValue),
                version = \(comment.version), changed = \(comment.changed), edited = \(comment.edited),
                redacted = CASE WHEN \(comment.isRedacted) THEN 1 ELSE redacted END
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(comment.id)
            """)
        try recountComments(of: comment.root, in: proceeding)
    }

    private func thread(of comment: Int64, in proceeding: Proceeding) throws -> Int64? {
        try connection.first(
            """
            SELECT thread FROM comment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(comment)
            """
        ) { $0.integer(0) }
    }

    private func addToCount(of root: CommentRoot, in proceeding: Proceeding) throws {
        try connection.execute(
            """
            UPDATE \(root.kind.table) SET comments = comments + 1
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(root.id)
            """)
    }
}
