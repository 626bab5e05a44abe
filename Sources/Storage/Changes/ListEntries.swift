public import Participation

/// Lists of a proceeding whose entries are known by slugs.
enum SlugList: Int64 {
    case categories = 1
    case types = 2
    case layers = 3
}

/// An entry of such a list.
protocol SlugEntry: Hashable, Sendable {
    var id: String { get }
}

extension Category: SlugEntry {}
extension ContributionType: SlugEntry {}
extension PlanningLayer: SlugEntry {}

extension ScopedReader {
    /// The categories changed at or after an instant, with the tombstones of those that were taken out, one page.
    public func categoryChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<Category>> {
        try changes(
            in: .categories, categories(of: proceeding), of: proceeding, since: since, limit: limit, after: cursor)
    }

    /// Slugs of the categories that were taken out of a proceeding and did not come back.
    public func removedCategories(of proceeding: Proceeding) throws -> Set<String> {
        let slugs = try connection.rows(
            """
            SELECT id FROM list_entry WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                AND list = \(SlugList.categories.rawValue) AND removed = 1
            """
        ) { $0.text(0) }
        return Set(slugs)
    }

    /// The types changed at or after an instant, with the tombstones of those that were taken out, one page.
    public func typeChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<ContributionType>> {
        let types = try stored(proceeding)?.details.types ?? []
        return try changes(in: .types, types, of: proceeding, since: since, limit: limit, after: cursor)
    }

    /// The layers that came, changed or went at or after an instant, one page.
    public func layerChanges(
        of proceeding: Proceeding, since: Int64, limit: Int, after cursor: Cursor?
    ) throws -> Page<ItemChange<PlanningLayer>> {
        try changes(in: .layers, layers(of: proceeding), of: proceeding, since: since, limit: limit, after: cursor)
    }

    private func changes<Entry: SlugEntry>(
        in list: SlugList, _ entries: [Entry], of proceeding: Proceeding, since: Int64, limit: Int,
        after cursor: Cursor?
    ) throws -> Page<ItemChange<Entry>> {
        let after: SQL = cursor.map { "(changed, number) > (\($0.major), \($0.minor))" } ?? "TRUE"
        let mayKnow: SQL =
            scope.viewer.may(.readInternalProceedings, in: proceeding.key) ? "TRUE" : "(removed = 0 OR shown = 1)"
        let known = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = try connection.rows(
            """
            SELECT id, number, changed FROM list_entry
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) AND list = \(list.rawValue)
                AND changed >= \(since) AND \(after) AND \(mayKnow)
            ORDER BY changed, number LIMIT \(limit + 1)
            """
        ) { row -> ChangedRow<Entry> in
            let (id, number, changed) = (row.text(0), row.integer(1), row.integer(2))
            if let entry = known[id] { return ChangedRow(item: entry, number, changed: changed) }
            return ChangedRow(gone: Tombstone(id: number, name: id, state: .erased, time: changed))
        }
        return Self.page(rows, limit: limit)
    }
}

extension ScopedWriter {
    /// Writes down which entries of a list are new, other ones or gone.
    func noteChanges<Entry: SlugEntry>(
        in list: SlugList, from old: [Entry], to new: [Entry], of proceeding: Proceeding, now: Int64
    ) throws {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for entry in new where before[entry.id] != entry {
            try note(entry.id, in: list, isRemoved: false, of: proceeding, now: now)
        }
        let left = Set(new.map(\.id))
        for entry in old where !left.contains(entry.id) {
            try note(entry.id, in: list, isRemoved: true, of: proceeding, now: now)
        }
    }

    private func note(
        _ id: String, in list: SlugList, isRemoved: Bool, of proceeding: Proceeding, now: Int64
    ) throws {
        try connection.execute(
            """
            INSERT INTO list_entry (tenant, proceeding, list, id, number, changed, removed, shown)
            SELECT \(tenant), \(proceeding.key), \(list.rawValue), \(id), \(try take(from: "entry")), \(now),
                \(isRemoved), shown
            FROM proceeding WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            ON CONFLICT (tenant, proceeding, list, id) DO UPDATE SET changed = excluded.changed,
                removed = excluded.removed, shown = excluded.shown
            """)
    }
}
