import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

struct ColumnCacheTests {
    /// Random writes of every kind, by this process and by another; after each the columns are those read anew.
    @Test(arguments: [UInt64](1...4), [192 << 20, 0])
    func columnsBroughtUpToDateEqualThoseReadAnew(_ seed: UInt64, _ bytes: Int) async throws {
        var play = try await ColumnPlay(seed: seed, columnBytes: bytes)
        try await play.check()
        for _ in 0..<24 {
            try await play.writeAtRandom()
            try await play.check()
        }
        try await play.checkAnswers()
    }

    @Test func aRowIsGoneFromAnswersAsSoonAsItIsHiddenAndComesBack() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        let draft = NewContribution(
            title: "Bank am Ufer", text: "Hier fehlt eine Bank.", category: "gruen",
            geometry: .point(Position(9.9, 53.4)))
        var ids: [Int64] = []
        for _ in 0..<3 {
            ids.append(
                try await city.installation.submitContribution(draft, to: proceeding, scope: city.anonymous)
                    .contribution.id)
        }
        func seen(_ scope: Scope) async throws -> [Int64] {
            let columns = try await city.installation.contributionColumns(
                of: city.proceeding(), filter: ContributionFilter(), scope: scope)
            return Array(columns.id)
        }
        #expect(try await seen(city.anonymous) == ids)
        func decide(_ action: ModerationAction) async throws {
            _ = try await city.installation.moderate(
                [ModerationTarget(ids[1])], ModerationDecision(action, reason: .offTopic), of: proceeding,
                scope: city.staff)
        }
        try await decide(.hide)
        #expect(try await seen(city.anonymous) == [ids[0], ids[2]])
        #expect(try await seen(city.staff) == ids)
        try await decide(.publish)
        #expect(try await seen(city.anonymous) == ids)
        try await decide(.erase)
        #expect(try await seen(city.anonymous) == [ids[0], ids[2]])
        #expect(try await seen(city.staff) == [ids[0], ids[2]])
    }

    @Test func aTenantFindsNothingInTheColumnsOfAnother() async throws {
        let city = try await TestCity.withContributions.value
        let proceeding = try await city.proceeding()
        let filter = ContributionFilter()
        let own = try await city.installation.contributionColumns(of: proceeding, filter: filter, scope: city.staff)
        #expect(own.count > 0)
        var stranger = city.staff
        stranger.tenant.key += 1
        let other = try await city.installation.contributionColumns(of: proceeding, filter: filter, scope: stranger)
        #expect(other.count == 0)
    }

    @Test func whatWasUsedLongestAgoGivesWay() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let proceeding = try await city.proceeding()
        let full = ColumnCache(limit: .max)
        func read(_ cache: ColumnCache) async throws {
            _ = try await cache.columns(
                of: proceeding, filter: ContributionFilter(), scope: city.anonymous, engine: city.installation.engine)
        }
        try await read(full)
        #expect(full.size > 2000 * 40)
        let small = ColumnCache(limit: full.size / 2)
        try await read(small)
        #expect(small.size == 0)
        full.removeAll()
        #expect(full.size == 0)
    }

    @Test func answersTellTheVersionOfTheDataTheyAreFrom() async throws {
        let city = try await TestCity()
        let before = try await city.proceeding()
        let draft = NewContribution(
            title: "Bank am Ufer", text: "Hier fehlt eine Bank.", category: "gruen",
            geometry: .point(Position(9.9, 53.4)))
        _ = try await city.installation.submitContribution(draft, to: before, scope: city.anonymous)
        let now = try await city.proceeding()
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        // The proceeding was read before the contribution came.
        let answer = try await city.installation.findHotspots(
            question, of: before, scope: city.anonymous)
        #expect(answer.analysis.used == 1)
        #expect(answer.analysis.dataVersion == now.dataVersion)
    }
}
