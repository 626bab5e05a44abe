public import Participation

extension ScopedReader {
    /// The contributions changed at or after an instant, with the tombstones of those that went, by time of change and
    /// number, one page.
    ///
    /// What was never shown leaves no tombstone for those who see what is published alone.
    ///
    /// - Complexity: what the page holds, by an index.
    public func contributionChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Contribution>> {
        let after: SQL = cursor.map { "(c.changed, c.id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let visible = isVisible("c", in: proceeding)
        let rows = try connection.rows(
            """
            SELECT \(raw: shownContribution(in: proceeding)), CASE WHEN \(visible) THEN 1 ELSE 0 END FROM (
                SELECT c.changed, c.id FROM contribution c
                WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.changed >= \(since) AND \(after)
                    AND (\(visible) OR \(mayHaveSeen("c", in: proceeding)))
                ORDER BY c.changed, c.id LIMIT \(limit + 1)) AS k
            CROSS JOIN contribution c ON c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = k.id
            ORDER BY k.changed, k.id
            """
        ) { row in
            (item: try contribution(row), isVisible: row.integer(Self.contributionColumnCount) != 0)
        }
        let attachments = try attachments(
            of: .contribution, rows.filter(\.isVisible).map(\.item.id), in: proceeding.key)
        return Self.page(
            rows.map { row in
                var item = row.item
                item.attachments = attachments[item.id] ?? []
                return ChangedRow(item: item, item.id, item.state, item.changed, row.isVisible)
            }, limit: limit)
    }

    /// The comments on a contribution or a conception changed at or after an instant, with the tombstones of those that
    /// went; below a comment that went nothing is there.
    public func commentChanges(
        on root: CommentRoot, of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Comment>> {
        let after: SQL = cursor.map { "(m.changed, m.id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let rows = try connection.rows(
            """
            \(gone(root, proceeding))
            SELECT \(raw: Self.commentColumns), CASE WHEN m.id IN (SELECT id FROM gone) THEN 0 ELSE 1 END
            FROM comment m
            WHERE \(isOn(root, proceeding)) AND m.changed >= \(since) AND \(after)
                AND (m.id NOT IN (SELECT id FROM gone) OR \(mayHaveSeen("m", in: proceeding)))
            ORDER BY m.changed, m.id LIMIT \(limit + 1)
            """
        ) { row in (item: comment(row), isVisible: row.integer(Self.afterComment) != 0) }
        return Self.page(
            rows.map { ChangedRow(item: $0.item, $0.item.id, $0.item.state, $0.item.changed, $0.isVisible) },
            try removed(.comment, on: root.id, of: proceeding, since: since, limit: limit + 1, after: cursor),
            limit: limit)
    }

    /// Whether the viewer may have seen an item at some time, so that its going is told: staff all of them, others what
    /// was published once.
    func mayHaveSeen(_ table: String, in proceeding: Proceeding) -> SQL {
        scope.viewer.may(.readUnpublished, in: proceeding.key) ? "TRUE" : "\(raw: table).shown = 1"
    }

    /// The entries of a page, of two lists in order of change of which there may be one too many each.
    static func page<Item>(
        _ rows: [ChangedRow<Item>], _ removed: [ChangedRow<Item>], limit: Int
    ) -> Page<ItemChange<Item>> {
        let all = (rows + removed).sorted { ($0.key.major, $0.key.minor) < ($1.key.major, $1.key.minor) }
        return page(all, limit: limit)
    }

    /// The entries of a page, of rows in order of change of which there may be more than fit.
    static func page<Item>(_ rows: [ChangedRow<Item>], limit: Int) -> Page<ItemChange<Item>> {
        let shown = rows.prefix(limit)
        return Page(items: shown.map(\.change), next: rows.count > limit ? shown.last?.key : nil)
    }
}

/// One row of a list of changes, and its place in it.
struct ChangedRow<Item: Sendable> {
    let change: ItemChange<Item>
    let key: Cursor

    init(item: Item, _ id: Int64, _ state: Contribution.State, _ changed: Int64, _ isVisible: Bool) {
        key = Cursor(major: changed, minor: id)
        let told = state == .erased || state == .withdrawn ? state : .hidden
        change = isVisible ? .changed(item) : .gone(Tombstone(id: id, state: told, time: changed))
    }

    /// An item that is there.
    init(item: Item, _ id: Int64, changed: Int64) {
        key = Cursor(major: changed, minor: id)
        change = .changed(item)
    }

    /// An item that went.
    init(gone tombstone: Tombstone) {
        key = Cursor(major: tombstone.time, minor: tombstone.id)
        change = .gone(tombstone)
    }
}
