public import Participation

/// An hour in which many of the votes on one thing were cast.
public struct CrowdedHour: Sendable, Hashable {
    /// What was voted on.
    public var kind: ItemKind
    /// Its number.
    public var item: Int64
    /// Beginning of the hour, milliseconds since 1970.
    public var start: Int64
    /// Votes in that hour.
    public var votes: Int64
    /// All votes on the thing that were cast here.
    public var total: Int64
}

extension ScopedReader {
    /// The hours in which more than a share of all votes on a thing were first cast, most votes first; at most `limit`, and
    /// none for those who do not moderate.
    ///
    /// Votes that an import brought along have no hour and do not count.
    ///
    /// - Parameters:
    ///   - percent: the share, in hundredths.
    ///   - fewest: votes on a thing of which a share tells something.
    /// - Complexity: linear in the votes of the proceeding.
    public func crowdedHours(
        of proceeding: Proceeding, above percent: Int64, fewest: Int64, limit: Int
    ) throws -> [CrowdedHour] {
        guard scope.viewer.may(.moderate, in: proceeding.key) else { return [] }
        let own: SQL = "FROM vote WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)"
        return try connection.rows(
            """
            SELECT h.kind, h.item, h.hour, h.votes, t.votes
            FROM (SELECT kind, item, created / 3600000 AS hour, count(*) AS votes \(own) GROUP BY 1, 2, 3) AS h
            JOIN (SELECT kind, item, count(*) AS votes \(own) GROUP BY 1, 2) AS t
                ON t.kind = h.kind AND t.item = h.item
            WHERE t.votes >= \(fewest) AND h.votes * 100 > t.votes * \(percent)
            ORDER BY h.votes DESC, h.item, h.hour LIMIT \(limit)
            """
        ) { row in
            CrowdedHour(
                kind: ItemKind(rawValue: row.integer(0)) ?? .contribution, item: row.integer(1),
                start: row.integer(2) * 3_600_000, votes: row.integer(3), total: row.integer(4))
        }
    }
}
