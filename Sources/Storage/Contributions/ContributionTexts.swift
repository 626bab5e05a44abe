public import Participation

extension ScopedReader {
    /// Number, title and text of the contributions that a filter lets through, one page in order of number, at most `limit`
    /// after `id`.
    ///
    /// - Complexity: linear in the page; reads the rows.
    public func texts(
        of proceeding: Proceeding, filter: ContributionFilter, after id: Int64, limit: Int
    ) throws -> [(id: Int64, title: String, text: String)] {
        try connection.rows(
            """
            SELECT c.id, c.title, c.text FROM contribution c
            WHERE \(conditions(filter, proceeding)) AND c.id > \(id) ORDER BY c.id LIMIT \(limit)
            """
        ) { ($0.integer(0), $0.text(1), $0.text(2)) }
    }
}
