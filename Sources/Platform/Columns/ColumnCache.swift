import CMalloc
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
    /// What has become of the points of each part that they are made of; empty where a filter has chosen among them.
    var histories: [PointHistory] = []
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
    }

    /// All parts on one plane.
    private struct Placement {
        var plane: ProceedingPlane
        var placed: [PlacedPoints]
    }

    private struct Entry {
        var mark: ColumnMark
        var parts: [Part]
        /// The planes that were asked for, that of the last question at the end.
        var placements: [Placement] = []

        var size: Int {
            parts.reduce(4096) { $0 + $1.columns.size }
                + placements.reduce(0) { $0 + $1.plane.size + $1.placed.reduce(0) { $0 + $1.size } }
        }
    }

    private struct State {
        /// Entries, those used last at the end.
        var entries: [(key: Key, entry: Entry)] = []
        /// How often everything was forgotten: what was taken out before does not come back.
        var generation = 0
    }

    /// Planes of a proceeding that are kept: its own, and that of the European grid.
    private static let planes = 2
    /// Bytes of columns whose reading leaves enough behind to be given back.
    private static let large = 16 << 20

    private let state = Mutex(State())
    private let turns = Turns<Key>()
    /// Told how long reading in the store took for a tenant, without the time it waited.
    private let account = Mutex<(@Sendable (_ tenant: Int64, Duration) -> Void)?>(nil)
    /// Most bytes that are kept, about.
    private let limit: Int

    /// Done once a process: columns and what is computed of them come and go in large arrays.
    private static let givesBack: Void = mitplan_give_back_large_memory()

    /// Makes a cache that keeps `limit` bytes, about.
    init(limit: Int) {
        self.limit = limit
        Self.givesBack
    }

    /// Has the time that reading in the store takes told, which threads of the store and not of the question need.
    func charge(_ account: @escaping @Sendable (_ tenant: Int64, Duration) -> Void) {
        self.account.withLock { $0 = account }
    }

    /// Bytes that are kept, about.
    var size: Int { state.withLock { $0.entries.reduce(0) { $0 + $1.entry.size } } }

    /// Whether columns of a proceeding are kept.
    func holds(_ proceeding: Proceeding, _ scope: Scope) -> Bool {
        let key = Key(tenant: scope.tenant.key, proceeding: proceeding.key)
        return state.withLock { $0.entries.contains { $0.key == key } }
    }

    /// Forgets all columns, those that a question works on too.
    func removeAll() {
        state.withLock { state in
            state.generation += 1
            state.entries.removeAll()
        }
    }

    /// What the viewer may see and the filter lets through, with the version of the data that it is.
    ///
    /// - Throws: ``Storage/StorageError``, `CancellationError`.
    func columns(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope, engine: any SQLEngine
    ) async throws -> (version: Int64, columns: ContributionColumns) {
        let (entry, numbers) = try await current(proceeding, filter, scope, engine, on: nil)
        let columns = Self.counted(entry, proceeding, scope).map { entry.parts[$0].columns }
        if columns.count == 1, filter.isEmpty { return (entry.mark.version, columns[0]) }
        let runs = ContributionColumns.selection(of: columns, filter: filter, numbers: numbers)
        return (entry.mark.version, .joined(columns, runs))
    }

    /// The same on the plane.
    ///
    /// - Throws: as ``columns(of:filter:scope:engine:)``, and what the plane throws.
    func placed(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope, engine: any SQLEngine,
        crs: String
    ) async throws -> PlacedContributions {
        let (entry, numbers) = try await current(proceeding, filter, scope, engine, on: crs)
        guard let placement = entry.placements.last else { throw CancellationError() }
        let parts = Self.counted(entry, proceeding, scope)
        let columns = parts.map { entry.parts[$0].columns }
        let placed = parts.map { placement.placed[$0] }
        let histories = filter.isEmpty ? placed.map(\.history) : []
        if placed.count == 1, filter.isEmpty {
            return PlacedContributions(
                version: entry.mark.version, columns: columns[0], placed: placed[0], plane: placement.plane,
                histories: histories)
        }
        let runs = ContributionColumns.selection(of: columns, filter: filter, numbers: numbers)
        let joined = ContributionColumns.joined(columns, runs)
        return PlacedContributions(
            version: entry.mark.version, columns: joined,
            placed: .joined(placed, runs, joined), plane: placement.plane, histories: histories)
    }

    /// The parts of the states that the one visibility rule lets the viewer count.
    private static func counted(_ entry: Entry, _ proceeding: Proceeding, _ scope: Scope) -> [Int] {
        let states = scope.viewer.countedStates(in: proceeding.key)
        return entry.parts.indices.filter {
            states.contains(entry.parts[$0].state) && entry.parts[$0].columns.count > 0
        }
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
            let generation = state.withLock { $0.generation }
            var entry = take(key) ?? Entry(mark: .unread, parts: [])
            defer { if entry.mark != .unread { put(entry, for: key, since: generation) } }
            let rest = filter.beyondColumns
            var (numbers, isNew): ([Int64]?, Bool) = (nil, false)
            if entry.mark == .unread || !rest.isEmpty || entry.mark.version < proceeding.dataVersion {
                let mark = entry.mark == .unread ? nil : entry.mark
                let read = try await engine.read { connection in
                    let start = ContinuousClock.now
                    let reader = scope.reader(connection)
                    let (reading, mark) = try reader.columnReading(of: proceeding, since: mark)
                    let numbers = rest.isEmpty ? nil : try reader.numbers(of: proceeding, filter: rest)
                    return (reading, mark, numbers, duration: ContinuousClock.now - start)
                }
                account.withLock { $0 }?(key.tenant, read.duration)
                numbers = read.2
                switch read.0 {
                case .all(let columns):
                    (entry.mark, isNew) = (read.1, true)
                    entry.parts = Viewer.statesSeenBySomebody.map { Part(state: $0, columns: columns[$0] ?? .init()) }
                    entry.placements = []
                case .changes(let rows): Self.apply(rows, read.1, to: &entry)
                }
            }
            if let crs, try await Self.place(&entry, proceeding, crs: crs) { isNew = true }
            // Reading and placing leave pieces behind that nothing later fits into.
            if isNew, entry.size > Self.large { mitplan_trim_memory() }
            return (entry, numbers)
        }
    }

    /// Brings every part up to date: a row is taken out of all but that of its state.
    private static func apply(_ rows: [ColumnRow], _ mark: ColumnMark, to entry: inout Entry) {
        entry.mark = mark
        guard !rows.isEmpty else { return }
        for index in entry.parts.indices {
            let state = entry.parts[index].state
            let edit = entry.parts[index].columns.apply(
                rows.filter { $0.state == state }, removing: rows.filter { $0.state != state }.map(\.id))
            let columns = entry.parts[index].columns
            for place in entry.placements.indices {
                let plane = entry.placements[place].plane
                entry.placements[place].placed[index].apply(edit, columns, on: plane)
            }
        }
    }

    /// Places on the plane what has not been placed on this one yet, and puts that plane last.
    ///
    /// - Returns: whether everything was placed now.
    private static func place(_ entry: inout Entry, _ proceeding: Proceeding, crs: String) async throws -> Bool {
        // A plane for an area that the proceeding has no more is of no use.
        entry.placements.removeAll { !$0.plane.fits(proceeding) }
        if let index = entry.placements.firstIndex(where: { $0.plane.name == crs }) {
            entry.placements.append(entry.placements.remove(at: index))
            return false
        }
        let plane = try ProceedingPlane(of: proceeding, crs: crs)
        var placed: [PlacedPoints] = []
        for part in entry.parts { placed.append(try await .parallel(part.columns, on: plane)) }
        if entry.placements.count == planes { entry.placements.removeFirst() }
        entry.placements.append(Placement(plane: plane, placed: placed))
        return true
    }

    private func take(_ key: Key) -> Entry? {
        state.withLock { state in
            guard let index = state.entries.firstIndex(where: { $0.key == key }) else { return nil }
            return state.entries.remove(at: index).entry
        }
    }

    /// Keeps an entry, and gives up those used longest ago where there are too many bytes.
    private func put(_ entry: Entry, for key: Key, since generation: Int) {
        guard entry.size <= limit else { return }
        state.withLock { state in
            guard state.generation == generation else { return }
            state.entries.append((key, entry))
            var total = state.entries.reduce(0) { $0 + $1.entry.size }
            while total > limit { total -= state.entries.removeFirst().entry.size }
        }
    }
}
