public import Participation

extension ScopedWriter {
    /// Hangs an image on an item, whose version rises.
    ///
    /// - Returns: the attachment with its number.
    /// - Throws: ``StorageError``.
    public func insert(
        _ attachment: Attachment, picture: AttachmentFile, thumbnail: AttachmentFile, in proceeding: Proceeding
    ) throws -> Attachment {
        var stored = attachment
        stored.id = try take(from: "item")
        try connection.execute(
            """
            INSERT INTO attachment (tenant, proceeding, id, kind, item, alt, credit, type, width, height, bytes, created,
                changed)
            VALUES (\(tenant), \(proceeding.key), \(stored.id), \(stored.item.kind.rawValue), \(stored.item.id),
                \(stored.alt), \(stored.credit), \(stored.mediaType), \(stored.width), \(stored.height),
                \(stored.byteCount), \(stored.created), \(stored.created))
            """)
        for (size, file) in [(AttachmentFile.Size.picture, picture), (.thumbnail, thumbnail)] {
            try connection.execute(
                """
                INSERT INTO attachment_file (tenant, proceeding, attachment, size, type, digest, data)
                VALUES (\(tenant), \(proceeding.key), \(stored.id), \(size.rawValue), \(file.mediaType),
                    \(file.digest), \(file.bytes))
                """)
        }
        try recountAttachments(of: stored.item, in: proceeding, now: stored.created)
        return stored
    }

    /// Writes anew what is said of an image; the version of its item rises, and the old words are kept as history.
    ///
    /// - Parameter version: that of the item until now.
    /// - Throws: ``StorageError``.
    public func replace(
        _ old: Attachment, with attachment: Attachment, version: Int64, in proceeding: Proceeding, now: Int64
    ) throws {
        try keepText(
            of: old.item.id, version: version, title: "attachments/\(old.id)",
            text: [old.alt, old.credit].compactMap(\.self).joined(separator: "\n"), cause: "attachmentEdited",
            in: proceeding, now: now)
        try connection.execute(
            """
            UPDATE attachment SET alt = \(attachment.alt), credit = \(attachment.credit), changed = \(now)
            WHERE \(attachments(of: old.item, in: proceeding)) AND id = \(old.id)
            """)
        try recountAttachments(of: old.item, in: proceeding, now: now)
    }

    /// Takes an image off an item, whose version rises; its number stays as a tombstone.
    ///
    /// - Returns: whether it was there.
    /// - Throws: ``StorageError``.
    public func removeAttachment(
        _ id: Int64, of item: ItemReference, in proceeding: Proceeding, now: Int64
    ) throws -> Bool {
        let place = attachments(of: item, in: proceeding)
        try connection.execute("DELETE FROM idempotency WHERE tenant = \(tenant) AND item = \(id)")
        guard try connection.execute("DELETE FROM attachment WHERE \(place) AND id = \(id)") > 0 else { return false }
        try noteRemoval(.attachment, id, on: item, of: proceeding, now: now)
        try recountAttachments(of: item, in: proceeding, now: now)
        return true
    }

    /// Takes all images off an item that goes itself.
    ///
    /// - Returns: their number.
    /// - Throws: ``StorageError``.
    @discardableResult
    public func removeAttachments(of item: ItemReference, in proceeding: Proceeding) throws -> Int {
        let place = attachments(of: item, in: proceeding)
        try connection.execute(
            """
            DELETE FROM idempotency
            WHERE tenant = \(tenant) AND item IN (SELECT id FROM attachment WHERE \(place))
            """)
        return try connection.execute("DELETE FROM attachment WHERE \(place)")
    }

    private func attachments(of item: ItemReference, in proceeding: Proceeding) -> SQL {
        """
        tenant = \(tenant) AND proceeding = \(proceeding.key) AND kind = \(item.kind.rawValue) AND item = \(item.id)
        """
    }

    private func recountAttachments(of item: ItemReference, in proceeding: Proceeding, now: Int64) throws {
        guard item.kind != .comment else { return }
        try connection.execute(
            """
            UPDATE \(item.kind.table) SET
                attachments = (SELECT count(*) FROM attachment WHERE \(attachments(of: item, in: proceeding))),
                version = version + 1, changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(item.id)
            """)
    }
}
