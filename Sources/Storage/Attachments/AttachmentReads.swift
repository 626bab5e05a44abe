public import Participation

/// The file of an image as it is served.
public struct AttachmentFile: Sendable, Hashable {
    /// The two sizes that are kept.
    public enum Size: Int64, Sendable, Hashable, CaseIterable {
        case thumbnail = 0
        case picture = 1
    }

    /// Media type.
    public var mediaType: String
    /// SHA-256 of the bytes, in hexadecimal digits.
    public var digest: String
    /// The bytes.
    public var bytes: [UInt8]

    /// Makes a file.
    public init(mediaType: String, digest: String, bytes: [UInt8]) {
        self.mediaType = mediaType
        self.digest = digest
        self.bytes = bytes
    }
}

extension ScopedReader {
    static var attachmentColumns: String { "id, kind, item, alt, credit, type, width, height, bytes, created" }

    /// Where the next column after ``attachmentColumns`` stands.
    static var afterAttachment: Int { 10 }

    func attachment(_ row: any SQLRow) -> Attachment {
        Attachment(
            id: row.integer(0),
            item: row.integer(1) == ItemKind.conception.rawValue
                ? .conception(row.integer(2)) : .contribution(row.integer(2)),
            alt: row.text(3), credit: row.optionalText(4), mediaType: row.text(5), width: Int(row.integer(6)),
            height: Int(row.integer(7)), byteCount: Int(row.integer(8)), created: row.integer(9))
    }

    /// The images on items of one kind, by the number of the item, the oldest first.
    ///
    /// Says nothing of who may see the items: ask for those alone that the viewer sees.
    ///
    /// - Complexity: one look-up where a proceeding has no images at all, else one for some hundred items.
    func attachments(
        of kind: ItemKind, _ items: [Int64], in proceeding: Int64
    ) throws -> [Int64: [Attachment]] {
        guard !items.isEmpty, try hasAttachments(proceeding) else { return [:] }
        var result: [Int64: [Attachment]] = [:]
        for start in stride(from: 0, to: items.count, by: 256) {
            let some = Array(items[start..<min(start + 256, items.count)])
            try connection.query(
                """
                SELECT \(raw: Self.attachmentColumns) FROM attachment
                WHERE tenant = \(tenant) AND proceeding = \(proceeding) AND kind = \(kind.rawValue)
                    AND item IN \(SQL.list(some)) ORDER BY item, id
                """
            ) { row in
                let found = attachment(row)
                result[found.item.id, default: []].append(found)
                return true
            }
        }
        return result
    }

    private func hasAttachments(_ proceeding: Int64) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM attachment WHERE tenant = \(tenant) AND proceeding = \(proceeding) LIMIT 1"
        ) { $0.integer(0) } != nil
    }

    /// Contributions of one proceeding with the images that hang on them.
    func withAttachments(_ contributions: [Contribution], in proceeding: Int64) throws -> [Contribution] {
        try withAttachments(contributions, of: .contribution, \.id, \.attachments, in: proceeding)
    }

    /// Conceptions of one proceeding with the images that hang on them.
    func withAttachments(_ conceptions: [Conception], in proceeding: Int64) throws -> [Conception] {
        try withAttachments(conceptions, of: .conception, \.id, \.attachments, in: proceeding)
    }

    private func withAttachments<Item>(
        _ items: [Item], of kind: ItemKind, _ id: KeyPath<Item, Int64>,
        _ attachments: WritableKeyPath<Item, [Attachment]>, in proceeding: Int64
    ) throws -> [Item] {
        let found = try self.attachments(of: kind, items.map { $0[keyPath: id] }, in: proceeding)
        guard !found.isEmpty else { return items }
        var result = items
        for index in result.indices { result[index][keyPath: attachments] = found[result[index][keyPath: id]] ?? [] }
        return result
    }

    /// The images on those contributions of an export's page that have some, by number of the contribution.
    public func exportAttachments(
        of proceeding: Proceeding, filter: ContributionFilter, after id: Int64, limit: Int
    ) throws -> [Int64: [Attachment]] {
        guard try hasAttachments(proceeding.key) else { return [:] }
        let filter = filter.page(after: id, limit: limit)
        let page = try connection.rows(
            """
            SELECT id, attachments FROM (SELECT c.id, c.attachments FROM contribution c
                WHERE \(conditions(filter, proceeding)) AND c.id > \(id) ORDER BY c.id LIMIT \(limit)) AS p
            WHERE attachments > 0
            """
        ) { $0.integer(0) }
        return try attachments(of: .contribution, page, in: proceeding.key)
    }

    /// The images of a proceeding that hang on what the viewer may see, by number, one page.
    public func attachments(
        of proceeding: Proceeding, limit: Int, after cursor: Cursor?
    ) throws -> Page<Attachment> {
        func isOnVisible(_ kind: ItemKind) -> SQL {
            """
            (a.kind = \(kind.rawValue) AND EXISTS (SELECT 1 FROM \(kind.table) i WHERE i.tenant = \(tenant)
                AND i.proceeding = \(proceeding.key) AND i.id = a.item AND \(isVisible("i", in: proceeding))))
            """
        }
        var items = try connection.rows(
            """
            SELECT \(raw: Self.attachmentColumns) FROM attachment a
            WHERE a.tenant = \(tenant) AND a.proceeding = \(proceeding.key) AND a.id > \(cursor?.minor ?? 0)
                AND (\(SQL.joined([ItemKind.contribution, .conception].map(isOnVisible), separator: " OR ")))
            ORDER BY a.id LIMIT \(limit + 1)
            """, attachment)
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: 0, minor: $0.id) })
    }

    /// Bytes of all pictures of the tenant, their small copies aside.
    ///
    /// - Complexity: linear in their number, by an index alone.
    public func imageBytes() throws -> Int64 {
        try connection.first("SELECT coalesce(sum(bytes), 0) FROM attachment WHERE tenant = \(tenant)") {
            $0.integer(0)
        } ?? 0
    }

    /// The file of an image on an item; says nothing of who may see the item.
    public func attachmentFile(
        _ id: Int64, _ size: AttachmentFile.Size, of item: ItemReference, in proceeding: Proceeding
    ) throws -> AttachmentFile? {
        try connection.first(
            """
            SELECT f.type, f.digest, f.data FROM attachment a JOIN attachment_file f
                ON f.tenant = a.tenant AND f.proceeding = a.proceeding AND f.attachment = a.id
            WHERE a.tenant = \(tenant) AND a.proceeding = \(proceeding.key) AND a.id = \(id)
                AND a.kind = \(item.kind.rawValue) AND a.item = \(item.id) AND f.size = \(size.rawValue)
            """
        ) { AttachmentFile(mediaType: $0.text(0), digest: $0.text(1), bytes: $0.blob(2)) }
    }
}
