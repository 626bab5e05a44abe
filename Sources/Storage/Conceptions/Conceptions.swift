import GeoCore
public import Participation

extension ScopedReader {
    private static var conceptionColumns: String {
        """
        d.id, d.title, d.text, d.image, d.wkb, d.weight, d.state, d.created, d.changed, d.version, d.votes_up,
        d.votes_down, d.base_up, d.base_down, d.comments, d.redacted, d.source, d.external_id
        """
    }

    /// Where the next column after ``conceptionColumns`` stands.
    private static var afterConception: Int { 18 }

    private func conception(_ row: any SQLRow) throws -> Conception {
        var result = Conception(
            id: row.integer(0), title: row.text(1), text: row.text(2), image: row.optionalText(3),
            geometry: row.isNull(4) ? nil : try WKB.decode(row.blob(4)), order: row.integer(5),
            state: Contribution.State(rawValue: row.integer(6)) ?? .hidden, created: row.integer(7),
            changed: row.integer(8))
        result.version = row.integer(9)
        (result.votesUp, result.votesDown) = (row.integer(10), row.integer(11))
        (result.importedVotesUp, result.importedVotesDown) = (row.integer(12), row.integer(13))
        result.commentCount = row.integer(14)
        result.isRedacted = row.integer(15) != 0
        (result.source, result.externalID) = (row.optionalText(16), row.optionalText(17))
        return result
    }

    private func isOf(_ proceeding: Proceeding) -> SQL {
        "d.tenant = \(tenant) AND d.proceeding = \(proceeding.key)"
    }

    /// The conceptions the viewer may see, by their order and then by number, one page.
    public func conceptions(of proceeding: Proceeding, limit: Int, after cursor: Cursor?) throws -> Page<Conception> {
        let after: SQL = cursor.map { "(d.weight, d.id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        var items = try connection.rows(
            """
            SELECT \(raw: Self.conceptionColumns) FROM conception d
            WHERE \(isOf(proceeding)) AND \(isVisible("d", in: proceeding)) AND \(after)
            ORDER BY d.weight, d.id LIMIT \(limit + 1)
            """, conception)
        let hasMore = items.count > limit
        if hasMore { items.removeLast(items.count - limit) }
        return Page(
            items: try withAttachments(items, in: proceeding.key),
            next: hasMore ? items.last.map { Cursor(major: $0.order, minor: $0.id) } : nil)
    }

    /// The conceptions the viewer may see in order of number, at most `limit`, beginning after `id`: for exports.
    public func conceptions(of proceeding: Proceeding, afterNumber id: Int64, limit: Int) throws -> [Conception] {
        try connection.rows(
            """
            SELECT \(raw: Self.conceptionColumns) FROM conception d
            WHERE \(isOf(proceeding)) AND \(isVisible("d", in: proceeding)) AND d.id > \(id)
            ORDER BY d.id LIMIT \(limit)
            """, conception)
    }

    /// One conception the viewer may see.
    public func conception(_ id: Int64, of proceeding: Proceeding) throws -> Conception? {
        let found = try connection.rows(
            """
            SELECT \(raw: Self.conceptionColumns) FROM conception d
            WHERE \(isOf(proceeding)) AND d.id = \(id) AND \(isVisible("d", in: proceeding))
            """, conception)
        return try withAttachments(found, in: proceeding.key).first
    }

    /// The conception that came from a source under a name, whatever its state: for repeated imports.
    public func conception(source: String, externalID: String, of proceeding: Proceeding) throws -> Conception? {
        try connection.first(
            """
            SELECT \(raw: Self.conceptionColumns) FROM conception d
            WHERE \(isOf(proceeding)) AND d.source = \(source) AND d.external_id = \(externalID)
            """, conception)
    }

    /// The conceptions changed at or after an instant, with the tombstones of those that went, as for contributions.
    public func conceptionChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Conception>> {
        let after: SQL = cursor.map { "(d.changed, d.id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let visible = isVisible("d", in: proceeding)
        let rows = try connection.rows(
            """
            SELECT \(raw: Self.conceptionColumns), CASE WHEN \(visible) THEN 1 ELSE 0 END FROM conception d
            WHERE \(isOf(proceeding)) AND d.changed >= \(since) AND \(after)
                AND (\(visible) OR \(mayHaveSeen("d", in: proceeding)))
            ORDER BY d.changed, d.id LIMIT \(limit + 1)
            """
        ) { row in (item: try conception(row), isVisible: row.integer(Self.afterConception) != 0) }
        let items = try withAttachments(rows.map(\.item), in: proceeding.key)
        return Self.page(
            zip(items, rows).map { ChangedRow(item: $0, $0.id, $0.state, $0.changed, $1.isVisible) }, limit: limit)
    }
}

extension ScopedWriter {
    /// Adds a conception and gives it its number.
    public func insert(_ conception: Conception, of proceeding: Proceeding) throws -> Conception {
        var stored = conception
        stored.id = try take(from: "item")
        try connection.execute(
            """
            INSERT INTO conception (tenant, proceeding, id, title, text, image, wkb, weight, state, created, changed,
                version, votes_up, votes_down, base_up, base_down, source, external_id, shown)
            VALUES (\(tenant), \(proceeding.key), \(stored.id), \(stored.title), \(stored.text), \(stored.image),
                \(stored.geometry.map { WKB.encode($0) }), \(stored.order), \(stored.state.rawValue),
                \(stored.created), \(stored.changed), \(stored.version), \(stored.votesUp), \(stored.votesDown),
                \(stored.importedVotesUp), \(stored.importedVotesDown), \(stored.source), \(stored.externalID),
                \(stored.state == .published))
            """)
        return stored
    }

    /// Writes a conception anew where it stands, and keeps the old words as history.
    ///
    /// Votes and comments stay as they are counted.
    public func replace(_ old: Conception, with conception: Conception, in proceeding: Proceeding) throws {
        if (old.title, old.text) != (conception.title, conception.text) {
            try keepText(
                of: old.id, version: old.version, title: old.title, text: old.text, cause: "edited", in: proceeding,
                now: conception.changed)
        }
        try connection.execute(
            """
            UPDATE conception SET title = \(conception.title), text = \(conception.text), image = \(conception.image),
                wkb = \(conception.geometry.map { WKB.encode($0) }), weight = \(conception.order),
                version = \(conception.version), changed = \(conception.changed)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(conception.id)
            """)
    }
}
