import GeoCore
import Participation

/// What the store has of a contribution for the next import.
struct ToldContribution {
    var marks: SourceMarks?
    /// Its true point.
    var point: Position?
}

/// A contribution of an import beside the one that is there: what the source tells anew comes in, the rest stays as it is
/// here.
struct MergedContribution {
    /// The fields that a source tells, in the order of their marks.
    private enum Field: Int, CaseIterable {
        case title, text, category, type, place, created
    }

    /// What is to be stored.
    private(set) var placed: PlacedContribution
    /// What the source says now.
    private(set) var marks: SourceMarks
    /// Whether something differs from the source because it was changed here.
    private(set) var isKept = false

    init(_ item: PlacedContribution, into old: Contribution, told: ToldContribution) {
        placed = item
        marks = Self.marks(of: item.contribution)
        var wanted = item.contribution
        wanted.id = old.id
        wanted.state = old.state
        wanted.commentCount = old.commentCount
        wanted.changed = old.changed
        (wanted.version, wanted.edited) = (old.version, old.edited)
        (wanted.author, wanted.language) = (old.author, old.language)
        if !item.tellsChannel { wanted.channel = old.channel }
        (wanted.status, wanted.attachments) = (old.status, old.attachments)
        (wanted.tags, wanted.pickedKeywords) = (old.tags, old.pickedKeywords)
        wanted.suggestedKeywords = old.suggestedKeywords
        // Votes cast here are kept on top of those the source counted.
        wanted.votesUp += old.votesUp - old.importedVotesUp
        wanted.votesDown += old.votesDown - old.importedVotesDown
        // A source without a time tells that of the import.
        if item.contribution.created == item.contribution.changed { wanted.created = old.created }
        // What a moderator took out of a text does not come back with a repeated import.
        wanted.isRedacted = old.isRedacted
        if old.isRedacted {
            (wanted.title, wanted.text) = (old.title, old.text)
            marks.forgetTexts()
        }
        for field in Field.allCases where marks.isUnchanged(field.rawValue, since: told.marks) {
            switch field {
            case .title: keep(\.title, of: old, in: &wanted)
            case .text: keep(\.text, of: old, in: &wanted)
            case .category: keep(\.category, of: old, in: &wanted)
            case .type: keep(\.type, of: old, in: &wanted)
            case .created: keep(\.created, of: old, in: &wanted)
            case .place:
                guard wanted.geometry != old.geometry else { continue }
                keep(\.geometry, of: old, in: &wanted)
                wanted.quality = old.quality
                placed.point = told.point
            }
        }
        placed.contribution = wanted
    }

    private mutating func keep<Value: Equatable>(
        _ field: WritableKeyPath<Contribution, Value>, of old: Contribution, in wanted: inout Contribution
    ) {
        guard wanted[keyPath: field] != old[keyPath: field] else { return }
        wanted[keyPath: field] = old[keyPath: field]
        isKept = true
    }

    /// What a source says of a contribution.
    static func marks(of contribution: Contribution) -> SourceMarks {
        // Outer blanks are no news.
        let words = [contribution.title, contribution.text].map { Array(TextRule.cleaned($0).utf8) }
        return SourceMarks([
            words[0], words[1],
            contribution.category.map { Array($0.utf8) }, contribution.type.map { Array($0.utf8) },
            contribution.geometry.map { WKB.encode($0) },
            contribution.created == contribution.changed ? nil : Array(String(contribution.created).utf8),
        ])
    }
}

extension SourceMarks {
    /// Forgets title and text of a contribution.
    mutating func forgetTexts() {
        forget(0)
        forget(1)
    }
}

extension ScopedReader {
    /// What the store has for the next import of contributions of a source, by number.
    func told(source: String, externalIDs: [String], of proceeding: Proceeding) throws -> [Int64: ToldContribution] {
        var result: [Int64: ToldContribution] = [:]
        for start in stride(from: 0, to: externalIDs.count, by: 256) {
            let some = externalIDs[start..<min(start + 256, externalIDs.count)]
            try connection.query(
                """
                SELECT id, told, coalesce(exact_x, x), coalesce(exact_y, y) FROM contribution
                WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND source = \(source)
                    AND external_id IN \(SQL.list(Array(some)))
                """
            ) { row in
                result[row.integer(0)] = ToldContribution(
                    marks: row.isNull(1) ? nil : SourceMarks(row.blob(1)),
                    point: row.isNull(2) ? nil : Position(row.real(2), row.real(3)))
                return true
            }
        }
        return result
    }
}

extension ScopedWriter {
    /// Keeps what the source of a contribution said last.
    func keep(_ marks: SourceMarks?, ofContribution id: Int64, in proceeding: Proceeding) throws {
        try connection.execute(
            """
            UPDATE contribution SET told = \(marks?.bytes)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id)
            """)
    }

    /// Forgets what the source of a contribution said of its texts, after passages were taken out of them.
    func forgetToldTexts(ofContribution id: Int64, in proceeding: Proceeding) throws {
        let told = try connection.first(
            """
            SELECT told FROM contribution
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND id = \(id) AND told IS NOT NULL
            """
        ) { SourceMarks($0.blob(0)) }
        guard var marks = told ?? nil else { return }
        marks.forgetTexts()
        try keep(marks, ofContribution: id, in: proceeding)
    }
}
