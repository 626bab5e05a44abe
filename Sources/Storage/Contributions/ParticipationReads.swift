public import Participation

/// One proceeding in sums.
public struct ProceedingSums: Sendable, Hashable {
    /// Key of the proceeding.
    public var proceeding: Int64
    /// Contributions.
    public var contributions: Int64
    /// Published comments.
    public var comments: Int64
    /// Votes for.
    public var votesUp: Int64
    /// Votes against.
    public var votesDown: Int64
    /// When the last contribution was made, milliseconds since 1970.
    public var latest: Int64

    /// Makes sums, zeros where none are given.
    public init(
        proceeding: Int64, contributions: Int64 = 0, comments: Int64 = 0, votesUp: Int64 = 0, votesDown: Int64 = 0,
        latest: Int64 = 0
    ) {
        self.proceeding = proceeding
        self.contributions = contributions
        self.comments = comments
        self.votesUp = votesUp
        self.votesDown = votesDown
        self.latest = latest
    }
}

/// A contribution in a list across proceedings.
public struct RankedContribution: Sendable, Hashable {
    /// Key of the proceeding.
    public var proceeding: Int64
    /// Number.
    public var id: Int64
    /// Short title.
    public var title: String
    /// Milliseconds since 1970.
    public var created: Int64
    /// Votes for.
    public var votesUp: Int64
    /// Votes against.
    public var votesDown: Int64
    /// Published comments.
    public var comments: Int64
}

extension ScopedReader {
    /// Some contributions by number, those the viewer may see.
    public func ranked(_ ids: [Int64], of proceeding: Proceeding) throws -> [RankedContribution] {
        try connection.rows(
            """
            SELECT c.proceeding, c.id, c.title, c.created, c.votes_up, c.votes_down, c.comments FROM contribution c
            WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id IN \(SQL.list(ids))
                AND \(isVisible("c", in: proceeding))
            """, ranked)
    }

    /// Sums of proceedings over what the viewer may count; those without contributions are left out.
    public func sums(of proceedings: [Proceeding]) throws -> [ProceedingSums] {
        try connection.rows(
            """
            SELECT c.proceeding, count(*), sum(c.comments), sum(c.votes_up), sum(c.votes_down), max(c.created)
            FROM contribution c WHERE c.tenant = \(tenant) AND \(isCounted(across: proceedings, "c"))
            GROUP BY c.proceeding ORDER BY c.proceeding
            """
        ) { row in
            ProceedingSums(
                proceeding: row.integer(0), contributions: row.integer(1), comments: row.integer(2),
                votesUp: row.integer(3), votesDown: row.integer(4), latest: row.integer(5))
        }
    }

    /// Contributions of proceedings that the viewer may count, in steps of a quarter of an hour since 1970, which no border
    /// of local days cuts in two, with their number.
    public func quarterHours(of proceedings: [Proceeding]) throws -> [(step: Int64, count: Int64)] {
        try connection.rows(
            """
            SELECT (CASE WHEN c.created < 0 THEN c.created - 899999 ELSE c.created END) / 900000 AS step, count(*)
            FROM contribution c WHERE c.tenant = \(tenant) AND \(isCounted(across: proceedings, "c"))
            GROUP BY step ORDER BY step
            """
        ) { ($0.integer(0), $0.integer(1)) }
    }

    /// The most commented and the newest visible contributions of proceedings.
    public func top(
        of proceedings: [Proceeding], limit: Int
    ) throws -> (commented: [RankedContribution], recent: [RankedContribution]) {
        func list(_ condition: SQL, _ order: SQL) throws -> [RankedContribution] {
            try connection.rows(
                """
                SELECT c.proceeding, c.id, c.title, c.created, c.votes_up, c.votes_down, c.comments
                FROM contribution c WHERE c.tenant = \(tenant) AND \(isVisible(across: proceedings)) AND \(condition)
                ORDER BY \(order) LIMIT \(limit)
                """, ranked)
        }
        return (try list("c.comments > 0", "c.comments DESC, c.id"), try list("TRUE", "c.created DESC, c.id DESC"))
    }

    private func ranked(_ row: any SQLRow) -> RankedContribution {
        RankedContribution(
            proceeding: row.integer(0), id: row.integer(1), title: row.text(2), created: row.integer(3),
            votesUp: row.integer(4), votesDown: row.integer(5), comments: row.integer(6))
    }

    /// The visibility rule over several proceedings, in each of which the viewer may see something else.
    private func isVisible(across proceedings: [Proceeding]) -> SQL {
        isOfState("c", across: proceedings, scope.viewer.visibleStates)
    }

    /// The same for what is counted and not shown.
    func isCounted(across proceedings: [Proceeding], _ table: String) -> SQL {
        isOfState(table, across: proceedings, scope.viewer.countedStates)
    }

    private func isOfState(
        _ table: String, across proceedings: [Proceeding], _ states: (Int64) -> [Contribution.State]
    ) -> SQL {
        var keys: [[Int64]: [Int64]] = [:]
        for proceeding in proceedings {
            keys[states(proceeding.key).map(\.rawValue), default: []].append(proceeding.key)
        }
        guard !keys.isEmpty else { return "FALSE" }
        let parts = keys.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { states, proceedings -> SQL in
            """
            (\(raw: table).proceeding IN \(SQL.list(proceedings)) AND \(raw: table).state IN \(SQL.list(states)))
            """
        }
        return "(\(SQL.joined(parts, separator: " OR ")))"
    }
}
