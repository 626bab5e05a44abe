public import Participation

extension ScopedReader {
    /// Where the next column after those of proceedings stands.
    private static var afterProceeding: Int { 18 }

    /// The proceedings changed at or after an instant, with the tombstones of those that were deleted or are public no
    /// more, by time of change and key, one page.
    ///
    /// What was never public leaves no tombstone for those who see public ones alone.
    public func proceedingChanges(
        since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Proceeding>> {
        let after: SQL = cursor.map { "(changed, proceeding) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let rows = try connection.rows(
            """
            SELECT \(raw: Self.proceedingColumns), CASE WHEN \(isVisibleProceeding) THEN 1 ELSE 0 END, changed
            FROM proceeding
            WHERE tenant = \(tenant) AND changed >= \(since) AND \(after) AND making = 0
                AND (\(isVisibleProceeding) OR shown = 1)
            ORDER BY changed, proceeding LIMIT \(limit + 1)
            """
        ) { row in
            let item = try proceeding(row)
            let changed = row.integer(Self.afterProceeding + 1)
            guard row.integer(Self.afterProceeding) == 0 else {
                return ChangedRow(item: item, item.key, changed: changed)
            }
            return ChangedRow(gone: Tombstone(id: item.key, name: item.id, state: .hidden, time: changed))
        }
        return Self.page(rows, try removedProceedings(since: since, limit: limit + 1, after: cursor), limit: limit)
    }

    /// Those that were deleted; not where the viewer sees one of that name again.
    private func removedProceedings(
        since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> [ChangedRow<Proceeding>] {
        let after: SQL = cursor.map { "(time, key) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let keys = scope.viewer.proceedings(where: .readInternalProceedings)
        let mayHaveSeen: SQL = keys.map { $0.isEmpty ? "shown = 1" : "(shown = 1 OR key IN \(SQL.list($0)))" } ?? "TRUE"
        return try connection.rows(
            """
            SELECT key, id, time FROM removed_proceeding
            WHERE tenant = \(tenant) AND time >= \(since) AND \(after) AND \(mayHaveSeen) AND NOT EXISTS (
                SELECT 1 FROM proceeding
                WHERE tenant = \(tenant) AND id = removed_proceeding.id AND \(isVisibleProceeding))
            ORDER BY time, key LIMIT \(limit)
            """
        ) { row in
            ChangedRow(
                gone: Tombstone(id: row.integer(0), name: row.text(1), state: .erased, time: row.integer(2)))
        }
    }
}
