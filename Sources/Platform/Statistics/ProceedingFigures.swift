import Participation
import Storage
import Synchronization

/// What a cockpit tells of the contributions of one proceeding.
struct ProceedingFigures: Sendable {
    var sums: ProceedingSums
    var conceptions = ConceptionSums()
    /// Contributions per month of the tenant's time zone.
    var months: [String: Int] = [:]
    var mostCommented: [RankedContribution] = []
    var recent: [RankedContribution] = []

    /// Reads them from the store.
    ///
    /// - Complexity: linear in the contributions of the proceeding.
    init(of proceeding: Proceeding, _ reader: ScopedReader, _ clock: TimeZoneDays) throws {
        sums = try reader.sums(of: [proceeding]).first ?? ProceedingSums(proceeding: proceeding.key)
        conceptions = try reader.conceptionSums(of: [proceeding])[proceeding.key] ?? ConceptionSums()
        for (step, count) in try reader.quarterHours(of: [proceeding]) {
            add(Int(count), onLocalDay: clock.localDay(step * 900_000).day)
        }
        (mostCommented, recent) = try reader.top(of: [proceeding], limit: Installation.topLength)
    }

    /// Makes them of columns; conceptions and the titles of the lists are read from the store.
    ///
    /// - Complexity: linear in the contributions of the proceeding, without statements on all of them.
    init(
        of proceeding: Proceeding, _ columns: ContributionColumns, _ clock: TimeZoneDays, _ scope: Scope,
        _ engine: any SQLEngine
    ) async throws {
        sums = ProceedingSums(
            proceeding: proceeding.key, contributions: Int64(columns.count), comments: columns.comments.reduce(0, +),
            votesUp: columns.votesUp.reduce(0, +), votesDown: columns.votesDown.reduce(0, +),
            latest: columns.created.max() ?? 0)
        var days: [Int: Int] = [:]
        clock.forEachLocalDay(of: columns.created) { day, _ in days[day, default: 0] += 1 }
        for (day, count) in days { add(count, onLocalDay: day) }
        let commented = columns.mostCommented(Installation.topLength)
        let newest = columns.newest(Installation.topLength)
        let (ranked, conceptions) = try await engine.read { connection in
            let reader = scope.reader(connection)
            return (
                try reader.ranked(Array(Set(commented + newest)), of: proceeding),
                try reader.conceptionSums(of: [proceeding])
            )
        }
        self.conceptions = conceptions[proceeding.key] ?? ConceptionSums()
        let byID = Dictionary(ranked.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        mostCommented = commented.compactMap { byID[$0] }
        recent = newest.compactMap { byID[$0] }
    }

    private mutating func add(_ count: Int, onLocalDay day: Int) {
        months[String(CalendarDay(number: day).text.prefix(7)), default: 0] += count
    }
}

/// The figures of proceedings kept in memory: only what has changed is counted anew.
final class FigureCache: Sendable {
    /// Whose figures, seen by whom.
    struct Key: Hashable, Sendable {
        private let tenant: Int64
        private let proceeding: Int64
        private let states: [Contribution.State]
        private let timeZone: String

        init(_ proceeding: Proceeding, _ scope: Scope) {
            tenant = scope.tenant.key
            self.proceeding = proceeding.key
            states = scope.viewer.visibleStates(in: proceeding.key)
            timeZone = scope.tenant.timeZone
        }
    }

    private struct Entry {
        var version: Int64
        var figures: ProceedingFigures
        var used: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var uses = 0
    }

    /// Most proceedings that are kept; each takes some kilobytes.
    private static let limit = 2048
    private let state = Mutex(State())

    /// What is kept of a proceeding, and whether it is of this version of its data.
    func figures(for key: Key, version: Int64) -> (figures: ProceedingFigures, isCurrent: Bool)? {
        state.withLock { state in
            state.uses += 1
            state.entries[key]?.used = state.uses
            return state.entries[key].map { ($0.figures, $0.version == version) }
        }
    }

    /// Keeps figures; the half used longest ago is given up where there are too many.
    func keep(_ figures: ProceedingFigures, for key: Key, version: Int64) {
        state.withLock { state in
            if let known = state.entries[key], known.version > version { return }
            state.uses += 1
            state.entries[key] = Entry(version: version, figures: figures, used: state.uses)
            guard state.entries.count > Self.limit else { return }
            let middle = state.entries.values.map(\.used).sorted()[Self.limit / 2]
            state.entries = state.entries.filter { $0.value.used >= middle }
        }
    }
}

extension Installation {
    /// The figures of proceedings by their keys: those that are kept, where nothing has changed since; else from the
    /// columns, where there are some or the proceeding was counted before; else from the store.
    func figures(of proceedings: [Proceeding], scope: Scope) async throws -> [Int64: ProceedingFigures] {
        let clock = TimeZoneDays(timeZone: scope.tenant.timeZone)
        var result: [Int64: ProceedingFigures] = [:]
        var rest: [Proceeding] = []
        for proceeding in proceedings {
            let key = FigureCache.Key(proceeding, scope)
            let kept = proceedingFigures.figures(for: key, version: proceeding.dataVersion)
            if let kept, kept.isCurrent {
                result[proceeding.key] = kept.figures
            } else if kept != nil || columns.holds(proceeding, scope) {
                let own = try await contributionColumns(of: proceeding, filter: ContributionFilter(), scope: scope)
                let counted = try await ProceedingFigures(of: proceeding, own, clock, scope, engine)
                proceedingFigures.keep(counted, for: key, version: proceeding.dataVersion)
                result[proceeding.key] = counted
            } else {
                rest.append(proceeding)
            }
        }
        guard !rest.isEmpty else { return result }
        let unknown = rest
        let counted = try await engine.read { connection in
            let reader = scope.reader(connection)
            return try unknown.map { try ProceedingFigures(of: $0, reader, clock) }
        }
        for (proceeding, counted) in zip(unknown, counted) {
            proceedingFigures.keep(counted, for: FigureCache.Key(proceeding, scope), version: proceeding.dataVersion)
            result[proceeding.key] = counted
        }
        return result
    }
}
