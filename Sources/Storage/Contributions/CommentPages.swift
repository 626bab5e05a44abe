public import Participation

extension ScopedReader {
    /// Most comments of one page.
    public static var commentsPerPage: Int { 1000 }

    /// The comments on a contribution or a conception, one page of at most `limit` threads and ``commentsPerPage``
    /// comments.
    ///
    /// Threads come in the order asked for, and the comments of a thread by number, so that each stands behind the one
    /// it answers. A thread that does not fit is continued on the next page, where parents may stand on an earlier one.
    /// A hidden comment hides the tree below it.
    ///
    /// One statement a page, whatever the size and depth of the tree. In the order by votes, a thread whose votes
    /// change between two pages may come twice or not at all.
    ///
    /// - Complexity: the comments of the threads on the page, and the hidden ones beside them.
    public func comments(
        on root: CommentRoot, of proceeding: Proceeding, order: CommentOrder = .oldest, limit: Int,
        after cursor: Cursor?
    ) throws -> Page<Comment> {
        let bound = Self.commentsPerPage
        var items: [Comment] = []
        var hasMore = false
        var thread = Cursor(major: 0, minor: .max)
        try connection.query(
            """
            \(gone(root, proceeding)),
            wanted (ordinal, thread, after) AS (
                \(begun(cursor))
                SELECT * FROM (
                    SELECT row_number() OVER (ORDER BY \(keys(order))), m.id, 0 FROM comment m
                    WHERE \(isOn(root, proceeding)) AND m.parent IS NULL AND m.id NOT IN (SELECT id FROM gone)
                        AND \(isBehind(cursor, order, proceeding))
                    ORDER BY \(keys(order)) LIMIT \(limit + 1)) AS tops)
            SELECT \(raw: Self.commentColumns), k.ordinal FROM (
                SELECT w.ordinal, m.id FROM wanted w CROSS JOIN comment m
                WHERE \(isOn(root, proceeding)) AND m.thread = w.thread AND m.id > w.after
                    AND m.id NOT IN (SELECT id FROM gone)
                ORDER BY w.ordinal, m.id LIMIT \(bound + 1)) AS k
            CROSS JOIN comment m ON m.tenant = \(tenant) AND m.proceeding = \(proceeding.key) AND m.id = k.id
            ORDER BY k.ordinal, k.id
            """
        ) { row in
            // One thread more than asked for tells that there is another page.
            if items.count == bound || row.integer(Self.afterComment) > Int64(limit) {
                hasMore = true
                return false
            }
            items.append(comment(row))
            return true
        }
        if let last = items.last {
            thread = Cursor(major: last.thread, minor: last.id)
        } else if let cursor {
            thread = cursor
        }
        return Page(items: items, next: hasMore ? thread : nil)
    }

    /// The thread that the page before left unfinished, where there is one.
    private func begun(_ cursor: Cursor?) -> SQL {
        guard let cursor else { return "" }
        return "SELECT 0, CAST(\(cursor.major) AS BIGINT), CAST(\(cursor.minor) AS BIGINT) UNION ALL"
    }

    private func keys(_ order: CommentOrder) -> SQL {
        switch order {
        case .oldest: "m.id"
        case .newest: "m.id DESC"
        case .best: "m.votes_up - m.votes_down DESC, m.id"
        }
    }

    /// Whether a thread comes after the one that a cursor names.
    private func isBehind(_ cursor: Cursor?, _ order: CommentOrder, _ proceeding: Proceeding) -> SQL {
        guard let cursor else { return "TRUE" }
        switch order {
        case .oldest: return "m.id > \(cursor.major)"
        case .newest: return "m.id < \(cursor.major)"
        case .best:
            return """
                (m.votes_down - m.votes_up, m.id) > (SELECT b.votes_down - b.votes_up, b.id FROM comment b
                    WHERE b.tenant = \(tenant) AND b.proceeding = \(proceeding.key) AND b.id = \(cursor.major))
                """
        }
    }
}
