public import GeoCore
public import Storage

/// SQLite's own ways: R*Tree for boxes, FTS5 for words.
///
/// The R*Tree has a third axis that holds the key of the space (proceeding or layer version), so that a query never
/// walks boxes of others; its numbers are 32-bit floats, exact for keys below 2²⁴.
public struct SQLiteDialect: Dialect {
    /// Makes the dialect.
    public init() {}

    /// Name for people.
    public var name: String { "SQLite" }

    /// The schema, step by step.
    public var migrations: [Migration] {
        [
            Migration(
                number: 1,
                statements: Schema.initial + [
                    """
                    CREATE VIRTUAL TABLE contribution_place USING rtree (
                        id, minx, maxx, miny, maxy, mink, maxk)
                    """,
                    """
                    CREATE VIRTUAL TABLE layer_feature_place USING rtree (
                        id, minx, maxx, miny, maxy, mink, maxk)
                    """,
                    """
                    CREATE VIRTUAL TABLE contribution_words USING fts5 (
                        title, text, content = '', tokenize = 'unicode61 remove_diacritics 2')
                    """,
                ]),
            Migration(number: 2, statements: Schema.citizens),
            Migration(
                number: 3,
                statements: [
                    "INSERT INTO contribution_words (contribution_words) VALUES ('delete-all')",
                    """
                    INSERT INTO contribution_words (rowid, title, text)
                    SELECT id, \(Self.stems)(title), \(Self.stems)(text) FROM contribution
                    """,
                ]),
            Migration(number: 4, statements: Schema.moderation),
            Migration(number: 5, statements: Schema.pds),
            Migration(number: 6, statements: Self.outbox),
            Migration(number: 7, statements: Schema.identity + Schema.audit),
            Migration(number: 8, statements: Schema.tenancy),
            Migration(
                number: 9,
                statements: Schema.answers + [
                    """
                    CREATE TRIGGER answer_stands BEFORE UPDATE ON answer
                    BEGIN SELECT RAISE(ABORT, 'official answers are only ever added'); END
                    """
                ]),
            Migration(number: 10, statements: Schema.privacy),
            Migration(number: 11, statements: Self.answersAndVotes),
            Migration(number: 12, statements: Schema.conceptions + Self.outboxOfConceptions),
            Migration(number: 13, statements: Schema.appointments),
            Migration(number: 14, statements: Schema.attachments + Self.attachmentOutbox + Schema.downloads),
            Migration(number: 15, statements: Schema.issuers),
            Migration(number: 16, statements: Self.changes),
            Migration(number: 17, statements: Self.attachmentTextOutbox),
            Migration(number: 18, statements: Self.columnAuthors),
            Migration(number: 19, statements: Schema.conceptionAttachments + Self.conceptionAttachmentOutbox),
            Migration(number: 20, statements: Schema.categoryIcons),
            Migration(number: 21, statements: Schema.imageRoom + Schema.shown),
            Migration(number: 22, statements: Self.figures),
            Migration(number: 23, statements: Schema.removals + Self.proceedingChanges),
            Migration(number: 24, statements: Schema.emergencyAccess),
            Migration(number: 25, statements: Schema.unfinished + Self.outboxOfFinishedProceedings),
            Migration(number: 26, statements: Schema.keptAnswers + Self.outboxOfProceedings + Schema.emergencyLimits),
            Migration(number: 27, statements: Schema.history),
            Migration(number: 28, statements: Schema.lists + Self.listEntries),
            Migration(
                number: 29,
                statements: Schema.privacyBudget + [
                    """
                    CREATE TRIGGER privacy_spending_is_not_changed BEFORE UPDATE ON privacy_spending
                    BEGIN SELECT RAISE(ABORT, 'what was spent of a privacy budget is not changed'); END
                    """
                ]),
            Migration(number: 30, statements: Schema.sources),
            Migration(number: 31, statements: Schema.tags),
            Migration(number: 32, statements: Schema.reporters),
            Migration(number: 33, statements: ["ALTER TABLE layer ADD COLUMN licence TEXT"]),
            Migration(number: 34, statements: Schema.pickedSources),
            Migration(number: 35, statements: Schema.sensitiveCategories),
            Migration(number: 36, statements: ["ALTER TABLE layer ADD COLUMN reading TEXT"]),
            Migration(number: 37, statements: Self.outboxOfChannels),
        ]
    }

    /// Name of the function in migrations that makes the stems of a text.
    static let stems = "german_stems"

    /// Ids whose box meets the box, in the space.
    public func candidates(index: SpatialIndex, key: Int64, box: BoundingBox) -> SQL {
        """
        SELECT id FROM \(raw: index.rawValue) WHERE minx <= \(box.maxX) AND maxx >= \(box.minX)
            AND miny <= \(box.maxY) AND maxy >= \(box.minY) AND mink <= \(key) AND maxk >= \(key)
        """
    }

    /// Numbers as one JSON text: bindings are limited in number, texts are not.
    public func numbers(_ list: [Int64]) -> SQL {
        "SELECT value FROM json_each(\("[\(list.map(String.init).joined(separator: ","))]"))"
    }

    /// Lets references be broken until the end of the transaction.
    public var deferReferences: SQL { "PRAGMA defer_foreign_keys = ON" }

    /// A query for the names of all tables that have all these columns.
    public func tables(with columns: [String]) -> SQL {
        let conditions = columns.map { column -> SQL in
            "EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = \(column))"
        }
        return """
            SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND \(SQL.joined(conditions, separator: " AND "))
            ORDER BY m.name
            """
    }

    /// Enters one box.
    public func spatialInsert(index: SpatialIndex) -> String {
        """
        INSERT INTO \(index.rawValue) (id, minx, maxx, miny, maxy, mink, maxk) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    }

    /// Removes one box.
    public func spatialDelete(index: SpatialIndex, id: Int64) -> SQL {
        "DELETE FROM \(raw: index.rawValue) WHERE id = \(id)"
    }

    /// Removes all boxes of a space.
    public func spatialDelete(index: SpatialIndex, key: Int64) -> SQL {
        "DELETE FROM \(raw: index.rawValue) WHERE mink = \(key) AND maxk = \(key)"
    }

    /// Enters the words of a contribution.
    public var textInsert: String { "INSERT INTO contribution_words (rowid, title, text) VALUES ($1, $2, $3)" }

    /// Removes the words of a contribution.
    public func textDelete(id: Int64, title: String, text: String) -> SQL {
        """
        INSERT INTO contribution_words (contribution_words, rowid, title, text)
        VALUES ('delete', \(id), \(title), \(text))
        """
    }

    /// Ids that hold all stems, each as a prefix; stems are quoted, so nothing typed is read as query syntax.
    public func textMatches(_ stems: [String]) -> SQL {
        let match = stems.map { "\"\($0.filter { $0 != "\"" })\" *" }.joined(separator: " ")
        return "SELECT rowid FROM contribution_words WHERE contribution_words MATCH \(match)"
    }

    /// The condition that a column holds a text of a pattern: by GLOB, since LIKE takes `A` for `a` here.
    public func matches(_ column: String, pattern: String) -> SQL {
        var glob = ""
        var isEscaped = false
        for character in pattern.unicodeScalars {
            switch character {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "%" where !isEscaped: glob += "*"
            case "_" where !isEscaped: glob += "?"
            case "*", "?", "[": glob += "[\(character)]"
            default: glob.unicodeScalars.append(character)
            }
            isEscaped = false
        }
        return "\(raw: column) GLOB \(glob)"
    }

    /// Ids that hold one of the stems, ranked by BM25 (FTS5, 5.1.1).
    public func textRanked(_ stems: [String]) -> SQL {
        let match = stems.map { "\"\($0.filter { $0 != "\"" })\"" }.joined(separator: " OR ")
        return "SELECT rowid AS id, rank FROM contribution_words WHERE contribution_words MATCH \(match)"
    }
}
