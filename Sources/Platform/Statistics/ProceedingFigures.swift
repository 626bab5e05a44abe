import Participation
import Storage

/// What a cockpit tells of the contributions of one proceeding.
struct ProceedingFigures: Sendable {
    var sums: ProceedingSums
    var conceptions = ConceptionSums()
    /// Contributions per month of the tenant's time zone.
    var months: [String: Int] = [:]
    var mostCommented: [RankedContribution] = []
    var recent: [RankedContribution] = []
}

extension ProceedingFigures {
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
        sums = ProceedingSums(proceeding, columns)
        for (day, count) in clock.counts(of: columns.created).days { add(count, onLocalDay: day) }
        let isReadable = columns.isInState(scope.viewer.visibleStates(in: proceeding.key))
        let commented = columns.mostCommented(Installation.topLength, where: isReadable)
        let newest = columns.newest(Installation.topLength, where: isReadable)
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

extension Installation {
    /// The figures of proceedings by their keys: those that are kept, where nothing has changed since; else from the
    /// columns, where there are some or the proceeding was counted before; else from the store.
    func figures(of proceedings: [Proceeding], scope: Scope) async throws -> [Int64: ProceedingFigures] {
        let clock = TimeZoneDays(timeZone: scope.tenant.timeZone)
        let generation = proceedingFigures.generation
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
                proceedingFigures.keep(counted, for: key, version: proceeding.dataVersion, since: generation)
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
            proceedingFigures.keep(
                counted, for: FigureCache.Key(proceeding, scope), version: proceeding.dataVersion, since: generation)
            result[proceeding.key] = counted
        }
        return result
    }
}
