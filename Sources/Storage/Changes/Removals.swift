import Participation

/// What leaves nothing but its number when it goes.
enum RemovedKind: Int64 {
    case comment = 2
    case appointment = 4
    case download = 5
}

extension ScopedReader {
    /// What was removed for good at or after an instant, by time and number, at most `limit`.
    ///
    /// - Parameter root: number of the contribution that removed comments stood on; 0 for all else.
    func removed<Item>(
        _ kind: RemovedKind, on root: Int64 = 0, of proceeding: Proceeding, since: Int64, limit: Int,
        after cursor: Cursor?
    ) throws -> [ChangedRow<Item>] {
        let after: SQL = cursor.map { "(time, id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        return try connection.rows(
            """
            SELECT id, time FROM removed_item
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND kind = \(kind.rawValue)
                AND root = \(root) AND time >= \(since) AND \(after)
            ORDER BY time, id LIMIT \(limit)
            """
        ) { ChangedRow(gone: Tombstone(id: $0.integer(0), state: .erased, time: $0.integer(1))) }
    }
}

extension ScopedWriter {
    /// Writes down that an item went for good.
    func noteRemoval(_ kind: RemovedKind, _ id: Int64, of proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            """
            INSERT INTO removed_item (tenant, proceeding, kind, id, root, time)
            VALUES (\(tenant), \(proceeding.key), \(kind.rawValue), \(id), 0, \(now))
            """)
    }
}
