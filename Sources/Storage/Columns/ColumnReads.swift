import GeoCore
public import Participation

/// How far columns have come: up to which version of the proceeding's data, and up to which contribution.
public struct ColumnMark: Sendable, Hashable {
    /// Version of the data.
    public var version: Int64
    /// The highest number that was there.
    public var last: Int64

    /// That of columns that have not been read.
    public static let unread = ColumnMark(version: -1, last: 0)
}

/// What is to be done to columns to bring them up to date.
public enum ColumnReading: Sendable {
    /// These rows have changed or come, in order of their numbers, whatever their state.
    case changes([ColumnRow])
    /// All columns anew, by state; those of states that nobody sees are left out.
    case all([Contribution.State: ContributionColumns])
}

extension ScopedReader {
    /// Versions for which every engine keeps what has changed; its triggers forget what is older.
    public static var keptVersions: Int64 { 50_000 }
    /// More changes than this are not looked up one by one.
    private static var changeLimit: Int { 20_000 }

    /// What one index holds, and last the first answer, of which it tells nothing.
    private static func columnNames(answered: String) -> String {
        """
        c.id, c.created, c.quality, c.category, c.x, c.y, c.minx, c.miny, c.maxx, c.maxy, c.votes_up, c.votes_down,
        c.comments, c.status, c.state, c.author, c.type, c.channel, \(answered)
        """
    }

    private static let columnNames = columnNames(
        answered: """
            (SELECT min(a.created) FROM answer a
                WHERE a.tenant = c.tenant AND a.proceeding = c.proceeding AND a.contribution = c.id)
            """)

    private static func minute(_ answered: Int64?) -> Int32 {
        // A negative minute would be taken for none.
        answered.map { Int32(clamping: max(0, $0) / 60_000) } ?? ContributionColumns.unanswered
    }

    private static func columnRow(_ row: any SQLRow) -> ColumnRow {
        let (x, y) = (row.optionalReal(4) ?? .nan, row.optionalReal(5) ?? .nan)
        var box: BoundingBox?
        if x.isFinite {
            let whole = BoundingBox(minX: row.real(6), minY: row.real(7), maxX: row.real(8), maxY: row.real(9))
            if whole != BoundingBox(minX: x, minY: y, maxX: x, maxY: y) { box = whole }
        }
        return ColumnRow(
            id: row.integer(0), created: row.integer(1),
            quality: Contribution.LocationQuality(rawValue: row.integer(2)) ?? .suspect, category: row.optionalText(3),
            longitude: x, latitude: y, box: box, votesUp: row.integer(10), votesDown: row.integer(11),
            comments: row.integer(12), status: OfficialStatus(rawValue: row.integer(13)) ?? .received,
            author: row.optionalText(15).map(AuthorNumber.of) ?? AuthorNumber.nobody, type: row.optionalText(16),
            channel: row.text(17), answered: minute(row.optionalInteger(18)),
            state: Contribution.State(rawValue: row.integer(14)) ?? .erased)
    }

    /// The columns an analysis needs of all contributions a filter lets through.
    ///
    /// - Complexity: linear; reads one index, no texts.
    public func columns(of proceeding: Proceeding, filter: ContributionFilter) throws -> ContributionColumns {
        var builder = ColumnBuilder(capacity: 0)
        try connection.query(
            """
            SELECT \(raw: Self.columnNames) FROM contribution c WHERE \(conditions(filter, proceeding))
            ORDER BY c.created, c.id
            """
        ) { row in
            builder.append(Self.columnRow(row))
            return true
        }
        return builder.finished()
    }

    /// The numbers of the contributions a filter lets through, rising.
    public func numbers(of proceeding: Proceeding, filter: ContributionFilter) throws -> [Int64] {
        try connection.rows("SELECT c.id FROM contribution c WHERE \(conditions(filter, proceeding)) ORDER BY c.id") {
            $0.integer(0)
        }
    }

    /// What brings columns up to date, with the mark they have then.
    ///
    /// It holds rows of all states: whoever keeps it asks ``Participation/Viewer/countedStates(in:)`` before each answer.
    ///
    /// - Parameter mark: how far the columns have come; `nil` where there are none.
    /// - Complexity: that of the changes, as long as these are few; else linear in all contributions.
    public func columnReading(
        of proceeding: Proceeding, since mark: ColumnMark?
    ) throws -> (reading: ColumnReading, mark: ColumnMark) {
        let key: SQL = "tenant = \(tenant) AND proceeding = \(proceeding.key)"
        let version = try connection.first("SELECT data_version FROM proceeding WHERE \(key)") { $0.integer(0) } ?? 0
        let last = try connection.first("SELECT max(id) FROM contribution WHERE \(key)") { $0.integer(0) } ?? 0
        let now = ColumnMark(version: version, last: last)
        guard let mark, mark.version <= version, version - mark.version < Self.keptVersions,
            let rows = try changes(of: proceeding, since: mark)
        else { return (.all(try columnsByState(of: proceeding)), now) }
        return (.changes(rows), now)
    }

    /// The rows that changed since a mark or came after it; `nil` where they are too many.
    private func changes(of proceeding: Proceeding, since mark: ColumnMark) throws -> [ColumnRow]? {
        let key: SQL = "tenant = \(tenant) AND proceeding = \(proceeding.key)"
        // A change of the version that was read may have come after it was read, before the version rose.
        let ids = try connection.rows(
            """
            SELECT DISTINCT id FROM contribution_change WHERE \(key) AND version >= \(mark.version)
            ORDER BY id LIMIT \(Self.changeLimit + 1)
            """
        ) { $0.integer(0) }
        guard ids.count <= Self.changeLimit else { return nil }
        let whole: SQL = "c.tenant = \(tenant) AND c.proceeding = \(proceeding.key)"
        var rows: [ColumnRow] = []
        for start in stride(from: 0, to: ids.count, by: 256) {
            let some = ids[start..<min(start + 256, ids.count)].filter { $0 <= mark.last }
            rows += try connection.rows(
                """
                SELECT \(raw: Self.columnNames) FROM contribution c
                WHERE \(whole) AND c.id IN \(SQL.list(some)) ORDER BY c.id
                """, Self.columnRow)
        }
        let new = try connection.rows(
            """
            SELECT \(raw: Self.columnNames) FROM contribution c WHERE \(whole) AND c.id > \(mark.last)
            ORDER BY c.id LIMIT \(Self.changeLimit + 1)
            """, Self.columnRow)
        return new.count <= Self.changeLimit ? rows + new : nil
    }

    private func columnsByState(of proceeding: Proceeding) throws -> [Contribution.State: ContributionColumns] {
        let states = Viewer.statesSeenBySomebody
        let key: SQL = "c.tenant = \(tenant) AND c.proceeding = \(proceeding.key)"
        let counts = try connection.rows(
            "SELECT c.state, count(*) FROM contribution c WHERE \(key) GROUP BY c.state"
        ) { (Contribution.State(rawValue: $0.integer(0)), Int($0.integer(1))) }
        var builders: [Contribution.State: ColumnBuilder] = [:]
        for case (let state?, let count) in counts where states.contains(state) {
            builders[state] = ColumnBuilder(capacity: count)
        }
        // All answers at once: looked up one by one they would cost more than the rows.
        let answers = Dictionary(
            try connection.rows(
                "SELECT c.contribution, min(c.created) FROM answer c WHERE \(key) GROUP BY c.contribution"
            ) { ($0.integer(0), $0.integer(1)) }, uniquingKeysWith: { first, _ in first })
        try connection.query(
            """
            SELECT \(raw: Self.columnNames(answered: "NULL")) FROM contribution c
            WHERE \(key) AND c.state IN \(SQL.list(states.map(\.rawValue))) ORDER BY c.created, c.id
            """
        ) { row in
            var row = Self.columnRow(row)
            row.answered = Self.minute(answers[row.id])
            builders[row.state]?.append(row)
            return true
        }
        connection.forgetPages()
        return builders.mapValues { $0.finished() }
    }
}
