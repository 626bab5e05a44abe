public import Participation

extension ScopedReader {
    /// The columns of ``moderatedItem(_:)``, from a contribution `c`, a conception `d` or a comment `m`, with the
    /// queue's row `q`.
    private static var itemColumns: String {
        """
        m.id, coalesce(m.contribution, c.id), coalesce(m.conception, d.id), coalesce(c.state, d.state, m.state),
        coalesce(c.version, d.version, m.version), coalesce(c.title, d.title, m.subject),
        coalesce(c.text, d.text, m.text), coalesce(c.created, d.created, m.created),
        coalesce(c.changed, d.changed, m.changed), coalesce(c.redacted, d.redacted, m.redacted), q.reports, q.signs,
        q.since
        """
    }

    /// Joins the tables of ``itemColumns`` to the numbers of items in a column.
    private func items(_ id: SQL, _ proceeding: Proceeding) -> SQL {
        let tables: [(SQL, SQL)] = [("contribution", "c"), ("conception", "d"), ("comment", "m")]
        let joins = tables.map { table, name -> SQL in
            """
            LEFT JOIN \(table) \(name)
                ON \(name).tenant = \(tenant) AND \(name).proceeding = \(proceeding.key) AND \(name).id = \(id)
            """
        }
        return SQL.joined(joins, separator: "\n")
    }

    private func moderatedItem(_ row: any SQLRow) -> ModeratedItem {
        let state = Contribution.State(rawValue: row.integer(3)) ?? .hidden
        // What an author took back is nobody's to read.
        let isOpen = state != .withdrawn && state != .erased
        return ModeratedItem(
            reference: reference(row),
            state: state, version: row.integer(4), title: isOpen ? row.optionalText(5) : nil,
            text: isOpen ? row.text(6) : "", created: row.integer(7), changed: row.integer(8),
            isRedacted: row.integer(9) != 0,
            need: ModerationNeed(reports: row.integer(10), signs: ModerationNeed.Signs(rawValue: row.integer(11))),
            waitsSince: row.optionalInteger(12))
    }

    /// A contribution, conception or comment in any state, for those who moderate the proceeding; `nil` for all others.
    public func moderatedItem(_ id: Int64, of proceeding: Proceeding) throws -> ModeratedItem? {
        guard scope.viewer.may(.moderate, in: proceeding.key), let item = try item(id, of: proceeding) else {
            return nil
        }
        return try withAttachments([item], in: proceeding).first
    }

    /// A comment that an import took off its contribution, while earlier texts of it are kept.
    ///
    /// Its words stand with these, and when it was made is not known any more. `nil` for those who do not moderate the
    /// proceeding.
    public func removedComment(_ id: Int64, of proceeding: Proceeding) throws -> ModeratedItem? {
        guard scope.viewer.may(.moderate, in: proceeding.key) else { return nil }
        return try connection.first(
            """
            SELECT root, version, replaced FROM earlier_text
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND item = \(id) AND root IS NOT NULL
            ORDER BY version DESC LIMIT 1
            """
        ) { row in
            ModeratedItem(
                reference: .comment(id, on: .contribution(row.integer(0))), state: .published,
                version: row.integer(1), title: nil, text: "", created: row.integer(2), changed: row.integer(2),
                isRedacted: false, need: ModerationNeed(reports: 0, signs: []))
        }
    }

    private func withAttachments(_ items: [ModeratedItem], in proceeding: Proceeding) throws -> [ModeratedItem] {
        var found: [Int64: [Attachment]] = [:]
        for kind in [ItemKind.contribution, .conception] {
            let holders = items.filter { $0.reference.kind == kind }.map(\.reference.id)
            found.merge(try attachments(of: kind, holders, in: proceeding.key)) { $1 }
        }
        return items.map { item in
            var item = item
            item.attachments = found[item.reference.id] ?? []
            return item
        }
    }

    func item(_ id: Int64, of proceeding: Proceeding) throws -> ModeratedItem? {
        try connection.first(
            """
            SELECT \(raw: Self.itemColumns) FROM (SELECT \(id) AS id) AS k
            \(items("k.id", proceeding))
            LEFT JOIN moderation_queue q
                ON q.tenant = \(tenant) AND q.proceeding = \(proceeding.key) AND q.item = k.id
            WHERE coalesce(c.id, d.id, m.id) IS NOT NULL
            """, moderatedItem)
    }

    /// What waits for a moderator, by need and then in order of entry, one page; empty for those who do not moderate.
    ///
    /// One statement; it reads the page's rows alone, whatever the number that waits.
    ///
    /// - Parameter states: where some are named, everything in these states, whether it waits or not.
    /// - Complexity: with `states` linear in the contributions, conceptions and comments of the proceeding.
    public func moderationQueue(
        of proceeding: Proceeding, states: [Contribution.State] = [], limit: Int, after cursor: Cursor?
    ) throws -> Page<ModeratedItem> {
        guard scope.viewer.may(.moderate, in: proceeding.key) else { return Page(items: [], next: nil) }
        let after: SQL =
            cursor.map {
                "(need <= \($0.major) AND (need < \($0.major) OR item > \($0.minor)))"
            } ?? "TRUE"
        var items = try connection.rows(
            """
            SELECT \(raw: Self.itemColumns) FROM (
                SELECT item, need, reports, signs, since FROM \(queue(of: proceeding, states))
                WHERE \(after) ORDER BY need DESC, item LIMIT \(limit + 1)) AS q
            \(items("q.item", proceeding))
            WHERE coalesce(c.id, d.id, m.id) IS NOT NULL ORDER BY q.need DESC, q.item
            """, moderatedItem)
        let isLast = items.count <= limit
        if !isLast { items.removeLast(items.count - limit) }
        items = try withAttachments(items, in: proceeding)
        return Page(
            items: items,
            next: isLast ? nil : items.last.map { Cursor(major: $0.need.weight, minor: $0.reference.id) })
    }

    /// What waits, or what is in some states, as a table of the columns of the queue.
    private func queue(of proceeding: Proceeding, _ states: [Contribution.State]) -> SQL {
        guard !states.isEmpty else {
            return """
                (SELECT * FROM moderation_queue WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)) AS w
                """
        }
        let tables: [SQL] = ["contribution", "conception", "comment"]
        let all = tables.map { table -> SQL in
            """
            SELECT id FROM \(table) WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND state IN \(SQL.list(states.map(\.rawValue)))
            """
        }
        return """
            (SELECT i.id AS item, coalesce(o.need, 0) AS need, o.reports, o.signs, o.since
            FROM (\(SQL.joined(all, separator: " UNION ALL "))) AS i LEFT JOIN moderation_queue o
                ON o.tenant = \(tenant) AND o.proceeding = \(proceeding.key) AND o.item = i.id) AS w
            """
    }

    /// How many items wait for a moderator.
    public func moderationQueueCount(of proceeding: Proceeding) throws -> Int64 {
        try connection.first(
            """
            SELECT count(*) FROM moderation_queue WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            """
        ) { $0.integer(0) } ?? 0
    }

    /// The decisions on an item, the oldest first.
    public func moderationEvents(of item: Int64, in proceeding: Proceeding) throws -> [ModerationEvent] {
        try connection.rows(
            """
            SELECT action, state_before, state_after, reason, note, account, created FROM moderation_event
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND item = \(item) ORDER BY id LIMIT 1000
            """
        ) { row in
            ModerationEvent(
                action: row.text(0), before: Contribution.State(rawValue: row.integer(1)) ?? .hidden,
                after: Contribution.State(rawValue: row.integer(2)) ?? .hidden, reason: row.optionalText(3),
                note: row.optionalText(4), account: row.optionalText(5), created: row.integer(6))
        }
    }

    /// Why items were hidden or rejected, by their numbers: the reason of the last decision that did so, and no note.
    ///
    /// It is for their authors.
    func stateReasons(of items: [Int64], in proceeding: Int64) throws -> [Int64: ModerationReason] {
        let states = [Contribution.State.hidden, .rejected].map(\.rawValue)
        let rows = try connection.rows(
            """
            SELECT item, reason FROM moderation_event
            WHERE tenant = \(tenant) AND proceeding = \(proceeding) AND item IN \(SQL.list(items))
                AND state_after IN \(SQL.list(states)) AND state_after <> state_before ORDER BY id
            """
        ) { (item: $0.integer(0), reason: $0.optionalText(1).flatMap(ModerationReason.init)) }
        return rows.reduce(into: [:]) { $0[$1.item] = $1.reason }
    }

    /// The reports on an item that nobody has settled, the oldest first.
    public func openReports(on item: ItemReference, in proceeding: Proceeding) throws -> [OpenReport] {
        try connection.rows(
            """
            SELECT reason, text, created FROM report
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND kind = \(item.kind.rawValue)
                AND item = \(item.id) AND settled IS NULL ORDER BY id LIMIT 1000
            """
        ) { OpenReport(reason: $0.text(0), text: $0.optionalText(1), created: $0.integer(2)) }
    }

    /// The words that hold texts back: the tenant's own, or with a proceeding those of the proceeding.
    public func heldWords(of proceeding: Proceeding?) throws -> [String] {
        try connection.rows(
            """
            SELECT word FROM held_word WHERE tenant = \(tenant) AND proceeding = \(proceeding?.key ?? 0) ORDER BY word
            """
        ) { $0.text(0) }
    }
}
