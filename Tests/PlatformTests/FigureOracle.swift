import Analysis
import Participation
import Testing

@testable import Platform
@testable import Storage

/// Figures of a proceeding as SQL makes them, statement by statement.
struct FigureOracle {
    private let types: [String: Int]
    private let channels: [String: Int]
    private let states: [String: Int]
    private let statuses: [String: Int]
    private let perParticipant: [Int64]
    private let waits: [Int64]
    private let longestWait: Int64?
    private let rows: [(id: Int64, up: Int64, down: Int64, comments: Int64)]

    init(of proceeding: Proceeding, filter: ContributionFilter, scope: Scope, _ engine: any SQLEngine) async throws {
        self = try await engine.read { try FigureOracle(proceeding, filter, scope, $0) }
    }

    private init(
        _ proceeding: Proceeding, _ filter: ContributionFilter, _ scope: Scope, _ connection: any SQLConnection
    ) throws {
        let conditions = scope.reader(connection).conditions(filter, proceeding)
        func counts(_ column: SQL, _ name: (any SQLRow) -> String?) throws -> [String: Int] {
            let rows = try connection.rows(
                "SELECT \(column), count(*) FROM contribution c WHERE \(conditions) GROUP BY 1"
            ) { (name($0) ?? "", Int($0.integer(1))) }
            return Dictionary(uniqueKeysWithValues: rows)
        }
        types = try counts("c.type") { $0.optionalText(0) }
        channels = try counts("c.channel") { $0.text(0) }
        states = try counts("c.state") { Contribution.State(rawValue: $0.integer(0))?.name }
        statuses = try counts("c.status") { OfficialStatus(rawValue: $0.integer(0))?.name }
        // The public is told of all contributions or of none.
        let tellsPeople = filter.isEmpty || scope.viewer.may(.readUnpublishedAggregates, in: proceeding.key)
        perParticipant = try connection.rows(
            """
            SELECT count(*) AS made FROM contribution c
            WHERE \(conditions) AND c.author IS NOT NULL AND \(tellsPeople) GROUP BY c.author ORDER BY made
            """
        ) { $0.integer(0) }
        let times = try connection.rows(
            """
            SELECT c.created / 60000, (SELECT min(a.created) / 60000 FROM answer a WHERE a.tenant = c.tenant
                AND a.proceeding = c.proceeding AND a.contribution = c.id) FROM contribution c WHERE \(conditions)
            """
        ) { (created: $0.integer(0), answer: $0.optionalInteger(1)) }
        let newest = times.reduce(Int64.min) { max($0, $1.created, $1.answer ?? .min) }
        waits = times.compactMap { row in row.answer.map { max(0, $0 - row.created) } }.sorted()
        longestWait = times.filter { $0.answer == nil }.map(\.created).min().map { newest - $0 }
        rows = try connection.rows(
            "SELECT c.id, c.votes_up, c.votes_down, c.comments FROM contribution c WHERE \(conditions) ORDER BY c.id"
        ) { ($0.integer(0), $0.integer(1), $0.integer(2), $0.integer(3)) }
    }

    /// Holds figures against these.
    func check(_ figures: ProceedingStatistics) {
        func counts(_ list: [ProceedingStatistics.Count]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0.count) })
        }
        #expect(figures.contributions == rows.count)
        #expect(counts(figures.types) == types && counts(figures.channels) == channels)
        #expect(counts(figures.states) == states && counts(figures.officialStatus) == statuses)
        #expect(figures.types.map(\.count) == types.values.sorted(by: >))
        #expect(figures.concentration == Concentration(perParticipant: perParticipant))
        #expect(figures.response == ResponseFigures(minutes: waits, of: rows.count, longestWait: longestWait))
        #expect(figures.votesUp == rows.reduce(0) { $0 + $1.up })
        #expect(figures.comments == rows.reduce(0) { $0 + $1.comments })
        func score(_ index: Int) -> VoteScore { VoteScore(up: Int(rows[index].up), down: Int(rows[index].down)) }
        #expect(
            figures.mostSupported.map(\.id) == top({ rows[$0].up > 0 }, { score($0).wilsonLowerBound }))
        #expect(
            figures.mostCommented.map(\.id) == top({ rows[$0].comments > 0 }, { Double(rows[$0].comments) }))
        #expect(
            figures.mostControversial.map(\.id)
                == top({ rows[$0].up > 0 && rows[$0].down > 0 }, { score($0).controversy }))
    }

    private func top(_ isWorthy: (Int) -> Bool, _ rank: (Int) -> Double) -> [Int64] {
        let ranks = rows.indices.filter(isWorthy).map { (rank: rank($0), id: rows[$0].id) }
        return ranks.sorted { ($1.rank, $0.id) < ($0.rank, $1.id) }.prefix(10).map(\.id)
    }
}
