public import Participation

/// A report as the participant who made it reads it.
public struct OwnReport: Sendable, Hashable {
    /// Slug of the proceeding.
    public var proceeding: String
    /// What was reported.
    public var kind: ItemKind
    /// Number of what was reported.
    public var item: Int64
    /// The reason, a word of the list.
    public var reason: String
    /// What the participant wrote.
    public var text: String?
    /// When, milliseconds since 1970.
    public var created: Int64
}

/// A text of one's own as it stood before it was changed.
public struct OwnEarlierText: Sendable, Hashable {
    /// Number of the contribution or comment.
    public var item: Int64
    /// Version of it that had this text.
    public var version: Int64
    /// Title or subject.
    public var title: String?
    /// The text.
    public var text: String
    /// When it was replaced, milliseconds since 1970.
    public var replaced: Int64
}

extension ScopedReader {
    /// All reports of the participant who asks, in order of entry.
    public func ownReports() throws -> [OwnReport] {
        guard let participant = scope.viewer.participant else { return [] }
        return try connection.rows(
            """
            SELECT p.id, r.kind, r.item, r.reason, r.text, r.created FROM report r JOIN proceeding p
                ON p.tenant = r.tenant AND p.proceeding = r.proceeding
            WHERE r.tenant = \(tenant) AND r.participant = \(participant) ORDER BY r.id
            """
        ) { row in
            OwnReport(
                proceeding: row.text(0), kind: ItemKind(rawValue: row.integer(1)) ?? .contribution,
                item: row.integer(2), reason: row.text(3), text: row.optionalText(4), created: row.integer(5))
        }
    }

    /// All earlier texts of what the participant who asks has written, by number and version.
    public func ownEarlierTexts() throws -> [OwnEarlierText] {
        guard let participant = scope.viewer.participant else { return [] }
        return try connection.rows(
            """
            SELECT item, version, title, text, replaced FROM earlier_text
            WHERE tenant = \(tenant) AND (proceeding, item) IN (
                SELECT proceeding, id FROM contribution WHERE tenant = \(tenant) AND author = \(participant)
                UNION ALL
                SELECT proceeding, id FROM comment WHERE tenant = \(tenant) AND author = \(participant))
            ORDER BY item, version
            """
        ) { row in
            OwnEarlierText(
                item: row.integer(0), version: row.integer(1), title: row.optionalText(2), text: row.text(3),
                replaced: row.integer(4))
        }
    }
}
