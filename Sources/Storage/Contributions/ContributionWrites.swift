public import GeoCore
public import Participation
import TextSearch

/// A contribution with what the store keeps beside it for searching.
public struct PlacedContribution: Sendable {
    /// The contribution.
    public var contribution: Contribution
    /// A point that stands for it in longitude/latitude.
    public var point: Position?
    /// Whether the source of an import tells how it came in; what is known here stays where it does not.
    public var tellsChannel: Bool

    /// Pairs a contribution with its representative point.
    public init(_ contribution: Contribution, point: Position?, tellsChannel: Bool = false) {
        self.contribution = contribution
        self.point = point
        self.tellsChannel = tellsChannel
    }
}

/// What an import did to one row.
public enum ImportOutcome: Sendable, Hashable {
    case imported, updated, unchanged
    /// Nothing, since what differs from the source was changed here.
    case kept
}

extension ScopedWriter {
    /// Adds contributions and gives them their numbers, in order; indexes included.
    ///
    /// - Parameter areImported: whether they come from a file or another system, so that they are no news.
    /// - Throws: ``StorageError``.
    public func insert(
        _ placed: [PlacedContribution], areImported: Bool = false, into proceeding: Proceeding
    ) throws -> [Int64] {
        guard !placed.isEmpty else { return [] }
        let first = try take(Int64(placed.count), from: "item")
        var insert = try ContributionInsert(connection)
        var ids: [Int64] = []
        ids.reserveCapacity(placed.count)
        for (offset, item) in placed.enumerated() {
            let id = first + Int64(offset)
            let hasSource = areImported || item.contribution.externalID != nil
            let told = hasSource ? MergedContribution.marks(of: item.contribution) : nil
            try insert.run(item, told: told, id: id, tenant: tenant, proceeding: proceeding.key)
            ids.append(id)
        }
        return ids
    }

    /// Adds contributions of an import, or brings those of the same source and external id up to date: what the source
    /// tells anew comes in, what was changed here stays.
    ///
    /// - Returns: for each item its number and what was done, in the order of the items.
    /// - Throws: ``StorageError``.
    /// - Complexity: one look-up for some hundred items; new items are entered in bulk.
    public func merge(
        _ items: [PlacedContribution], into proceeding: Proceeding
    ) throws -> [(id: Int64, outcome: ImportOutcome)] {
        var known: [String: Contribution] = [:]
        var told: [Int64: ToldContribution] = [:]
        var names: [String: [String]] = [:]
        for name in items.compactMap(Self.name) { names[name.source, default: []].append(name.externalID) }
        for (source, ids) in names {
            for contribution in try reader.contributions(source: source, externalIDs: ids, of: proceeding) {
                known[Self.key(source, contribution.externalID ?? "")] = contribution
            }
            told.merge(try reader.told(source: source, externalIDs: ids, of: proceeding)) { $1 }
        }
        var results: [(id: Int64, outcome: ImportOutcome)] = []
        results.reserveCapacity(items.count)
        var fresh: [Int] = []
        var insert = try ContributionInsert(connection)
        for (index, item) in items.enumerated() {
            guard let name = Self.name(item), let old = known[Self.key(name.source, name.externalID)] else {
                fresh.append(index)
                results.append((0, .imported))
                continue
            }
            let before = told[old.id] ?? ToldContribution()
            let merged = MergedContribution(item, into: old, told: before)
            var wanted = merged.placed.contribution
            // What was withdrawn or erased stays so, whatever a source still holds.
            guard old.state != .erased, old.state != .withdrawn else {
                results.append((old.id, .unchanged))
                continue
            }
            guard wanted != old else {
                if merged.marks != before.marks { try keep(merged.marks, ofContribution: old.id, in: proceeding) }
                results.append((old.id, merged.isKept ? .kept : .unchanged))
                continue
            }
            try removeFromIndexes(old)
            wanted.changed = item.contribution.changed
            if (wanted.title, wanted.text) != (old.title, old.text) {
                try keepText(
                    of: old.id, version: old.version, title: old.title, text: old.text, cause: "imported",
                    in: proceeding, now: wanted.changed)
            }
            wanted.version += 1
            try insert.run(
                PlacedContribution(wanted, point: merged.placed.point), told: merged.marks, id: old.id, tenant: tenant,
                proceeding: proceeding.key)
            results.append((old.id, .updated))
        }
        let ids = try self.insert(fresh.map { items[$0] }, areImported: true, into: proceeding)
        for (index, id) in zip(fresh, ids) { results[index].id = id }
        return results
    }

    private static func name(_ item: PlacedContribution) -> (source: String, externalID: String)? {
        guard let source = item.contribution.source, let id = item.contribution.externalID else { return nil }
        return (source, id)
    }

    private static func key(_ source: String, _ externalID: String) -> String { "\(source)\u{0}\(externalID)" }

    /// Takes a contribution out of the indexes of places and words, before its row is written anew.
    func removeFromIndexes(_ old: Contribution) throws {
        try removeWords(of: old.id, title: old.title, text: old.text)
        try connection.execute(connection.dialect.spatialDelete(index: .contributions, id: old.id))
    }

    private func removeWords(of id: Int64, title: String, text: String) throws {
        var stemmer = GermanStemmer()
        try connection.execute(
            connection.dialect.textDelete(id: id, title: stemmer.stems(of: title), text: stemmer.stems(of: text)))
    }

    /// Puts the words of a new text in the place of those of the old one, where there is one.
    func replaceWords(
        of id: Int64, old: (title: String, text: String)?, new: (title: String, text: String)
    ) throws {
        if let old { try removeWords(of: id, title: old.title, text: old.text) }
        var stemmer = GermanStemmer()
        let insert = try connection.prepare(connection.dialect.textInsert)
        insert.bind(id, at: 1)
        insert.bind(stemmer.stems(of: new.title), at: 2)
        insert.bind(stemmer.stems(of: new.text), at: 3)
        try insert.run()
    }
}

extension ScopedWriter {
    /// Writes the contributions of a category anew, after it became private or public.
    func replaceContributions(in category: String, of proceeding: Proceeding, now: Int64) throws {
        let ids = try connection.rows(
            """
            SELECT id, coalesce(exact_x, x), coalesce(exact_y, y) FROM contribution
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND category = \(category) AND x IS NOT NULL
            """
        ) { (id: $0.integer(0), point: Position($0.real(1), $0.real(2))) }
        var insert = try ContributionInsert(connection)
        for row in ids {
            guard var contribution = try reader.contributionInAnyState(row.id, of: proceeding) else { continue }
            try removeFromIndexes(contribution)
            // Those who harvest hear of the other place; how long the rest is kept counts from its own last change.
            if contribution.state == .published { contribution.changed = now }
            try insert.run(
                PlacedContribution(contribution, point: row.point), id: row.id, tenant: tenant,
                proceeding: proceeding.key)
        }
    }
}

/// The statements that enter one contribution, or write its row anew, and enter its index rows.
struct ContributionInsert: ~Copyable {
    private let row: any SQLStatement
    private let place: any SQLStatement
    private let words: any SQLStatement
    private var stemmer: GermanStemmer
    private let connection: any SQLConnection
    /// The private categories of the proceeding written to last.
    private var hidden: (proceeding: Int64, categories: Set<String>)?

    init(_ connection: any SQLConnection) throws {
        let row = try connection.prepare(
            """
            INSERT INTO contribution (tenant, proceeding, id, title, text, category, type, wkb, minx, miny, maxx, maxy,
                x, y, quality, state, created, changed, votes_up, votes_down, comments, source, external_id, author,
                channel, language, version, edited, base_up, base_down, exact, exact_x, exact_y, shown, tags,
                told)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36)
            ON CONFLICT (tenant, proceeding, id) DO UPDATE SET title = excluded.title, text = excluded.text,
                category = excluded.category, type = excluded.type, wkb = excluded.wkb, minx = excluded.minx,
                miny = excluded.miny, maxx = excluded.maxx, maxy = excluded.maxy, x = excluded.x, y = excluded.y,
                quality = excluded.quality, state = excluded.state, created = excluded.created,
                changed = excluded.changed, votes_up = excluded.votes_up, votes_down = excluded.votes_down,
                comments = excluded.comments, source = excluded.source, external_id = excluded.external_id,
                author = excluded.author, channel = excluded.channel, language = excluded.language,
                version = excluded.version, edited = excluded.edited, base_up = excluded.base_up,
                base_down = excluded.base_down, exact = excluded.exact, exact_x = excluded.exact_x,
                exact_y = excluded.exact_y, tags = excluded.tags, told = coalesce(excluded.told, contribution.told),
                shown = CASE WHEN excluded.shown = 1 THEN 1 ELSE contribution.shown END
            """)
        let place = try connection.prepare(connection.dialect.spatialInsert(index: .contributions))
        let words = try connection.prepare(connection.dialect.textInsert)
        self.row = row
        self.place = place
        self.words = words
        self.connection = connection
        stemmer = GermanStemmer()
    }

    /// - Parameter told: what the source of an import says; what it said before stays where `nil`.
    mutating func run(
        _ item: PlacedContribution, told: SourceMarks? = nil, id: Int64, tenant: Int64, proceeding: Int64
    ) throws {
        let contribution = item.contribution
        row.bind(tenant, at: 1)
        row.bind(proceeding, at: 2)
        row.bind(id, at: 3)
        row.bind(contribution.title, at: 4)
        row.bind(contribution.text, at: 5)
        row.bind(contribution.category, at: 6)
        row.bind(contribution.type, at: 7)
        for position in 31...33 { row.bindNull(at: position) }
        if let exact = contribution.geometry, let truth = item.point, exact.boundingBox != nil {
            var (geometry, point) = (exact, truth)
            if try hidesPlaces(of: contribution.category, tenant, proceeding) {
                point = PublicPlace.rounded(truth)
                geometry = .point(point)
                row.bind(WKB.encode(exact)[...], at: 31)
                row.bind(truth.x, at: 32)
                row.bind(truth.y, at: 33)
            }
            let box = geometry.boundingBox ?? BoundingBox(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
            row.bind(WKB.encode(geometry)[...], at: 8)
            for (offset, value) in [box.minX, box.minY, box.maxX, box.maxY, point.x, point.y].enumerated() {
                row.bind(value, at: 9 + offset)
            }
            place.bind(id, at: 1)
            for (offset, value) in [box.minX, box.maxX, box.minY, box.maxY].enumerated() {
                place.bind(value, at: 2 + offset)
            }
            place.bind(proceeding, at: 6)
            place.bind(proceeding, at: 7)
            try place.run()
        } else {
            for position in 8...14 { row.bindNull(at: position) }
        }
        row.bind(contribution.quality.rawValue, at: 15)
        row.bind(contribution.state.rawValue, at: 16)
        row.bind(contribution.created, at: 17)
        row.bind(contribution.changed, at: 18)
        row.bind(contribution.votesUp, at: 19)
        row.bind(contribution.votesDown, at: 20)
        row.bind(contribution.commentCount, at: 21)
        row.bind(contribution.source, at: 22)
        row.bind(contribution.externalID, at: 23)
        row.bind(contribution.author, at: 24)
        row.bind(contribution.channel.rawValue, at: 25)
        row.bind(contribution.language, at: 26)
        row.bind(contribution.version, at: 27)
        if let edited = contribution.edited { row.bind(edited, at: 28) } else { row.bindNull(at: 28) }
        row.bind(contribution.importedVotesUp, at: 29)
        row.bind(contribution.importedVotesDown, at: 30)
        row.bind(Int64(contribution.state == .published ? 1 : 0), at: 34)
        row.bind(StoredTags.text(contribution.tags), at: 35)
        if let told { row.bind(told.bytes[...], at: 36) } else { row.bindNull(at: 36) }
        try row.run()
        words.bind(id, at: 1)
        words.bind(stemmer.stems(of: contribution.title), at: 2)
        words.bind(stemmer.stems(of: contribution.text), at: 3)
        try words.run()
    }

    /// Whether the places of a category are private; asked once for a proceeding.
    private mutating func hidesPlaces(of category: String?, _ tenant: Int64, _ proceeding: Int64) throws -> Bool {
        guard let category else { return false }
        if let hidden, hidden.proceeding == proceeding { return hidden.categories.contains(category) }
        let categories = try connection.rows(
            "SELECT id FROM category WHERE tenant = \(tenant) AND proceeding = \(proceeding) AND private = 1"
        ) { $0.text(0) }
        hidden = (proceeding, Set(categories))
        return categories.contains(category)
    }
}
