import FoundationEssentials
public import Participation

extension ScopedReader {
    /// The official answers to a contribution the viewer may see, the oldest first; `nil` where it is not there.
    public func answers(to contribution: Int64, of proceeding: Proceeding) throws -> [OfficialAnswer]? {
        guard try self.contribution(contribution, of: proceeding) != nil else { return nil }
        return try connection.rows(
            """
            SELECT \(raw: Self.answerColumns) FROM answer
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND contribution = \(contribution)
            ORDER BY id LIMIT 1000
            """, answer)
    }

    /// The official answers given to a contribution at or after an instant, one page; `nil` where it is not there.
    ///
    /// Answers are only ever added, so none of them leaves a tombstone.
    public func answerChanges(
        to contribution: Int64, of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<OfficialAnswer>>? {
        guard try self.contribution(contribution, of: proceeding) != nil else { return nil }
        let after: SQL = cursor.map { "(created, id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let found = try connection.rows(
            """
            SELECT \(raw: Self.answerColumns) FROM answer
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND contribution = \(contribution)
                AND created >= \(since) AND \(after)
            ORDER BY created, id LIMIT \(limit + 1)
            """, answer)
        return Self.page(found.map { ChangedRow(item: $0, $0.id, changed: $0.created) }, limit: limit)
    }

    private static var answerColumns: String { "id, contribution, status, text, links, account, created" }

    private func answer(_ row: any SQLRow) -> OfficialAnswer {
        let links = try? JSONDecoder().decode([OfficialAnswer.Link].self, from: Data(row.text(4).utf8))
        return OfficialAnswer(
            id: row.integer(0), contribution: row.integer(1),
            status: OfficialStatus(rawValue: row.integer(2)) ?? .received, text: row.text(3), links: links ?? [],
            account: row.optionalText(5), created: row.integer(6))
    }
}

extension ScopedWriter {
    /// Adds an answer and gives the contribution its status.
    ///
    /// - Returns: the answer as stored.
    /// - Throws: ``StorageError``.
    public func insert(_ answer: OfficialAnswer, of proceeding: Proceeding) throws -> OfficialAnswer {
        var stored = answer
        stored.id = try take(from: "item")
        stored.account = account
        let links = String(decoding: try JSONEncoder().encode(answer.links), as: UTF8.self)
        try connection.execute(
            """
            INSERT INTO answer (tenant, proceeding, contribution, id, status, text, links, account, created)
            VALUES (\(tenant), \(proceeding.key), \(stored.contribution), \(stored.id), \(stored.status.rawValue),
                \(stored.text), \(links), \(stored.account), \(stored.created))
            """)
        try connection.execute(
            """
            UPDATE contribution SET status = \(stored.status.rawValue), version = version + 1,
                changed = \(stored.created)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(stored.contribution)
            """)
        return stored
    }
}
