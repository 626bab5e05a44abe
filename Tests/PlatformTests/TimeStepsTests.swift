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

    /// Six weeks from an opening at midnight on; the first contribution came after breakfast.
    @Test func theStepOfTheOpeningIsWhole() throws {
        func milliseconds(_ text: String) -> Int64 { Timestamp.milliseconds(text) ?? 0 }
        let opening = milliseconds("2026-04-12T22:00:00Z")
        let times = [milliseconds("2026-04-13T07:00:00Z"), milliseconds("2026-05-24T18:00:00Z")]
        func steps(_ days: Double, _ opening: Int64?) throws -> TimeSteps {
            try TimeSteps(.days(days), times: times, opening: opening, clock: Self.clock, most: TimeSteps.limit)
        }
        #expect(try steps(7, opening).count == 6 && steps(7, opening).start(0) == opening)
        #expect(try steps(7, nil).count == 5)
        // A step that began before the opening is not whole, and an opening long before adds no empty steps.
        #expect(try steps(5, opening).count == 8)
        #expect(try steps(7, opening - 400 * 86_400_000).count == 6)
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
