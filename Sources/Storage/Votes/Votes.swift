public import Participation

extension ScopedReader {
    /// The totals of a thing the viewer may see, with the vote of a participant; `nil` when it is not there.
    ///
    /// A comment is there when what it stands on and all comments above it are.
    public func votes(on item: ItemReference, of proceeding: Proceeding, participant: String?) throws -> VoteTotals? {
        // A contribution or conception is looked for with its totals; what stands above a comment takes a look of its own.
        if item.kind == .comment, try !isThere(item, of: proceeding) { return nil }
        let visible: SQL = item.kind == .comment ? "TRUE" : isVisible("i", in: proceeding)
        return try connection.first(
            """
            SELECT i.votes_up, i.votes_down, v.value FROM \(item.kind.table) i LEFT JOIN vote v
                ON v.tenant = i.tenant AND v.proceeding = i.proceeding AND v.kind = \(item.kind.rawValue)
                AND v.item = i.id AND v.participant = \(participant)
            WHERE i.tenant = \(tenant) AND i.proceeding = \(proceeding.key) AND i.id = \(item.id)
                AND \(visible)
            """
        ) { row in
            VoteTotals(up: row.integer(0), down: row.integer(1), own: row.optionalInteger(2).flatMap(Vote.init))
        }
    }
}

extension ScopedWriter {
    /// Sets, changes or with `nil` withdraws the vote of a participant, and keeps the totals of the thing.
    ///
    /// - Returns: the totals after it; `nil` when the viewer sees no such thing.
    /// - Throws: ``StorageError``.
    public func setVote(
        _ vote: Vote?, of participant: String, on item: ItemReference, in proceeding: Proceeding, now: Int64
    ) throws -> VoteTotals? {
        guard var totals = try reader.votes(on: item, of: proceeding, participant: participant) else { return nil }
        guard totals.own != vote else { return totals }
        if let vote {
            try connection.execute(
                """
                INSERT INTO vote (tenant, proceeding, kind, item, participant, value, created, changed)
                VALUES (\(tenant), \(proceeding.key), \(item.kind.rawValue), \(item.id), \(participant),
                    \(vote.rawValue), \(now), \(now))
                ON CONFLICT (tenant, proceeding, kind, item, participant)
                    DO UPDATE SET value = excluded.value, changed = excluded.changed
                """)
        } else {
            try connection.execute(
                """
                DELETE FROM vote WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                    AND kind = \(item.kind.rawValue) AND item = \(item.id) AND participant = \(participant)
                """)
        }
        let up: Int64 = (vote == .for ? 1 : 0) - (totals.own == .for ? 1 : 0)
        let down: Int64 = (vote == .against ? 1 : 0) - (totals.own == .against ? 1 : 0)
        try connection.execute(
            """
            UPDATE \(item.kind.table) SET votes_up = votes_up + \(up), votes_down = votes_down + \(down)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(item.id)
            """)
        try touch(proceeding)
        totals.up += up
        totals.down += down
        totals.own = vote
        return totals
    }
}
