import FoundationEssentials
public import Participation

/// A text as it stood before it was changed or redacted.
public struct EarlierText: Sendable, Hashable {
    /// Version of the item that had this text.
    public var version: Int64
    /// Title or subject.
    public var title: String?
    /// The text.
    public var text: String
    /// Other texts that were replaced with it, by the names of their members.
    public var other: [String: String]
    /// Number of the comment that had this text, where an import has taken it off the item.
    public var comment: Int64?
    /// Why it was replaced: `edited`, `redacted`, `imported` or `attachmentEdited`.
    public var cause: String
    /// When, milliseconds since 1970.
    public var replaced: Int64
}

extension ScopedReader {
    /// The texts that an item had before, the oldest first, and then those of comments that an import took off it.
    ///
    /// - Parameter item: its number; 0 is the proceeding itself.
    public func earlierTexts(of item: Int64, in proceeding: Proceeding) throws -> [EarlierText] {
        try connection.rows(
            """
            SELECT version, title, text, cause, replaced, other, item, root FROM earlier_text
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND (item = \(item) OR root = \(item))
            ORDER BY root IS NOT NULL, item, version LIMIT 1000
            """
        ) { row in
            let other = row.optionalText(5).flatMap {
                try? JSONDecoder().decode([String: String].self, from: Data($0.utf8))
            }
            return EarlierText(
                version: row.integer(0), title: row.optionalText(1), text: row.text(2), other: other ?? [:],
                comment: row.isNull(7) ? nil : row.integer(6), cause: row.text(3), replaced: row.integer(4))
        }
    }
}

extension ScopedWriter {
    /// Keeps a text that is about to be replaced.
    func keepText(
        of item: Int64, version: Int64, title: String?, text: String, other: [String: String] = [:], cause: String,
        in proceeding: Proceeding, now: Int64
    ) throws {
        let members = other.isEmpty ? nil : String(decoding: try JSONEncoder().encode(other), as: UTF8.self)
        try connection.execute(
            """
            INSERT INTO earlier_text (tenant, proceeding, item, version, title, text, cause, replaced, other)
            VALUES (\(tenant), \(proceeding.key), \(item), \(version), \(title), \(text), \(cause), \(now), \(members))
            """)
    }

    /// Deletes the earlier texts of an item, and those of comments that stood on it.
    ///
    /// - Parameter item: its number; 0 is the proceeding itself.
    /// - Returns: how many there were.
    /// - Throws: ``StorageError``.
    @discardableResult
    public func forgetTexts(of item: Int64, in proceeding: Proceeding) throws -> Int {
        try connection.execute(
            """
            DELETE FROM earlier_text
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND (item = \(item) OR root = \(item))
            """)
    }
}
