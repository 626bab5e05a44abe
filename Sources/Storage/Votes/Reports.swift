public import Participation

extension ScopedReader {
    /// Whether the viewer sees a contribution; reads its key and state alone.
    public func isThere(contribution id: Int64, of proceeding: Proceeding) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM contribution c WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key)
                AND c.id = \(id) AND \(isVisible("c", in: proceeding))
            """
        ) { _ in true } ?? false
    }

    /// Whether the viewer sees a thing: a comment with its contribution and all comments above it.
    public func isThere(_ item: ItemReference, of proceeding: Proceeding) throws -> Bool {
        guard try isThere(contribution: item.contribution, of: proceeding) else { return false }
        switch item.kind {
        case .contribution: return true
        case .comment: return try isReachable(comment: item.id, on: item.contribution, of: proceeding)
        case .conception: return false
        }
    }
}

extension ScopedWriter {
    /// Adds a report; one that the same participant has made of the same thing already is kept instead.
    ///
    /// - Returns: the number of the report.
    /// - Throws: ``StorageError``.
    public func insert(_ report: NewReport, on item: ItemReference, of proceeding: Proceeding, now: Int64) throws
        -> Int64
    {
        let participant = scope.viewer.participant
        let known = try connection.first(
            """
            SELECT id FROM report WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND kind = \(item.kind.rawValue) AND item = \(item.id) AND participant = \(participant)
            """
        ) { $0.integer(0) }
        if let known { return known }
        let id = try take(from: "item")
        try connection.execute(
            """
            INSERT INTO report (tenant, proceeding, id, kind, item, participant, reason, text, created)
            VALUES (\(tenant), \(proceeding.key), \(id), \(item.kind.rawValue), \(item.id), \(participant),
                \(report.reason.rawValue), \(report.text), \(now))
            """)
        return id
    }
}
