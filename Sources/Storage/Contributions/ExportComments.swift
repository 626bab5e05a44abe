public import Participation

extension ScopedReader {
    /// How many rows a page of an export takes so that not too many comments hang on them: at least one, and `limit` at
    /// most.
    ///
    /// - Parameter mostComments: on all of them, as many as the public sees; one contribution may have more.
    public func exportPageLength(
        of proceeding: Proceeding, filter: ContributionFilter, after id: Int64, limit: Int, mostComments: Int
    ) throws -> Int {
        let filter = filter.page(after: id, limit: limit)
        var (rows, comments, isCut) = (0, 0, false)
        try connection.query(
            """
            SELECT c.comments FROM contribution c
            WHERE \(conditions(filter, proceeding)) AND c.id > \(id) ORDER BY c.id LIMIT \(limit)
            """
        ) { row in
            comments += Int(row.integer(0))
            isCut = rows > 0 && comments > mostComments
            rows += 1
            return !isCut
        }
        return isCut ? rows - 1 : limit
    }

    /// The comments on the contributions of an export's page by number of the contribution, each behind the one it
    /// answers; a hidden comment hides the tree below it.
    ///
    /// - Complexity: one statement, whatever the page.
    public func exportComments(
        of proceeding: Proceeding, filter: ContributionFilter, after id: Int64, limit: Int
    ) throws -> [Int64: [Comment]] {
        let filter = filter.page(after: id, limit: limit)
        var shown: Set<Int64> = []
        var result: [Int64: [Comment]] = [:]
        try connection.query(
            """
            SELECT \(raw: Self.commentColumns) FROM comment m
            WHERE m.tenant = \(tenant) AND m.proceeding = \(proceeding.key)
                AND m.contribution IN (SELECT id FROM (SELECT c.id FROM contribution c
                    WHERE \(conditions(filter, proceeding)) AND c.id > \(id) ORDER BY c.id LIMIT \(limit)) AS p)
                AND \(isVisible("m", in: proceeding))
            ORDER BY m.id
            """
        ) { row in
            let comment = self.comment(row)
            // Numbers rise with time of entry, so that a comment always comes after the one it answers.
            guard comment.parent.map(shown.contains) ?? true else { return true }
            shown.insert(comment.id)
            result[comment.root.id, default: []].append(comment)
            return true
        }
        return result
    }
}
