import Analysis
import Participation
import Storage

extension Installation {
    /// How many contributions a top list holds.
    static var topLength: Int { 10 }

    /// Adds types, channels, states, official answers, conceptions, top lists and concentration.
    ///
    /// - Complexity: linear in the columns; two statements, for the titles of the top lists and for the conceptions.
    func addParticipation(
        to result: inout ProceedingStatistics, _ columns: ContributionColumns, of proceeding: Proceeding,
        filter: ContributionFilter, scope: Scope
    ) async throws {
        let (up, down) = (columns.votesUp, columns.votesDown)
        func score(_ row: Int) -> VoteScore {
            VoteScore(up: Int(clamping: up[row]), down: Int(clamping: down[row]))
        }
        // Lists name contributions, so they hold what may be read and not all that is counted.
        let isReadable = columns.isInState(scope.viewer.visibleStates(in: proceeding.key))
        let rows = 0..<columns.count
        let supported = columns.top(Self.topLength, of: rows) {
            up[$0] > 0 && isReadable($0) ? score($0).wilsonLowerBound : nil
        }
        let commented = columns.mostCommented(Self.topLength, where: isReadable)
        let controversial = columns.top(Self.topLength, of: rows) {
            up[$0] > 0 && down[$0] > 0 && isReadable($0) ? score($0).controversy : nil
        }
        let (titles, conceptions) = try await engine.read { connection in
            let reader = scope.reader(connection)
            return (
                try reader.ranked(Array(Set(supported + commented + controversial)), of: proceeding),
                try reader.conceptionSums(of: [proceeding])
            )
        }
        result.conceptions = conceptions[proceeding.key] ?? ConceptionSums()
        let byID = Dictionary(titles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        result.mostSupported = supported.compactMap { byID[$0] }
        result.mostCommented = commented.compactMap { byID[$0] }
        result.mostControversial = controversial.compactMap { byID[$0] }
        // Two choices that differ by one contribution would tell whether its author wrote another of them.
        if filter.isEmpty || scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key) {
            result.concentration = Concentration(perParticipant: columns.contributionsPerParticipant)
        }
        let types = Dictionary(
            proceeding.details.types.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        result.types = columns.types.counted { $0.isEmpty ? "–" : types[$0] ?? $0 }
        result.channels = columns.channels.counted {
            ContributionChannel(rawValue: $0)?.label(scope.tenant.defaultLanguage) ?? $0
        }
        result.officialStatus = ProceedingStatistics.counts(columns.status, \.name)
        result.states = ProceedingStatistics.counts(columns.state, \.name)
        result.response = ResponseFigures(columns)
    }
}
