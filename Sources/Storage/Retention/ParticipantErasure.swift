public import Participation

extension ScopedReader {
    /// Everything a participant wrote in the tenant and that is not erased, with the key of its proceeding.
    public func items(of participant: String) throws -> [(item: ItemReference, proceeding: Int64)] {
        let erased = Contribution.State.erased.rawValue
        return try connection.rows(
            """
            SELECT NULL, id, NULL, proceeding FROM contribution
            WHERE tenant = \(tenant) AND author = \(participant) AND state <> \(erased)
            UNION ALL
            SELECT id, contribution, conception, proceeding FROM comment
            WHERE tenant = \(tenant) AND author = \(participant) AND state <> \(erased)
            """
        ) { row in (reference(row), row.integer(3)) }
    }

    /// An item of a row: the number of a comment or none, and the contribution or conception it is or stands on.
    func reference(_ row: any SQLRow) -> ItemReference {
        let root = CommentRoot(contribution: row.integer(1), conception: row.optionalInteger(2))
        return row.optionalInteger(0).map { .comment($0, on: root) } ?? ItemReference(root)
    }
}

extension ScopedWriter {
    /// Takes back all votes of a participant and cuts the link to the reports they made.
    ///
    /// - Returns: the number of votes.
    /// - Throws: ``StorageError``.
    public func forgetVotesAndReports(of participant: String) throws -> Int {
        for kind in ItemKind.allCases {
            for (column, value): (SQL, Int64) in [("votes_up", 1), ("votes_down", -1)] {
                try connection.execute(
                    """
                    UPDATE \(kind.table) SET \(column) = \(column) - 1 WHERE tenant = \(tenant) AND (proceeding, id) IN (
                        SELECT proceeding, item FROM vote WHERE tenant = \(tenant) AND participant = \(participant)
                            AND kind = \(kind.rawValue) AND value = \(value))
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
