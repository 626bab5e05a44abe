public import Participation

/// A comment with the proceeding it stands in.
public struct OwnComment: Sendable {
    /// The comment.
    public var comment: Comment
    /// The proceeding.
    public var proceeding: Proceeding
}

/// A vote with what it was cast on.
public struct OwnVote: Sendable, Hashable {
    /// Slug of the proceeding.
    public var proceeding: String
    /// What was voted on.
    public var kind: ItemKind
    /// Number of what was voted on.
    public var item: Int64
    /// The vote.
    public var vote: Vote
    /// When it was cast first, milliseconds since 1970.
    public var created: Int64
    /// When it was changed last, milliseconds since 1970.
    public var changed: Int64
}

extension ScopedReader {
    /// Comments of the participant who asks, in all proceedings the viewer may see, newest first, one page.
    public func ownComments(limit: Int, after cursor: Cursor?) throws -> Page<OwnComment> {
        guard let participant = scope.viewer.participant else { return Page(items: [], next: nil) }
        let after: SQL = cursor.map { "(m.created, m.id) < (\($0.major), \($0.minor))" } ?? "TRUE"
        let rows = try connection.rows(
            """
            SELECT \(raw: Self.commentColumns), m.proceeding FROM comment m
            WHERE m.tenant = \(tenant) AND m.author = \(participant) AND \(after)
                AND m.state <> \(Contribution.State.erased.rawValue)
            ORDER BY m.created DESC, m.id DESC LIMIT \(limit + 1)
            """
        ) { (comment: comment($0), key: $0.integer(Self.afterComment)) }
        let proceedings = try self.proceedings(keys: Set(rows.map(\.key)))
        var reasons: [Int64: ModerationReason] = [:]
        for (key, own) in Dictionary(grouping: rows.filter(\.comment.state.hasReason), by: \.key) {
            reasons.merge(try stateReasons(of: own.map(\.comment.id), in: key)) { $1 }
        }
        let items = rows.prefix(limit).compactMap { row in
            proceedings[row.key].map { proceeding in
                var comment = row.comment
                comment.stateReason = reasons[comment.id]
                return OwnComment(comment: comment, proceeding: proceeding)
            }
        }
        let last = rows.count > limit ? rows[limit - 1].comment : nil
        return Page(items: items, next: last.map { Cursor(major: $0.created, minor: $0.id) })
    }

    /// How many comments of a participant in a proceeding have the same text, published or pending; at most `limit`.
    ///
    /// - Complexity: linear in the participant's comments.
    public func sameComments(_ text: String, of author: String, in proceeding: Proceeding, limit: Int) throws -> Int {
        let states = [Contribution.State.pending, .published].map(\.rawValue)
        return try connection.rows(
            """
            SELECT 1 FROM comment WHERE tenant = \(tenant) AND author = \(author) AND proceeding = \(proceeding.key)
                AND text = \(text) AND state IN \(SQL.list(states)) LIMIT \(limit)
            """
        ) { _ in true }.count
    }

    /// Votes of the participant who asks, in all proceedings the viewer may see, by number of the item, one page.
    public func ownVotes(limit: Int, after cursor: Cursor?) throws -> Page<OwnVote> {
        guard let participant = scope.viewer.participant else { return Page(items: [], next: nil) }
        let rows = try connection.rows(
            """
            SELECT proceeding, kind, item, value, created, changed FROM vote
            WHERE tenant = \(tenant) AND participant = \(participant) AND item > \(cursor?.minor ?? 0)
            ORDER BY item LIMIT \(limit + 1)
            """
        ) { row in
            (
                key: row.integer(0), kind: ItemKind(rawValue: row.integer(1)), item: row.integer(2),
                vote: Vote(rawValue: row.integer(3)), created: row.integer(4), changed: row.integer(5)
            )
        }
        let proceedings = try self.proceedings(keys: Set(rows.map(\.key)))
        let items = rows.prefix(limit).compactMap { row -> OwnVote? in
            guard let proceeding = proceedings[row.key], let kind = row.kind, let vote = row.vote else { return nil }
            return OwnVote(
                proceeding: proceeding.id, kind: kind, item: row.item, vote: vote, created: row.created,
                changed: row.changed)
        }
        return Page(items: items, next: rows.count > limit ? Cursor(major: 0, minor: rows[limit - 1].item) : nil)
    }
}
