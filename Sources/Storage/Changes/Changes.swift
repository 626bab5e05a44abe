public import Participation

extension ScopedReader {
    /// The contributions changed at or after an instant, with the tombstones of those that went, by time of change and
    /// number, one page.
    ///
    /// What was never shown leaves no tombstone: it is pending in its first version.
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
                    AND (\(visible) OR c.state <> \(Contribution.State.pending.rawValue) OR c.version > 1)
                ORDER BY c.changed, c.id LIMIT \(limit + 1)) AS k
            CROSS JOIN contribution c ON c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = k.id
            ORDER BY k.changed, k.id
            """
        ) { row in
            (item: try contribution(row), isVisible: row.integer(Self.contributionColumnCount) != 0)
        }
        return Self.page(
            rows.map { row in
                let key = Cursor(major: row.item.changed, minor: row.item.id)
                return (
                    row.isVisible ? .changed(row.item) : .gone(Self.tombstone(row.item.id, row.item.state, key.major)),
                    key
                )
            }, limit: limit)
    }

    /// The comments on a contribution changed at or after an instant, with the tombstones of those that went; below a
    /// comment that went nothing is there.
    public func commentChanges(
        on contribution: Int64, of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Comment>> {
        let after: SQL = cursor.map { "(m.changed, m.id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let rows = try connection.rows(
            """
            \(gone(contribution, proceeding))
            SELECT \(raw: Self.commentColumns), CASE WHEN m.id IN (SELECT id FROM gone) THEN 0 ELSE 1 END
            FROM comment m
            WHERE m.tenant = \(tenant) AND m.proceeding = \(proceeding.key) AND m.contribution = \(contribution)
                AND m.changed >= \(since) AND \(after)
                AND (m.state <> \(Contribution.State.pending.rawValue) OR m.version > 1 OR \(isVisible("m", in: proceeding)))
            ORDER BY m.changed, m.id LIMIT \(limit + 1)
            """
        ) { row in (item: comment(row), isVisible: row.integer(Self.commentColumnCount) != 0) }
        return Self.page(
            rows.map { row in
                let key = Cursor(major: row.item.changed, minor: row.item.id)
                return (
                    row.isVisible ? .changed(row.item) : .gone(Self.tombstone(row.item.id, row.item.state, key.major)),
                    key
                )
            }, limit: limit)
    }

    private static func tombstone(_ id: Int64, _ state: Contribution.State, _ time: Int64) -> Tombstone {
        Tombstone(id: id, state: state == .erased || state == .withdrawn ? state : .hidden, time: time)
    }

    private static func page<Item>(
        _ entries: [(change: ItemChange<Item>, key: Cursor)], limit: Int
    ) -> Page<ItemChange<Item>> {
        let shown = entries.prefix(limit)
        return Page(items: shown.map(\.change), next: entries.count > limit ? shown.last?.key : nil)
    }
}
