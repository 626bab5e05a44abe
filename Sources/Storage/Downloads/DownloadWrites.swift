public import Participation

extension ScopedWriter {
    /// Begins a download that nobody sees until its parts are in; what was begun an hour ago and not ended is swept.
    ///
    /// - Returns: its number.
    /// - Throws: ``StorageError``.
    public func begin(_ download: Download, of proceeding: Proceeding) throws -> Int64 {
        try sweepDownloads(now: download.created)
        let id = try take(from: "item")
        try connection.execute(
            """
            INSERT INTO download (tenant, proceeding, id, title, description, language, documentation, weight, archived,
                file_name, type, bytes, digest, created, changed, version, complete)
            VALUES (\(tenant), \(proceeding.key), \(id), \(download.title), \(download.description),
                \(download.language), \(download.isDocumentation), \(download.weight), \(download.isArchived),
                \(download.fileName), \(download.mediaType), \(download.byteCount), \(download.digest),
                \(download.created), \(download.created), 1, 0)
            """)
        return id
    }

    /// Removes what was begun an hour ago and has not come in, in all proceedings.
    public func sweepDownloads(now: Int64) throws {
        try connection.execute(
            "DELETE FROM download WHERE tenant = \(tenant) AND complete = 0 AND created < \(now - 3_600_000)")
    }

    /// Adds one part of the file, counted from 0.
    public func append(_ part: [UInt8], ordinal: Int64, to download: Int64, of proceeding: Proceeding) throws {
        try connection.execute(
            """
            INSERT INTO download_part (tenant, proceeding, download, ordinal, data)
            VALUES (\(tenant), \(proceeding.key), \(download), \(ordinal), \(part))
            """)
    }

    /// Adds one part of the file of another proceeding's download, counted from 0.
    ///
    /// - Returns: its bytes; `nil` behind the last.
    public func copyPart(
        _ ordinal: Int64, of source: Int64, in template: Proceeding, to download: Int64, of proceeding: Proceeding
    ) throws -> Int64? {
        try connection.first(
            """
            INSERT INTO download_part (tenant, proceeding, download, ordinal, data)
            SELECT tenant, \(proceeding.key), \(download), ordinal, data FROM download_part
            WHERE tenant = \(tenant) AND proceeding = \(template.key) AND download = \(source) AND ordinal = \(ordinal)
            RETURNING length(data)
            """
        ) { $0.integer(0) }
    }

    /// Shows a download whose parts are in; it counts as changed when that happens.
    public func complete(_ download: Int64, of proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            """
            UPDATE download SET complete = 1, changed = \(now), shown = 1 - archived
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(download)
            """)
    }

    /// Writes anew what is said of a download, and keeps the old texts as history; its version rises.
    public func replace(_ old: Download, with download: Download, of proceeding: Proceeding) throws {
        if (old.title, old.description) != (download.title, download.description) {
            try keepText(
                of: old.id, version: old.version, title: old.title, text: old.description ?? "", cause: "edited",
                in: proceeding, now: download.changed)
        }
        try connection.execute(
            """
            UPDATE download SET title = \(download.title), description = \(download.description),
                language = \(download.language), documentation = \(download.isDocumentation),
                weight = \(download.weight), archived = \(download.isArchived), file_name = \(download.fileName),
                changed = \(download.changed), version = version + 1,
                shown = CASE WHEN \(download.isArchived) THEN shown ELSE 1 END
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(download.id)
            """)
    }

    /// Removes a download with its file and its earlier texts; of what was ever shown the number stays as a tombstone.
    public func removeDownload(_ id: Int64, of proceeding: Proceeding, now: Int64) throws {
        let wasShown = try connection.first(
            """
            SELECT 1 FROM download
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id) AND shown = 1
            """
        ) { _ in true }
        try forgetTexts(of: id, in: proceeding)
        if wasShown == true { try noteRemoval(.download, id, of: proceeding, now: now) }
        try connection.execute(
            "DELETE FROM download WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)")
    }
}
