import FoundationEssentials
import GeoCore
public import Participation

extension ScopedReader {
    static var proceedingColumns: String {
        """
        proceeding, id, name, description, owner, website, area, phase1_start, phase1_end, phase2_start, phase2_end,
        settings, public, created, data_version, archived, details, version
        """
    }

    // Every request reads its proceeding; decoding what seldom changes is most of the cost.
    private static let areas = Memo<[UInt8], Geometry?>()
    private static let settings = Memo<String, ProceedingSettings>()
    private static let details = Memo<String, ProceedingDetails>()

    func proceeding(_ row: any SQLRow) throws -> Proceeding {
        var proceeding = Proceeding(
            tenant: scope.tenant.id, id: row.text(1), key: row.integer(0), name: row.text(2),
            description: row.text(3), owner: row.optionalText(4), website: row.optionalText(5),
            area: row.isNull(6) ? nil : Self.areas.value(of: row.blob(6)) { try? WKB.decode($0) },
            schedule: Schedule(
                phase1Start: row.optionalInteger(7), phase1End: row.optionalInteger(8),
                phase2Start: row.optionalInteger(9), phase2End: row.optionalInteger(10)),
            settings: Self.settings.value(of: row.text(11)) {
                (try? JSONDecoder().decode(ProceedingSettings.self, from: Data($0.utf8))) ?? ProceedingSettings()
            },
            isPublic: row.integer(12) != 0, created: row.integer(13),
            dataVersion: row.integer(14))
        proceeding.isArchived = row.integer(15) != 0
        let details = row.text(16)
        if details != "{}" {
            proceeding.details = Self.details.value(of: details) {
                (try? JSONDecoder().decode(ProceedingDetails.self, from: Data($0.utf8))) ?? ProceedingDetails()
            }
        }
        proceeding.version = row.integer(17)
        return proceeding
    }

    var isVisibleProceeding: SQL {
        guard let keys = scope.viewer.proceedings(where: .readInternalProceedings) else { return "making = 0" }
        return keys.isEmpty
            ? "(making = 0 AND public = 1)" : "(making = 0 AND (public = 1 OR proceeding IN \(SQL.list(keys))))"
    }

    /// The proceedings the viewer may see and `isWanted` lets through, newest first, one page.
    ///
    /// - Complexity: walks the proceedings of the tenant until the page is full.
    public func proceedings(
        limit: Int, after cursor: Cursor?, where isWanted: (Proceeding) -> Bool = { _ in true }
    ) throws -> Page<Proceeding> {
        let after: SQL = cursor.map { "(created, proceeding) < (\($0.major), \($0.minor))" } ?? "TRUE"
        var items: [Proceeding] = []
        try connection.query(
            """
            SELECT \(raw: Self.proceedingColumns) FROM proceeding
            WHERE tenant = \(tenant) AND \(isVisibleProceeding) AND \(after)
            ORDER BY created DESC, proceeding DESC
            """
        ) { row in
            let proceeding = try proceeding(row)
            if isWanted(proceeding) { items.append(proceeding) }
            return items.count <= limit
        }
        guard items.count > limit else { return Page(items: items, next: nil) }
        items.removeLast(items.count - limit)
        return Page(items: items, next: items.last.map { Cursor(major: $0.created, minor: $0.key) })
    }

    /// Proceedings the viewer may see, by their keys.
    public func proceedings(keys: Set<Int64>) throws -> [Int64: Proceeding] {
        var result: [Int64: Proceeding] = [:]
        try connection.query(
            """
            SELECT \(raw: Self.proceedingColumns) FROM proceeding
            WHERE tenant = \(tenant) AND proceeding IN \(SQL.list(keys.sorted())) AND \(isVisibleProceeding)
            """
        ) { row in
            let proceeding = try proceeding(row)
            result[proceeding.key] = proceeding
            return true
        }
        return result
    }

    /// One proceeding by its slug; `nil` when there is none the viewer may see.
    public func proceeding(id: String) throws -> Proceeding? {
        try connection.first(
            """
            SELECT \(raw: Self.proceedingColumns) FROM proceeding
            WHERE tenant = \(tenant) AND id = \(id) AND \(isVisibleProceeding)
            """, proceeding)
    }

    /// A proceeding as it is now, whatever the viewer may see.
    func stored(_ proceeding: Proceeding) throws -> Proceeding? {
        try connection.first(
            """
            SELECT \(raw: Self.proceedingColumns) FROM proceeding
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            """, self.proceeding)
    }

    /// The categories of a proceeding, by weight and name.
    public func categories(of proceeding: Proceeding) throws -> [Category] {
        try connection.rows(
            """
            SELECT id, name, description, color, weight, archived, private, icon, sensitive FROM category
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key) ORDER BY weight, name, id
            """
        ) { row in
            Category(
                id: row.text(0), name: row.text(1), description: row.optionalText(2), color: row.optionalText(3),
                icon: row.optionalText(7),
                weight: Int(row.integer(4)), archived: row.integer(5) != 0, isPrivate: row.integer(6) != 0,
                isSensitive: row.integer(8) != 0)
        }
    }
}

extension ScopedWriter {
    /// Adds a proceeding and gives it its key.
    ///
    /// - Parameter isBeingMade: whether more is to come: then nobody sees it before ``finish(_:now:)``.
    /// - Throws: ``StorageError`` of kind `constraint` when the slug is taken.
    public func add(_ proceeding: Proceeding, isBeingMade: Bool = false) throws -> Proceeding {
        var stored = proceeding
        stored.key = try take(from: "proceeding")
        let settings = try Self.text(of: proceeding.settings)
        let details = try Self.text(of: proceeding.details)
        try connection.execute(
            """
            INSERT INTO proceeding (tenant, proceeding, id, name, description, owner, website, area, phase1_start,
                phase1_end, phase2_start, phase2_end, settings, public, created, data_version, archived, details, changed, shown,
                making)
            VALUES (\(tenant), \(stored.key), \(stored.id), \(stored.name), \(stored.description), \(stored.owner),
                \(stored.website), \(stored.area.map { WKB.encode($0) }), \(stored.schedule.phase1Start),
                \(stored.schedule.phase1End), \(stored.schedule.phase2Start), \(stored.schedule.phase2End),
                \(settings), \(stored.isPublic), \(stored.created), \(stored.dataVersion), \(stored.isArchived),
                \(details), \(stored.created), \(stored.isPublic), \(isBeingMade))
            """)
        try noteChanges(in: .types, from: [], to: stored.details.types, of: stored, now: stored.created)
        return stored
    }

    /// The same text for the same value: what did not change must not look changed to those who are told of changes.
    private static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Writes what a proceeding is anew, and keeps the old texts as history; its id, key and time of making stay, its
    /// versions rise.
    ///
    /// - Parameter keepsTexts: whether old texts are kept here, and not by who makes further changes at the same time.
    public func replace(_ old: Proceeding, with wanted: Proceeding, keepsTexts: Bool = true, now: Int64) throws {
        let settings = try Self.text(of: wanted.settings)
        let details = try Self.text(of: wanted.details)
        try noteChanges(
            in: .types, from: reader.stored(old)?.details.types ?? [], to: wanted.details.types, of: old, now: now)
        func replace() throws {
            try connection.execute(
                """
                UPDATE proceeding SET name = \(wanted.name), description = \(wanted.description),
                    owner = \(wanted.owner), website = \(wanted.website), area = \(wanted.area.map { WKB.encode($0) }),
                    phase1_start = \(wanted.schedule.phase1Start), phase1_end = \(wanted.schedule.phase1End),
                    phase2_start = \(wanted.schedule.phase2Start), phase2_end = \(wanted.schedule.phase2End),
                    settings = \(settings), public = \(wanted.isPublic), archived = \(wanted.isArchived),
                    details = \(details), version = version + 1, data_version = data_version + 1, changed = \(now),
                    shown = CASE WHEN \(wanted.isPublic) THEN 1 ELSE shown END
                WHERE tenant = \(tenant) AND proceeding = \(old.key)
                """)
        }
        if keepsTexts { try keepingTexts(of: old, cause: "edited", now: now, replace) } else { try replace() }
    }

    /// The version of a proceeding as it is now.
    ///
    /// - Throws: ``StorageError`` of kind `failed` when it is no longer there.
    public func version(of proceeding: Proceeding) throws -> Int64 {
        let version = try connection.first(
            "SELECT version FROM proceeding WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)"
        ) { $0.integer(0) }
        guard let version else { throw StorageError(.failed, "the proceeding is no longer there") }
        return version
    }

    /// Marks the proceeding itself as changed.
    public func raiseVersion(of proceeding: Proceeding, now: Int64) throws {
        try connection.execute(
            """
            UPDATE proceeding SET version = version + 1, changed = \(now)
            WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
            """)
    }

    /// Replaces the categories of a proceeding, keeps the old texts as history, and raises the proceeding's version.
    ///
    /// One that is left out though contributions have it stays in the list, archived.
    public func replaceCategories(_ wanted: [Category], of proceeding: Proceeding, now: Int64) throws {
        let old = try reader.categories(of: proceeding)
        let categories = try keeping(wanted, of: old, in: proceeding)
        try keepingTexts(of: proceeding, cause: "edited", now: now) {
            try connection.execute(
                "DELETE FROM category WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)")
            for category in categories { try add(category, to: proceeding) }
        }
        try noteChanges(in: .categories, from: old, to: categories, of: proceeding, now: now)
        try raiseVersion(of: proceeding, now: now)
        let (before, after) = (Set(old.filter(\.isPrivate).map(\.id)), Set(categories.filter(\.isPrivate).map(\.id)))
        for category in before.symmetricDifference(after).sorted() {
            try replaceContributions(in: category, of: proceeding, now: now)
        }
        try touch(proceeding)
    }

    /// Adds one category.
    public func insert(_ category: Category, of proceeding: Proceeding, now: Int64) throws {
        try add(category, to: proceeding)
        try noteChanges(in: .categories, from: [], to: [category], of: proceeding, now: now)
    }

    private func add(_ category: Category, to proceeding: Proceeding) throws {
        try connection.execute(
            """
            INSERT INTO category (tenant, proceeding, id, name, description, color, icon, weight, archived,
                private, sensitive)
            VALUES (\(tenant), \(proceeding.key), \(category.id), \(category.name), \(category.description),
                \(category.color), \(category.icon), \(category.weight), \(category.archived), \(category.isPrivate),
                \(category.isSensitive))
            """)
    }
}
