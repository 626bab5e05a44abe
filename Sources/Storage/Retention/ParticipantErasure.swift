public import Participation

extension ScopedReader {
    /// Everything a participant wrote in the tenant and that is not erased, with the key of its proceeding.
    public func items(of participant: String) throws -> [(item: ItemReference, proceeding: Int64)] {
        let erased = Contribution.State.erased.rawValue
        return try connection.rows(
            """
            SELECT 1, id, id, proceeding FROM contribution
            WHERE tenant = \(tenant) AND author = \(participant) AND state <> \(erased)
            UNION ALL
            SELECT 2, id, contribution, proceeding FROM comment
            WHERE tenant = \(tenant) AND author = \(participant) AND state <> \(erased)
            """
        ) { row in
            let item: ItemReference =
                row.integer(0) == 2 ? .comment(row.integer(1), on: row.integer(2)) : .contribution(row.integer(1))
            return (item, row.integer(3))
        }
    }
}

extension ScopedWriter {
    /// Takes back all votes of a participant and cuts the link to the reports they made.
    ///
    /// - Returns: the number of votes.
    /// - Throws: ``StorageError``.
    public func forgetVotesAndReports(of participant: String) throws -> Int {
        for (table, kind): (SQL, Int64) in [("contribution", 1), ("comment", 2)] {
            for (column, value): (SQL, Int64) in [("votes_up", 1), ("votes_down", -1)] {
                try connection.execute(
                    """
                    UPDATE \(table) SET \(column) = \(column) - 1 WHERE tenant = \(tenant) AND (proceeding, id) IN (
                        SELECT proceeding, item FROM vote WHERE tenant = \(tenant) AND participant = \(participant)
                            AND kind = \(kind) AND value = \(value))
                    """)
            }
        }
        try connection.execute(
            """
            UPDATE proceeding SET data_version = data_version + 1 WHERE tenant = \(tenant) AND proceeding IN (
                SELECT proceeding FROM vote WHERE tenant = \(tenant) AND participant = \(participant))
            """)
        try connection.execute(
            "UPDATE report SET participant = NULL WHERE tenant = \(tenant) AND participant = \(participant)")
        return try connection.execute("DELETE FROM vote WHERE tenant = \(tenant) AND participant = \(participant)")
    }
}
