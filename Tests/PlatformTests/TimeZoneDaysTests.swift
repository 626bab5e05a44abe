import TestSupport
import Testing

@testable import Platform

struct TimeZoneDaysTests {
    /// Zones with changes of an hour and of half an hour, offsets off the hour, and a day that was left out.
    @Test(
        arguments: [
            "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "nowhere",
        ])
    func manyInstantsFallOnTheDaysOfEachAlone(_ zone: String) {
        let clock = TimeZoneDays(timeZone: zone)
        var chance = SeededGenerator(seed: 5)
        // From 1960 to 2040, and closely around the changes of March and October 2026 and the end of 2011.
        var instants = (0..<2000).map { _ in Int64.random(in: -315_619_200_000...2_208_988_800_000, using: &chance) }
        for middle: Int64 in [1_774_746_000_000, 1_792_890_000_000, 1_325_239_200_000, 0] {
            instants += (-300..<300).map { middle + $0 * 599_999 }
        }
        var found: [(day: Int, hour: Int)] = []
        clock.forEachLocalTime(of: instants) { found.append(($0, $1 / 3600)) }
        #expect(found.count == instants.count)
        #expect(zip(instants, found).allSatisfy { clock.localDay($0) == $1 })
    }

    @Test(arguments: [[], [0], [Int64(-62_135_596_800_000), 253_402_300_799_000]])
    func countsInstantsPerDayAndHour(_ wild: [Int64]) {
        let clock = TimeZoneDays(timeZone: "Europe/Berlin")
        var chance = SeededGenerator(seed: 6)
        let instants = wild + (0..<500).map { _ in Int64.random(in: 0...8_000_000_000, using: &chance) }
        let counted = clock.counts(of: instants)
        let each = instants.map(clock.localDay)
        #expect(counted.days.map(\.day) == Set(each.map(\.day)).sorted())
        #expect(counted.days.allSatisfy { day, count in each.count { $0.day == day } == count })
        #expect(counted.hours == (0..<24).map { hour in each.count { $0.hour == hour } })
    }

    /// With clocks that are changed at midnight, at an hour of the night, and by half an hour.
    @Test(
        arguments: [
            "Europe/Berlin", "America/Santiago", "America/Havana", "Africa/Cairo", "Australia/Lord_Howe", "nowhere",
        ])
    func aDayBeginsWithItsFirstMoment(_ zone: String) {
        let clock = TimeZoneDays(timeZone: zone)
        // All days of 2025 and 2026.
        for day in 20_089..<20_819 {
            let start = clock.start(ofLocalDay: day)
            #expect(clock.localDay(start).day == day)
            #expect(clock.localDay(start - 1).day < day)
        }
    }
}
