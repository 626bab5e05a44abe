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
        clock.forEachLocalDay(of: instants) { found.append(($0, $1)) }
        #expect(found.count == instants.count)
        #expect(zip(instants, found).allSatisfy { clock.localDay($0) == $1 })
    }
}
