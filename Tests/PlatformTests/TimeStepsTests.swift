import GeoCore
import Participation
import Testing

@testable import Platform

struct TimeStepsTests {
    private static let clock = TimeZoneDays(timeZone: "Europe/Berlin")
    private static let latest = Timestamp.milliseconds("2026-07-10T03:11:58.975Z") ?? 0

    private func steps(_ step: TimeStep, days: Int64, latest: Int64 = Self.latest) throws -> TimeSteps {
        try TimeSteps(
            step, times: [latest - days * 86_400_000, latest - 86_400_000, latest], opening: nil, clock: Self.clock,
            most: TimeSteps.limit)
    }

    @Test func stepsOfDaysEndWithTheLocalDayOfTheLastContribution() throws {
        let found = try steps(.days(3), days: 9)
        #expect(Timestamp.rfc3339(found.end(found.count - 1)) == "2026-07-10T21:59:59.999Z")
        #expect(zip(found.borders, found.borders.dropFirst()).allSatisfy { $1 - $0 == 3 * 86_400_000 })
        #expect(found.index(Self.latest) == found.count - 1)
    }

    @Test func shorterStepsEndWithItsMinute() throws {
        let found = try steps(.days(0.25), days: 2)
        #expect(Timestamp.rfc3339(found.end(found.count - 1)) == "2026-07-10T03:11:59.999Z")
    }

    @Test(arguments: [TimeStep.days(3), .days(1), .days(0.25), .day])
    func noBorderTellsTheSecondOfAContribution(_ step: TimeStep) throws {
        let other = Timestamp.minute(Self.latest) + 1234
        #expect(try steps(step, days: 9).borders == steps(step, days: 9, latest: other).borders)
    }
}
