public import GeoCore
public import Participation

extension ScopedWriter {
    /// Judges the places of all contributions of a proceeding anew, as is needed when its area is another one.
    ///
    /// - Parameter judge: what a place is by its point, in degrees, and by what it was.
    /// - Complexity: O(contributions); holds the numbers of those whose quality is another one.
    public func judgePlaces(
        of proceeding: Proceeding, now: Int64,
        _ judge: (Position, Contribution.LocationQuality) -> Contribution.LocationQuality
    ) throws {
        var changed: [Contribution.LocationQuality: [Int64]] = [:]
        try connection.query(
            """
            SELECT id, quality, coalesce(exact_x, x), coalesce(exact_y, y) FROM contribution
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND x IS NOT NULL
                AND state <> \(Contribution.State.erased.rawValue)
            """
        ) { row in
            let old = Contribution.LocationQuality(rawValue: row.integer(1)) ?? .suspect
            let new = judge(Position(row.real(2), row.real(3)), old)
            if new != old { changed[new, default: []].append(row.integer(0)) }
            return true
        }
        for (quality, ids) in changed.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for start in stride(from: 0, to: ids.count, by: 500) {
                let some = Array(ids[start..<min(start + 500, ids.count)])
                // Those who harvest hear of it; how long the rest is kept counts from its own last change.
                try connection.execute(
                    """
                    UPDATE contribution SET quality = \(quality.rawValue),
                        changed = CASE state WHEN \(Contribution.State.published.rawValue) THEN \(now) ELSE changed END
                    WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id IN \(SQL.list(some))
                    """)
            }
        }
    }
}
