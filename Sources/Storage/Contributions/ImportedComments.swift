public import Participation

/// What tells an imported comment from the others on its contribution.
private struct CommentWords: Hashable {
    var parent: Int64?
    var subject: String?
    var text: String
    var created: Int64
}

/// A comment that is there already.
private struct KnownComment {
    var id: Int64
    var version: Int64
    var thread: Int64
    var words: CommentWords
}

extension ScopedWriter {
    /// Brings the imported comments on a contribution up to date; parents are indices into `comments`, before them.
    ///
    /// Those that say the same at the same place stay, with their numbers and votes; others go, and new ones come. Nothing
    /// happens where one of them was written or taken out here, or where the contribution was. Those that go leave
    /// tombstones, and their texts, where no new one says the same, stay as history of the contribution.
    ///
    /// - Parameter now: time of the import, by which those who ask for changes find them, milliseconds since 1970.
    /// - Returns: whether anything is new.
    @discardableResult
    public func replaceComments(
        _ comments: [(comment: Comment, parent: Int?)], of contribution: Int64, in proceeding: Proceeding, now: Int64
    ) throws -> Bool {
        guard let known = try knownComments(on: contribution, in: proceeding) else { return false }
        var waiting = Dictionary(grouping: known.reversed(), by: \.words)
        var places: [(id: Int64, thread: Int64)?] = []
        for entry in comments {
            let parent = entry.parent.flatMap { places[$0] }
            // Below a comment that is new all are new.
            guard entry.parent == nil || parent != nil else {
                places.append(nil)
                continue
            }
            let words = CommentWords(
                parent: parent?.id, subject: entry.comment.subject, text: entry.comment.text,
                created: entry.comment.created)
            places.append(waiting[words]?.popLast().map { (id: $0.id, thread: $0.thread) })
        }
        let gone = waiting.values.joined().sorted { $0.id < $1.id }
        let fresh = places.count { $0 == nil }
        guard !gone.isEmpty || fresh > 0, try isStanding(contribution, in: proceeding) else { return false }
        try remove(gone, of: contribution, saidAgainIn: comments.map(\.comment), in: proceeding, now: now)
        var next = fresh > 0 ? try take(Int64(fresh), from: "item") : 0
        for (offset, entry) in comments.enumerated() where places[offset] == nil {
            let parent = entry.parent.flatMap { places[$0] }
            let place = (id: next, thread: parent?.thread ?? next)
            next += 1
            places[offset] = place
            try connection.execute(
                """
                INSERT INTO comment (tenant, proceeding, id, contribution, parent, subject, text, state, created,
                    changed, thread, votes_up, votes_down, shown)
                VALUES (\(tenant), \(proceeding.key), \(place.id), \(contribution), \(parent?.id),
                    \(entry.comment.subject), \(entry.comment.text), \(entry.comment.state.rawValue),
                    \(entry.comment.created), \(now), \(place.thread), \(entry.comment.votesUp),
                    \(entry.comment.votesDown), \(entry.comment.state == .published))
                """)
        }
        try connection.execute(
            """
            UPDATE contribution SET comments = \(comments.count)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(contribution)
            """)
        return true
    }

    /// The comments on a contribution by number; `nil` where one was written or taken out here: what a moderator or an
    /// author took out must not come back with a repeated import, and what citizens wrote must not go with it.
    private func knownComments(on contribution: Int64, in proceeding: Proceeding) throws -> [KnownComment]? {
        var result: [KnownComment] = []
        var isKept = false
        try connection.query(
            """
            SELECT id, version, thread, parent, subject, text, created,
                CASE WHEN state <> \(Contribution.State.published.rawValue) OR redacted = 1 OR author IS NOT NULL
                    OR receipt IS NOT NULL THEN 1 ELSE 0 END
            FROM comment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND contribution = \(contribution)
            ORDER BY id
            """
        ) { row in
            isKept = row.integer(7) != 0
            result.append(
                KnownComment(
                    id: row.integer(0), version: row.integer(1), thread: row.integer(2),
                    words: CommentWords(
                        parent: row.optionalInteger(3), subject: row.optionalText(4), text: row.text(5),
                        created: row.integer(6))))
            return !isKept
        }
        return isKept ? nil : result
    }

    /// Whether a contribution was neither withdrawn nor erased.
    private func isStanding(_ contribution: Int64, in proceeding: Proceeding) throws -> Bool {
        let gone: [Int64] = [Contribution.State.withdrawn, .erased].map { $0.rawValue }
        return try connection.first(
            """
            SELECT 1 FROM contribution WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND id = \(contribution) AND state NOT IN \(SQL.list(gone))
            """
        ) { _ in true } ?? false
    }

    /// Takes comments from a contribution: tombstones stay, and what they say and said before as its history.
    private func remove(
        _ gone: [KnownComment], of contribution: Int64, saidAgainIn new: [Comment], in proceeding: Proceeding,
        now: Int64
    ) throws {
        let said = Set(new.map { [$0.subject, $0.text] })
        for one in gone where !said.contains([one.words.subject, one.words.text]) {
            try keepText(
                of: one.id, version: one.version, title: one.words.subject, text: one.words.text, cause: "imported",
                in: proceeding, now: now)
        }
        for start in stride(from: 0, to: gone.count, by: 500) {
            let here: SQL = "tenant = \(tenant) AND proceeding = \(proceeding.key)"
            let numbers: [Int64] = gone[start..<min(start + 500, gone.count)].map { $0.id }
            let ids = SQL.list(numbers)
            try connection.execute(
                "UPDATE earlier_text SET root = \(contribution) WHERE \(here) AND item IN \(ids)")
            try connection.execute(
                """
                INSERT INTO removed_item (tenant, proceeding, kind, id, root, time)
                SELECT tenant, proceeding, \(RemovedKind.comment.rawValue), id, contribution, \(now) FROM comment
                WHERE \(here) AND id IN \(ids)
                """)
            try connection.execute("DELETE FROM comment WHERE \(here) AND id IN \(ids)")
        }
    }
}
