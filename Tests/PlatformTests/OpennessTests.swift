import GeoCore
import Participation
import Platform
import Storage
import Testing

struct OpennessTests {
    private static func proceeding(_ schedule: String, timeZone: String = "Europe/Berlin") throws -> Proceeding {
        let json = #"{"id": "p", "name": "P", "schedule": \#(schedule)}"#
        let tenant = Tenant(id: "t", name: "T", timeZone: timeZone)
        return try ProceedingDocument(json: Array(json.utf8), tenant: tenant).proceeding
    }

    /// Last open and first closed instant of an end day, in winter, in summer and on the days clocks change.
    @Test(arguments: [
        ("2026-01-31", "2026-01-31T22:59:59.999Z", "2026-01-31T23:00:00Z"),
        ("2026-03-28", "2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00Z"),
        ("2026-03-29", "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00Z"),
        ("2026-07-31", "2026-07-31T21:59:59.999Z", "2026-07-31T22:00:00Z"),
        ("2026-10-25", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
        ("2024-02-29", "2024-02-29T22:59:59.999Z", "2024-02-29T23:00:00Z"),
        ("2026-12-31", "2026-12-31T22:59:59.999Z", "2026-12-31T23:00:00Z"),
    ])
    func anEndDayIsOpenToItsLastMoment(_ day: String, _ last: String, _ first: String) throws {
        let proceeding = try Self.proceeding(#"{"phase1Start": "2020-01-01", "phase1End": "\#(day)"}"#)
        #expect(proceeding.closure(of: .contributions, at: try #require(Timestamp.milliseconds(last))) == nil)
        let closed = proceeding.closure(of: .contributions, at: try #require(Timestamp.milliseconds(first)))
        #expect(closed?.reason == .over)
    }

    @Test func daysMeanTheTenantsTimeZone() throws {
        let schedule = #"{"phase1Start": "2026-05-01", "phase1End": "2026-05-01"}"#
        let auckland = try Self.proceeding(schedule, timeZone: "Pacific/Auckland")
        #expect(auckland.schedule.phase1Start == Timestamp.milliseconds("2026-05-01T00:00:00+12:00"))
        #expect(auckland.schedule.phase1End == Timestamp.milliseconds("2026-05-02T00:00:00+12:00"))
        let instant = try Self.proceeding(#"{"phase1End": "2026-05-01T12:00:00+02:00"}"#)
        #expect(instant.schedule.phase1End == Timestamp.milliseconds("2026-05-01T10:00:00Z"))
    }

    @Test func everyWriteAsksWhatIsOpen() async throws {
        let city = try await TestCity()
        var proceeding = try await city.proceeding()
        let scope = city.participant("a")
        let draft = NewContribution(
            title: "Neuer Radweg", text: "Hier fehlt ein sicherer Radweg.", category: "radverkehr",
            geometry: .point(Position(9.9, 53.39)))
        let id = try await city.installation.submitContribution(draft, to: proceeding, scope: scope).contribution.id
        proceeding.settings.closed = Set(Activity.allCases)
        let closed = proceeding
        let attempts: [@Sendable () async throws -> Void] = [
            { _ = try await city.installation.submitContribution(draft, to: closed, scope: scope) },
            {
                _ = try await city.installation.submitComment(
                    .init(text: "Ja, das stimmt."), on: .contribution(id), of: closed, scope: scope)
            },
            { _ = try await city.installation.castVote(.for, on: .contribution(id), of: closed, scope: scope) },
            { _ = try await city.installation.castVote(nil, on: .contribution(id), of: closed, scope: scope) },
        ]
        for attempt in attempts {
            let error = await #expect(throws: PlatformError.self) { try await attempt() }
            #expect(error?.code == .forbidden && error?.violations.map(\.code) == ["switchedOff"])
        }
    }

    @Test func asksForAParticipantWhereTheProceedingDoes() async throws {
        let city = try await TestCity()
        var proceeding = try await city.proceeding()
        proceeding.settings.anonymousAllowed = false
        let strict = proceeding
        let draft = NewContribution(
            title: "Neuer Radweg", text: "Hier fehlt ein sicherer Radweg.", category: "radverkehr")
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.submitContribution(draft, to: strict, scope: city.anonymous)
        }
        #expect(error?.code == .unauthenticated)
        let stored = try await city.installation.submitContribution(draft, to: strict, scope: city.participant("a"))
        #expect(stored.contribution.author == "a")
    }
}
