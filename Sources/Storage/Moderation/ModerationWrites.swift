public import Participation

extension ScopedWriter {
    /// Gives an item another state; counters of comments follow at once.
    ///
    /// - Throws: ``StorageError``.
    public func setState(
        _ state: Contribution.State, of item: ItemReference, in proceeding: Proceeding, now: Int64
    ) throws {
        // A comment is shown where those above it are: that is noted when they are counted.
        let shown: SQL = state == .published && item.kind != .comment ? "1" : "shown"
        try connection.execute(
            """
            UPDATE \(item.kind.table) SET state = \(state.rawValue), shown = \(shown), version = version + 1,
                changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(item.id)
            """)
        guard item.kind == .comment else { return }
        try touchTree(below: item, in: proceeding, now: now)
        try recountComments(of: item.root, in: proceeding)
    }

    /// Marks what stands below a comment as changed: it comes and goes with it, and harvesters must learn of that.
    private func touchTree(below item: ItemReference, in proceeding: Proceeding, now: Int64) throws {
        let isOn = reader.isOn(item.root, proceeding)
        try connection.execute(
            """
            UPDATE comment SET changed = \(now) WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id IN (
                WITH RECURSIVE tree (id) AS (
                    SELECT m.id FROM comment m WHERE \(isOn) AND m.parent = \(item.id)
                    UNION ALL
                    SELECT m.id FROM tree JOIN comment m ON \(isOn) AND m.parent = tree.id)
                SELECT id FROM tree)
            """)
    }

    /// Writes a new text, keeps the old one, and brings the index of words up to date.
    ///
    /// - Parameters:
    ///   - title: title of a contribution or conception, subject of a comment.
    ///   - cause: `edited` or `redacted`; the latter marks the item as redacted.
    /// - Throws: ``StorageError``.
    public func rewriteText(
        of item: ItemReference, title: String?, text: String, cause: String, in proceeding: Proceeding, now: Int64
    ) throws {
        guard let old = try reader.item(item.id, of: proceeding) else { return }
        try keepText(
            of: item.id, version: old.version, title: old.title, text: old.text, cause: cause, in: proceeding,
            now: now)
        let redacted: SQL = cause == "redacted" ? "1" : "redacted"
        switch item.kind {
        case .contribution:
            try replaceWords(of: item.id, old: (old.title ?? "", old.text), new: (title ?? "", text))
            if cause == "redacted" { try forgetToldTexts(ofContribution: item.id, in: proceeding) }
        case .comment, .conception: break
        }
        let heading: SQL = item.kind == .comment ? "subject = \(title)" : "title = \(title ?? "")"
        try connection.execute(
            """
            UPDATE \(item.kind.table) SET \(heading), text = \(text), redacted = \(redacted),
                version = version + 1, changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(item.id)
            """)
    }

    /// Notes a decision.
    public func record(_ event: ModerationEvent, on item: ItemReference, in proceeding: Proceeding) throws {
        try connection.execute(
            """
            INSERT INTO moderation_event (tenant, proceeding, item, id, kind, action, state_before, state_after, reason,
                note, account, created)
            VALUES (\(tenant), \(proceeding.key), \(item.id), \(try take(from: "item")), \(item.kind.rawValue),
                \(event.action), \(event.before.rawValue), \(event.after.rawValue), \(event.reason), \(event.note),
                \(event.account), \(event.created))
            """)
    }

    /// Puts an item into the queue, or gives it the need it has now: what is known already, the signs that are new, and
    /// the reports that are open.
    ///
    /// Whoever stores a report or finds a sign calls it in the same transaction.
    public func noteNeed(
        of item: ItemReference, signs: ModerationNeed.Signs = [], in proceeding: Proceeding, now: Int64
    ) throws {
        let reports = try connection.first(
            """
            SELECT count(*) FROM report WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND kind = \(item.kind.rawValue) AND item = \(item.id) AND settled IS NULL
            """
        ) { $0.integer(0) }
        let known = try connection.first(
            """
            SELECT signs FROM moderation_queue
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND item = \(item.id)
            """
        ) { ModerationNeed.Signs(rawValue: $0.integer(0)) }
        let need = ModerationNeed(reports: reports ?? 0, signs: (known ?? []).union(signs))
        guard need.weight > 0 else { return }
        try connection.execute(
            """
            INSERT INTO moderation_queue (tenant, proceeding, item, kind, contribution, need, reports, signs, since)
            VALUES (\(tenant), \(proceeding.key), \(item.id), \(item.kind.rawValue), \(item.root.id),
                \(need.weight), \(need.reports), \(need.signs.rawValue), \(now))
            ON CONFLICT (tenant, proceeding, item) DO UPDATE SET need = excluded.need, reports = excluded.reports,
                signs = excluded.signs
            """)
    }

    /// Takes an item out of the queue and settles its reports.
    public func settle(_ item: ItemReference, in proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            """
            DELETE FROM moderation_queue
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND item = \(item.id)
            """)
        try connection.execute(
            """
            UPDATE report SET settled = \(now) WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND kind = \(item.kind.rawValue) AND item = \(item.id) AND settled IS NULL
            """)
    }

    /// Replaces the words that hold texts back: the tenant's own, or with a proceeding those of the proceeding.
    public func replaceHeldWords(_ words: [String], of proceeding: Proceeding?) throws {
        let key = proceeding?.key ?? 0
        try connection.execute("DELETE FROM held_word WHERE tenant = \(tenant) AND proceeding = \(key)")
        for word in Set(words).sorted() {
            try connection.execute(
                "INSERT INTO held_word (tenant, proceeding, word) VALUES (\(tenant), \(key), \(word))")
        }
    }

    /// Counts the comments on a contribution or a conception anew, the published ones below which no other is hidden,
    /// and notes that they are shown.
    ///
    /// - Complexity: linear in the visible comments on it.
    func recountComments(of root: CommentRoot, in proceeding: Proceeding) throws {
        let isOn = reader.isOn(root, proceeding)
        let published = Contribution.State.published.rawValue
        let tree: SQL = """
            WITH RECURSIVE tree (id) AS (
                SELECT m.id FROM comment m WHERE \(isOn) AND m.parent IS NULL AND m.state = \(published)
                UNION ALL
                SELECT m.id FROM tree JOIN comment m ON \(isOn) AND m.parent = tree.id WHERE m.state = \(published))
            """
        try connection.execute(
            """
            UPDATE \(root.kind.table) SET comments = (\(tree) SELECT count(*) FROM tree)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(root.id)
            """)
        try connection.execute(
            """
            UPDATE comment SET shown = 1 WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND \(root.column) = \(root.id) AND shown = 0 AND id IN (\(tree) SELECT id FROM tree)
            """)
    }
}
