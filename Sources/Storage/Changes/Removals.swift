import Participation

/// What leaves nothing but its number when it goes.
enum RemovedKind: Int64 {
    case comment = 2
    case appointment = 4
    case download = 5
    case attachment = 6
}

extension ScopedReader {
    /// What was removed for good at or after an instant, by time and number, at most `limit`.
    ///
    /// - Parameter root: number of what removed comments and images were on; 0 for all else.
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
                AND \(mayHaveSeen("removed_item", in: proceeding))
            ORDER BY time, id LIMIT \(limit)
            """
        ) { ChangedRow(gone: Tombstone(id: $0.integer(0), state: .erased, time: $0.integer(1))) }
    }
}

extension ScopedWriter {
    /// Writes down that something went for good that was on an item; the public learns of it where it ever saw the item.
    func noteRemoval(
        _ kind: RemovedKind, _ id: Int64, on item: ItemReference, of proceeding: Proceeding, now: Int64
    ) throws {
        try connection.execute(
            """
            INSERT INTO removed_item (tenant, proceeding, kind, id, root, time, shown)
            SELECT \(tenant), \(proceeding.key), \(kind.rawValue), \(id), \(item.id), \(now), shown
            FROM \(item.kind.table) WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(item.id)
            """)
    }

    /// Writes down that an item went for good.
    func noteRemoval(_ kind: RemovedKind, _ id: Int64, of proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            """
            INSERT INTO removed_item (tenant, proceeding, kind, id, root, time)
            VALUES (\(tenant), \(proceeding.key), \(kind.rawValue), \(id), 0, \(now))
            """)
    }
}
