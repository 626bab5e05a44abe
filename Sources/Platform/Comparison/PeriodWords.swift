import Participation

/// A period for people, by the days of the tenant's clock: `from 1 May 2026 to 31 May 2026`.
struct PeriodWords {
    private let clock: TimeZoneDays

    /// Uses an IANA name; unknown names mean UTC.
    init(timeZone: String) { clock = TimeZoneDays(timeZone: timeZone) }

    /// The period in both languages; `nil` where it is open at both ends.
    ///
    /// - Parameters:
    ///   - from: its first millisecond since 1970.
    ///   - until: its last.
    func text(from: Int64?, until: Int64?) -> AnalysisExplanation? {
        let (start, end) = (from.map(beginning), until.map(ending))
        switch (start, end) {
        case (let start?, let end?) where start == end:
            return AnalysisExplanation(english: "on \(start.english)", german: "am \(start.german)")
        case (let start?, let end?):
            return AnalysisExplanation(
                english: "from \(start.english) to \(end.english)", german: "vom \(start.german) bis \(end.german)")
        case (let start?, nil):
            return AnalysisExplanation(english: "from \(start.english)", german: "ab \(start.german)")
        case (nil, let end?):
            return AnalysisExplanation(english: "until \(end.english)", german: "bis \(end.german)")
        case (nil, nil): return nil
        }
    }

    private func beginning(_ instant: Int64) -> AnalysisExplanation {
        let day = clock.localDay(instant).day
        return words(day, minutes: instant == clock.start(ofLocalDay: day) ? nil : clock.localMinute(instant).minute)
    }

    /// The last day where the period ends with one.
    private func ending(_ instant: Int64) -> AnalysisExplanation {
        let day = clock.localDay(instant).day
        if instant + 1 == clock.start(ofLocalDay: day + 1) { return words(day, minutes: nil) }
        // What ends before a minute is meant to that minute.
        let end = clock.localMinute((instant + 1) % 60_000 == 0 ? instant + 1 : instant)
        return words(end.day, minutes: end.minute)
    }

    /// - Parameter minutes: as the clock shows them.
    private func words(_ number: Int, minutes: Int?) -> AnalysisExplanation {
        let day = CalendarDay(number: number)
        let (english, german) = (Self.months.english, Self.months.german)
        let date = AnalysisExplanation(
            english: "\(day.day) \(english[day.month - 1]) \(day.year)",
            german: "\(day.day). \(german[day.month - 1]) \(day.year)")
        guard let minutes else { return date }
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(minutes / 60):\(padded(minutes % 60))"
        return AnalysisExplanation(english: "\(date.english), \(time)", german: "\(date.german), \(time) Uhr")
    }

    private static let months = (
        english: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        german: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ]
    )
}
