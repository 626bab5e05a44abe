import Participation
import Testing

struct TimestampTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.5Z", -500),
            ("2026-05-01T12:00:00+02:00", 1_777_629_600_000),
            ("2000-02-29T00:00:00.123456Z", 951_782_400_123), ("2026-05-01", 1_777_593_600_000),
        ] as [(String, Int64)])
    func readsInstants(_ text: String, _ milliseconds: Int64) {
        #expect(Timestamp.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [-719_528, -1, 0, 59, 11_016, 20_574, 84_006])
    func knowsTheDayOfEveryNumber(_ number: Int) {
        #expect(CalendarDay(number: number).number == number)
    }

    @Test func roundsDownToTheMinute() {
        #expect(Timestamp.minute(-1) == -60_000)
        #expect(Timestamp.minute(119_999) == 60_000)
    }

    @Test func writesWhatItReads() {
        for milliseconds in [0, -1, 951_782_399_999, 951_782_400_000, 4_102_444_800_000, -2_208_988_800_000] as [Int64]
        {
            #expect(Timestamp.milliseconds(Timestamp.rfc3339(milliseconds)) == milliseconds)
        }
        #expect(Timestamp.rfc3339(1_777_629_600_000) == "2026-05-01T10:00:00Z")
    }
}
