import Participation
import Storage
import Synchronization

/// What a question gets of a proceeding's contributions: what the viewer may see and the filter lets through.
struct PlacedContributions: Sendable {
    /// Version of the data that these are.
    var version: Int64
    var columns: ContributionColumns
    var placed: PlacedPoints
    var plane: ProceedingPlane
}

/// The columns of proceedings kept in memory, each contribution once, whoever may see it.
///
/// Every question brings the columns up to date by what has changed in the store since, whoever wrote it, and then takes
/// the states its viewer may see and the rows its filter lets through. Arrays are shared with the questions under way: a
/// change copies those that are still in use.
final class ColumnCache: Sendable {
    private struct Key: Hashable, Sendable {
        var tenant: Int64
        var proceeding: Int64
    }

    /// The contributions of one state.
    private struct Part {
        var state: Contribution.State
        var columns: ContributionColumns
        var placed: PlacedPoints?
    }

    private struct Entry {
        var mark: ColumnMark
        var parts: [Part]
        var plane: ProceedingPlane?

        var size: Int { parts.reduce(4096) { $0 + $1.columns.size + ($1.placed?.size ?? 0) } }
    }

    /// Entries, those used last at the end.
    private let entries = Mutex<[(key: Key, entry: Entry)]>([])
    private let turns = Turns<Key>()
    /// Most bytes that are kept, about.
    private let limit: Int

    /// Makes a cache that keeps `limit` bytes, about.
    init(limit: Int) { self.limit = limit }

    /// Bytes that are kept, about.
    var size: Int { entries.withLock { $0.reduce(0) { $0 + $1.entry.size } } }

    /// Whether columns of a proceeding are kept.
    func holds(_ proceeding: Proceeding, _ scope: Scope) -> Bool {
        let key = Key(tenant: scope.tenant.key, proceeding: proceeding.key)
        return entries.withLock { $0.contains { $0.key == key } }
    }

    /// Forgets all columns.
    func removeAll() { entries.withLock { $0.removeAll() } }

    /// What the viewer may see and the filter lets through.
    ///
    /// - Throws: ``Storage/StorageError``, `CancellationError`.
    func columns(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope, engine: any SQLEngine
    ) async throws -> ContributionColumns {
        let (entry, numbers) = try await current(proceeding, filter, scope, engine, on: nil)
        let parts = Self.visible(entry, proceeding, scope)
        if let only = Self.only(parts, filter) { return only.columns }
        let columns = parts.map(\.columns)
        return .joined(columns, ContributionColumns.selection(of: columns, filter: filter, numbers: numbers))
    }

    /// The same on the plane.
    ///
    /// - Throws: as ``columns(of:filter:scope:engine:)``, and what the plane throws.
    func placed(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope, engine: any SQLEngine,
        crs: String
    ) async throws -> PlacedContributions {
        let (entry, numbers) = try await current(proceeding, filter, scope, engine, on: crs)
        guard let plane = entry.plane else { throw CancellationError() }
        let parts = Self.visible(entry, proceeding, scope)
        if let only = Self.only(parts, filter), let placed = only.placed {
            return PlacedContributions(
                version: entry.mark.version, columns: only.columns, placed: placed, plane: plane)
        }
        let columns = parts.map(\.columns)
        let runs = ContributionColumns.selection(of: columns, filter: filter, numbers: numbers)
        let joined = ContributionColumns.joined(columns, runs)
        return PlacedContributions(
            version: entry.mark.version, columns: joined,
            placed: .joined(parts.map { $0.placed ?? PlacedPoints() }, runs, joined), plane: plane)
    }

    /// The states that the one visibility rule lets the viewer see.
    private static func visible(_ entry: Entry, _ proceeding: Proceeding, _ scope: Scope) -> [Part] {
        let states = scope.viewer.visibleStates(in: proceeding.key)
        return entry.parts.filter { states.contains($0.state) && $0.columns.count > 0 }
    }

    private static func only(_ parts: [Part], _ filter: ContributionFilter) -> Part? {
        parts.count == 1 && filter.isEmpty ? parts.first : nil
    }

    /// The entry of a proceeding as the store has it now, and which numbers the filter lets through where columns cannot
    /// tell.
    private func current(
        _ proceeding: Proceeding, _ filter: ContributionFilter, _ scope: Scope, _ engine: any SQLEngine,
        on crs: String?
    ) async throws -> (Entry, [Int64]?) {
        let key = Key(tenant: scope.tenant.key, proceeding: proceeding.key)
        return try await turns.with(key) {
            // Taken out and put back: so the arrays have one owner, and are changed in their place.
            var entry = take(key) ?? Entry(mark: .unread, parts: [])
            defer { if entry.mark != .unread { put(entry, for: key) } }
            let rest = filter.beyondColumns
            var numbers: [Int64]?
            if entry.mark == .unread || !rest.isEmpty || entry.mark.version < proceeding.dataVersion {
                let mark = entry.mark == .unread ? nil : entry.mark
                let read = try await engine.read { connection in
                    let reader = scope.reader(connection)
                    let (reading, mark) = try reader.columnReading(of: proceeding, since: mark)
                    return (reading, mark, rest.isEmpty ? nil : try reader.numbers(of: proceeding, filter: rest))
                }
                numbers = read.2
                switch read.0 {
                case .all(let columns):
                    entry.mark = read.1
                    entry.parts = Viewer.statesSeenBySomebody.map { Part(state: $0, columns: columns[$0] ?? .init()) }
                case .changes(let rows): Self.apply(rows, read.1, to: &entry)
                }
            }
            if let crs { try await Self.place(&entry, proceeding, crs: crs) }
            return (entry, numbers)
        }
    }

    /// Brings every part up to date: a row is taken out of all but that of its state.
    private static func apply(_ rows: [ColumnRow], _ mark: ColumnMark, to entry: inout Entry) {
        entry.mark = mark
        guard !rows.isEmpty else { return }
        var parts: [Part] = []
        swap(&parts, &entry.parts)
        for index in parts.indices {
            let state = parts[index].state
            let edit = parts[index].columns.apply(
                rows.filter { $0.state == state }, removing: rows.filter { $0.state != state }.map(\.id))
            let columns = parts[index].columns
            if let plane = entry.plane { parts[index].placed?.apply(edit, columns, on: plane) }
        }
        swap(&parts, &entry.parts)
    }

    /// Places on the plane what has not been placed on this one yet.
    private static func place(_ entry: inout Entry, _ proceeding: Proceeding, crs: String) async throws {
        if entry.plane?.fits(proceeding, crs: crs) != true {
            for index in entry.parts.indices { entry.parts[index].placed = nil }
            entry.plane = try ProceedingPlane(of: proceeding, crs: crs)
        }
        guard let plane = entry.plane else { return }
        for index in entry.parts.indices where entry.parts[index].placed == nil {
            entry.parts[index].placed = try await .parallel(entry.parts[index].columns, on: plane)
        }
    }

    private func take(_ key: Key) -> Entry? {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
            return entries.remove(at: index).entry
        }
    }

    /// Keeps an entry, and gives up those used longest ago where there are too many bytes.
    private func put(_ entry: Entry, for key: Key) {
        guard entry.size <= limit else { return }
        entries.withLock { entries in
            entries.append((key, entry))
            var total = entries.reduce(0) { $0 + $1.entry.size }
            while total > limit { total -= entries.removeFirst().entry.size }
        }
    }
}
