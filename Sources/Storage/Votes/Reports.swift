public import Participation

extension ScopedReader {
    /// Whether the viewer sees a contribution or a conception; reads its key and state alone.
    public func isThere(_ root: CommentRoot, of proceeding: Proceeding) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM \(root.kind.table) i WHERE i.tenant = \(tenant) AND i.proceeding = \(proceeding.key)
                AND i.id = \(root.id) AND \(isVisible("i", in: proceeding))
            """
        ) { _ in true } ?? false
    }

    /// Whether the viewer sees a thing: a comment with what it stands on and all comments above it.
    public func isThere(_ item: ItemReference, of proceeding: Proceeding) throws -> Bool {
        guard try isThere(item.root, of: proceeding) else { return false }
        return try item.kind != .comment || isReachable(comment: item.id, on: item.root, of: proceeding)
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
