public import Participation

extension ScopedReader {
    /// The images on an item that came, or of which something else is said, at or after an instant, with the tombstones
    /// of those that were taken off it, one page.
    ///
    /// Says nothing of who may see the item: ask for one alone that the viewer sees.
    public func attachmentChanges(
        on item: ItemReference, of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Attachment>> {
        let after: SQL = cursor.map { "(changed, id) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let rows = try connection.rows(
            """
            SELECT \(raw: Self.attachmentColumns), changed FROM attachment
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND kind = \(item.kind.rawValue)
                AND item = \(item.id) AND changed >= \(since) AND \(after)
            ORDER BY changed, id LIMIT \(limit + 1)
            """
        ) { row in
            let image = attachment(row)
            return ChangedRow(item: image, image.id, changed: row.integer(Self.afterAttachment))
        }
        return Self.page(
            rows,
            try removed(.attachment, on: item.id, of: proceeding, since: since, limit: limit + 1, after: cursor),
            limit: limit)
    }
}
