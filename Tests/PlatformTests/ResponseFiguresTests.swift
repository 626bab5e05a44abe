import GeoCore
import Participation
import Platform
import Storage
import Synchronization
import Testing

struct ResponseFiguresTests {
    private static let hour: Int64 = 3_600_000
    private static let start: Int64 = 1_777_593_600_000

    private func submit(_ city: TestCity, _ title: String) async throws -> Int64 {
        try await city.installation.submitContribution(
            NewContribution(
                title: title, text: "Am Ufer fehlen Bänke für alle.", category: "radverkehr",
                geometry: .point(Position(9.9, 53.39))),
            to: city.proceeding(), scope: city.participant(title)
        ).contribution.id
    }

    private func answer(_ city: TestCity, _ id: Int64, _ status: OfficialStatus) async throws {
        _ = try await city.installation.giveAnswer(
            OfficialAnswer(status: status, text: "Wir haben es geprüft."), to: [id], of: city.proceeding(),
            scope: city.staff)
    }

    @Test func measuresFromTheContributionToItsFirstAnswer() async throws {
        let clock = Mutex(Self.start)
        let city = try await TestCity(now: { clock.withLock { $0 } })
        let ids = [
            try await submit(city, "Erste Bank"), try await submit(city, "Zweite Bank"),
            try await submit(city, "Dritte Bank"), try await submit(city, "Vierte Bank"),
        ]
        clock.withLock { $0 += 2 * Self.hour }
        try await answer(city, ids[0], .underReview)
        clock.withLock { $0 += 4 * Self.hour }
        try await answer(city, ids[1], .rejected)
        // A second answer changes where the contribution stands, not how long it waited.
        try await answer(city, ids[0], .accepted)
        clock.withLock { $0 += 4 * Self.hour }
        try await answer(city, ids[2], .accepted)

        let figures = try await city.installation.statistics(of: city.proceeding(), scope: city.anonymous)
        #expect(figures.response.answered == 3 && figures.response.rate == 0.75)
        #expect(figures.response.mean == 6 && figures.response.median == 6)
        #expect(abs(try #require(figures.response.ninth) - 9.2) < 1e-12)
        #expect(figures.response.longestWait == 10)
        #expect(figures.officialStatus.map(\.name) == ["received", "accepted", "rejected"])
        #expect(figures.officialStatus.map(\.count) == [1, 2, 1])
    }

    @Test func leavesOutWhatIsHidden() async throws {
        let city = try await TestCity()
        _ = try await submit(city, "Erste Bank")
        let hidden = try await submit(city, "Zweite Bank")
        try await answer(city, hidden, .accepted)
        let (scope, proceeding) = (city.staff, try await city.proceeding())
        try await city.installation.engine.write { connection in
            try connection.execute("UPDATE contribution SET state = 2 WHERE id = \(hidden)")
            try scope.writer(connection).touch(proceeding)
        }
        let figures = try await city.installation.statistics(of: city.proceeding(), scope: city.anonymous)
        #expect(figures.contributions == 1 && figures.response.answered == 0 && figures.response.rate == 0)
        #expect(figures.response.median == nil && figures.officialStatus.map(\.name) == ["received"])
    }

    @Test func saysNothingOfNothing() async throws {
        let city = try await TestCity()
        let figures = try await city.installation.statistics(of: city.proceeding(), scope: city.anonymous)
        #expect(figures.response == ResponseFigures() && figures.officialStatus.isEmpty)
        #expect(String(decoding: figures.json.encoded, as: UTF8.self).contains(#""rate":null"#))
    }
}
