public import Participation

extension ScopedReader {
    private static var downloadColumns: String {
        """
        id, title, description, language, documentation, weight, archived, file_name, type, bytes, digest, created,
        changed, version
        """
    }

    /// Where the next column after ``downloadColumns`` stands.
    private static var afterDownload: Int { 14 }

    private func download(_ row: any SQLRow) -> Download {
        Download(
            id: row.integer(0), title: row.text(1), description: row.optionalText(2), language: row.optionalText(3),
            isDocumentation: row.integer(4) != 0, weight: Int(row.integer(5)), isArchived: row.integer(6) != 0,
            fileName: row.text(7), mediaType: row.text(8), byteCount: row.integer(9), digest: row.text(10),
            created: row.integer(11), changed: row.integer(12), version: row.integer(13))
    }

    /// The rule on downloads: those that are whole, and archived ones for those who manage the proceeding.
    private func isVisibleDownload(in proceeding: Proceeding) -> SQL {
        "\(isWholeDownload(in: proceeding)) AND \(isShownDownload(in: proceeding))"
    }

    private func isWholeDownload(in proceeding: Proceeding) -> SQL {
        "d.tenant = \(tenant) AND d.proceeding = \(proceeding.key) AND d.complete = 1"
    }

    private func isShownDownload(in proceeding: Proceeding) -> SQL {
        scope.viewer.may(.manageProceeding, in: proceeding.key) ? "TRUE" : "d.archived = 0"
    }

    /// The downloads of a proceeding that the viewer may see, in their order, at most 1,000.
    public func downloads(of proceeding: Proceeding) throws -> [Download] {
        try connection.rows(
            """
            SELECT \(raw: Self.downloadColumns) FROM download d WHERE \(isVisibleDownload(in: proceeding))
            ORDER BY d.weight, d.id LIMIT 1000
            """, download)
    }

    /// The downloads changed at or after an instant, with the tombstones of those that were removed or archived, one
    /// page.
    public func downloadChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Download>> {
        let after: SQL = cursor.map { "(d.changed, d.id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let isShown = isShownDownload(in: proceeding)
        let rows = try connection.rows(
            """
            SELECT \(raw: Self.downloadColumns), CASE WHEN \(isShown) THEN 1 ELSE 0 END FROM download d
            WHERE \(isWholeDownload(in: proceeding)) AND d.changed >= \(since) AND \(after)
                AND (\(isShown) OR d.shown = 1)
            ORDER BY d.changed, d.id LIMIT \(limit + 1)
            """
        ) { row in
            let item = download(row)
            return ChangedRow(item: item, item.id, .hidden, item.changed, row.integer(Self.afterDownload) != 0)
        }
        return Self.page(
            rows, try removed(.download, of: proceeding, since: since, limit: limit + 1, after: cursor), limit: limit)
    }

    /// One download that the viewer may see.
    public func download(_ id: Int64, of proceeding: Proceeding) throws -> Download? {
        try connection.first(
            """
            SELECT \(raw: Self.downloadColumns) FROM download d
            WHERE \(isVisibleDownload(in: proceeding)) AND d.id = \(id)
            """, download)
    }

    /// One part of the file of a download that the viewer may see, counted from 0; `nil` behind the last.
    public func downloadPart(_ ordinal: Int64, of id: Int64, in proceeding: Proceeding) throws -> [UInt8]? {
        try connection.first(
            """
            SELECT p.data FROM download d JOIN download_part p
                ON p.tenant = d.tenant AND p.proceeding = d.proceeding AND p.download = d.id
            WHERE \(isVisibleDownload(in: proceeding)) AND d.id = \(id) AND p.ordinal = \(ordinal)
            """
        ) { $0.blob(0) }
    }
}
