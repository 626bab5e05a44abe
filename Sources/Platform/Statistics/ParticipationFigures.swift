import Analysis
import Participation
import Storage

extension Installation {
    /// How many contributions a top list holds.
    private static var topLength: Int { 10 }

    /// Adds what is not in the columns: types, channels, states, official answers, conceptions, top lists and
    /// concentration.
    ///
    /// - Complexity: six statements beside the sorting of the columns.
    func addParticipation(
        to result: inout ProceedingStatistics, _ columns: ContributionColumns, of proceeding: Proceeding,
        filter: ContributionFilter, scope: Scope
    ) async throws {
        let rows = Array(0..<columns.count)
        func top(_ isWorthy: (Int) -> Bool, _ rank: (Int) -> Double) -> [Int64] {
            let ranks = rows.filter(isWorthy).map { (rank: rank($0), id: columns.id[$0]) }
            return ranks.sorted { ($1.rank, $0.id) < ($0.rank, $1.id) }.prefix(Self.topLength).map(\.id)
        }
        func score(_ row: Int) -> VoteScore {
            VoteScore(up: Int(clamping: columns.votesUp[row]), down: Int(clamping: columns.votesDown[row]))
        }
        let supported = top({ columns.votesUp[$0] > 0 }, { score($0).wilsonLowerBound })
        let commented = top({ columns.comments[$0] > 0 }, { Double(columns.comments[$0]) })
        let controversial = top(
            { columns.votesUp[$0] > 0 && columns.votesDown[$0] > 0 }, { score($0).controversy })
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        let (groups, titles, authors, waits, conceptions) = try await engine.read { connection in
            let reader = scope.reader(connection)
            return (
                try reader.groups(of: proceeding, filter: filter),
                try reader.ranked(Array(Set(supported + commented + controversial)), of: proceeding),
                try reader.contributionsPerParticipant(of: proceeding, filter: filter),
                try reader.waits(of: proceeding, filter: filter), try reader.conceptionSums(of: [proceeding])
            )
        }
        result.conceptions = conceptions[proceeding.key] ?? ConceptionSums()
        let byID = Dictionary(titles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        result.mostSupported = supported.compactMap { byID[$0] }
        result.mostCommented = commented.compactMap { byID[$0] }
        result.mostControversial = controversial.compactMap { byID[$0] }
        result.concentration = Concentration(perParticipant: authors)
        func counts(_ name: (ContributionGroup) -> String, _ label: (String) -> String = { $0 })
            -> [ProceedingStatistics.Count]
        {
            let sums = groups.reduce(into: [String: Int]()) { $0[name($1), default: 0] += Int(clamping: $1.count) }
            return sums.map { .init(name: $0, label: label($0), count: $1) }.sorted {
                ($1.count, $0.name) < ($0.count, $1.name)
            }
        }
        result.types = counts({ $0.type ?? "" }, { $0.isEmpty ? "–" : $0 })
        result.channels = counts { $0.channel }
        let statuses = counts { $0.status.name }
        result.officialStatus = OfficialStatus.allCases.compactMap { status in
            statuses.first { $0.name == status.name }
        }
        result.response = ResponseFigures(
            minutes: waits.answered, of: columns.count, longestWait: waits.longestWaiting)
        let states = counts { $0.state.name }
        result.states = Contribution.State.allCases.compactMap { state in states.first { $0.name == state.name } }
    }
}
