import FoundationEssentials
public import Participation

extension ScopedReader {
    /// The official answers to a contribution the viewer may see, the oldest first; `nil` where it is not there.
    public func answers(to contribution: Int64, of proceeding: Proceeding) throws -> [OfficialAnswer]? {
        guard try self.contribution(contribution, of: proceeding) != nil else { return nil }
        return try connection.rows(
            """
            SELECT id, contribution, status, text, links, account, created FROM answer
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND contribution = \(contribution)
            ORDER BY id LIMIT 1000
            """
        ) { row in
            let links = try? JSONDecoder().decode([OfficialAnswer.Link].self, from: Data(row.text(4).utf8))
            return OfficialAnswer(
                id: row.integer(0), contribution: row.integer(1),
                status: OfficialStatus(rawValue: row.integer(2)) ?? .received, text: row.text(3), links: links ?? [],
                account: row.optionalText(5), created: row.integer(6))
        }
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
