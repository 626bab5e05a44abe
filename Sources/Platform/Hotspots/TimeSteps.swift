import Analysis
import Participation

/// The whole steps of an analysis in time.
struct TimeSteps {
    /// Borders in milliseconds: a step holds what is later than its first and not later than its last border.
    let borders: [Int64]
    /// How long a step is.
    let step: TimeStep
    /// By which rule the step was chosen; `nil` where it was given.
    let rule: String?

    /// Most steps of an analysis.
    static let limit = 1000

    /// Number of steps.
    var count: Int { borders.count - 1 }

    /// Start of a step, as people write it.
    func start(_ step: Int) -> Int64 { borders[step] + 1 }

    /// End of a step: its last millisecond.
    func end(_ step: Int) -> Int64 { borders[step + 1] }

    /// Steps of the length asked for, or of the longest unit of the calendar that makes ten.
    ///
    /// Only whole steps count: units of the calendar in which contributions were possible from the first to the last
    /// moment, and steps of so many days counted back from the end of the local day of the last contribution, or of its
    /// minute where they are shorter than a day: nobody is told when exactly somebody wrote.
    ///
    /// - Parameters:
    ///   - times: of the contributions in milliseconds, not empty.
    ///   - opening: when contributions became possible, where that is known.
    ///   - most: the most steps that are chosen.
    /// - Throws: ``PlatformError`` `invalidInput` when there is no whole step or too many.
    init(_ wanted: TimeStep?, times: [Int64], opening: Int64?, clock: TimeZoneDays, most: Int) throws {
        guard let earliest = times.min(), let latest = times.max() else {
            throw PlatformError(.invalidInput, "there is no contribution to divide into steps of time")
        }
        let begin = min(earliest, opening ?? earliest)
        func borders(_ step: TimeStep) -> [Int64]? {
            if case .days(let days) = step {
                let end =
                    days < 1
                    ? Timestamp.minute(latest) + 59_999
                    : clock.start(ofLocalDay: clock.localDay(latest).day + 1) - 1
                return Int64(exactly: (days * 86_400_000).rounded()).flatMap { length in
                    // The step that holds the first contribution is whole where contributions were possible from its
                    // first moment on.
                    let first = min(earliest, max(begin - 1, earliest - length))
                    return try? SpaceTimeCube.borders(times: [first, end], length: length, limit: Self.limit)
                }
            }
            return clock.borders(step, begin: begin, earliest: earliest, latest: latest, limit: Self.limit)
        }
        if let wanted {
            guard let found = borders(wanted) else {
                throw PlatformError(
                    .invalidInput, "steps of \(Self.words(wanted)) would be more than \(Self.limit)",
                    hint: "step=\(Self.suggestion(earliest, latest)) makes fewer")
            }
            guard found.count > 1 else {
                throw PlatformError(
                    .invalidInput,
                    "the contributions do not span a whole step of \(Self.words(wanted))",
                    hint: "step=\(Self.suggestion(earliest, latest)) makes some")
            }
            (self.borders, step, rule) = (found, wanted, nil)
            return
        }
        for unit in TimeStep.units {
            guard let found = borders(unit), found.count > SpaceTimeCube.fewestSteps, found.count <= most + 1 else {
                continue
            }
            self.borders = found
            step = unit
            rule = "the longest unit of the calendar with at least \(SpaceTimeCube.fewestSteps) whole steps"
            return
        }
        let days = Self.suggestion(earliest, latest)
        guard let found = TimeStep(days).flatMap(borders), found.count > 1, let unit = TimeStep(days) else {
            throw PlatformError(.invalidInput, "the contributions span too little time to be divided into steps")
        }
        (self.borders, step) = (found, unit)
        rule = "a twelfth of the time between the first and the last contribution"
    }

    /// The step that holds an instant; `nil` before the first or after the last.
    func index(_ time: Int64) -> Int? {
        var (low, high) = (0, borders.count)
        while low < high {
            let middle = (low + high) / 2
            if borders[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low >= 1 && low < borders.count ? low - 1 : nil
    }

    private static func words(_ step: TimeStep) -> String {
        if case .days(let days) = step { return "\(AnalysisParameter.text(days)) days" }
        return "a \(step)"
    }

    /// A number of days that makes about a dozen steps.
    private static func suggestion(_ earliest: Int64, _ latest: Int64) -> String {
        let days = Double(latest - earliest) / 86_400_000 / 12
        let rounded = days >= 1 ? days.rounded(.down) : (days * 100).rounded(.down) / 100
        return AnalysisParameter.text(min(max(rounded, TimeStep.range.lowerBound), TimeStep.range.upperBound))
    }
}

extension TimeZoneDays {
    /// Borders of the whole units of the calendar between an opening and the last contribution.
    ///
    /// - Returns: one border more than there are units, each a millisecond before a unit begins; one border alone where
    ///   no unit is whole; `nil` where there are more than `limit`.
    func borders(
        _ unit: TimeStep, begin: Int64, earliest: Int64, latest: Int64, limit: Int
    ) -> [Int64]? {
        var day = Self.firstDay(of: unit, around: localDay(earliest).day)
        if start(ofLocalDay: day) < begin { day = Self.firstDay(after: day, unit) }
        var borders = [start(ofLocalDay: day) - 1]
        while true {
            day = Self.firstDay(after: day, unit)
            let border = start(ofLocalDay: day) - 1
            guard border <= latest else { return borders }
            borders.append(border)
            guard borders.count <= limit + 1 else { return nil }
        }
    }

    /// The first day of the unit that holds a day.
    private static func firstDay(of unit: TimeStep, around day: Int) -> Int {
        var date = CalendarDay(number: day)
        switch unit {
        case .week: return day - ((day + 3) % 7 + 7) % 7
        case .month: date.day = 1
        case .quarter: (date.month, date.day) = ((date.month - 1) / 3 * 3 + 1, 1)
        case .day, .days: break
        }
        return date.number
    }

    /// The first day of the unit after the one that begins on a day.
    private static func firstDay(after day: Int, _ unit: TimeStep) -> Int {
        var date = CalendarDay(number: day)
        switch unit {
        case .day, .days: return day + 1
        case .week: return day + 7
        case .month: date.month += 1
        case .quarter: date.month += 3
        }
        if date.month > 12 { (date.year, date.month) = (date.year + 1, date.month - 12) }
        return date.number
    }
}
