public import Participation

extension ScopedReader {
    private static var downloadColumns: String {
        """
        id, title, description, language, documentation, weight, archived, file_name, type, bytes, digest, created,
        changed, version
        """
    }

    private func download(_ row: any SQLRow) -> Download {
        Download(
            id: row.integer(0), title: row.text(1), description: row.optionalText(2), language: row.optionalText(3),
            isDocumentation: row.integer(4) != 0, weight: Int(row.integer(5)), isArchived: row.integer(6) != 0,
            fileName: row.text(7), mediaType: row.text(8), byteCount: row.integer(9), digest: row.text(10),
            created: row.integer(11), changed: row.integer(12), version: row.integer(13))
    }

    /// The rule on downloads: those that are whole, and archived ones for those who manage the proceeding.
    private func isVisibleDownload(in proceeding: Proceeding) -> SQL {
        let archived: SQL =
            scope.viewer.may(.manageProceeding, in: proceeding.key) ? "TRUE" : "d.archived = 0"
        return """
            d.tenant = \(tenant) AND d.proceeding = \(proceeding.key) AND d.complete = 1 AND \(archived)
            """
    }

    /// The downloads of a proceeding that the viewer may see, in their order, at most 1,000.
    public func downloads(of proceeding: Proceeding) throws -> [Download] {
        try connection.rows(
            """
            SELECT \(raw: Self.downloadColumns) FROM download d WHERE \(isVisibleDownload(in: proceeding))
            ORDER BY d.weight, d.id LIMIT 1000
            """, download)
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
