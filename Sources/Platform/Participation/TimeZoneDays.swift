import Foundation

/// Days as the tenant's clock counts them.
struct TimeZoneDays: Sendable {
    private let zone: TimeZone

    /// Uses an IANA name; unknown names mean UTC.
    init(timeZone: String) { zone = TimeZone(identifier: timeZone) ?? .gmt }

    /// Whether a name is one of the tz database.
    static func isKnown(_ name: String) -> Bool { TimeZone(identifier: name) != nil }

    /// Days since 1970-01-01 of the local date at an instant, and the local hour.
    func localDay(_ milliseconds: Int64) -> (day: Int, hour: Int) {
        let (day, minute) = localMinute(milliseconds)
        return (day, minute / 60)
    }

    /// Days since 1970-01-01 of the local date at an instant, and the minute of the day as the clock shows it.
    func localMinute(_ milliseconds: Int64) -> (day: Int, minute: Int) {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let local = seconds + offset(seconds)
        let day = Int((Double(local) / 86400).rounded(.down))
        return (day, (local - day * 86400) / 60)
    }

    private func offset(_ seconds: Int) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }

    /// How many instants lie on each local day, days rising, and in each hour of the day, 24 numbers.
    ///
    /// - Complexity: as that of ``forEachLocalTime(of:_:)``.
    func counts(of instants: [Int64]) -> (days: [(day: Int, count: Int)], hours: [Int]) {
        var days = DayTable(instants)
        var hours = [Int](repeating: 0, count: 24)
        forEachLocalTime(of: instants) { day, second in
            days[day] += 1
            hours[second / 3600] += 1
        }
        return (days.entries.map { (day: $0.day, count: $0.value) }, hours)
    }

    /// Calls `body` with the local date of each instant and the seconds since local midnight, as the clock shows them.
    ///
    /// - Complexity: linear; clocks are looked up for each day alone, unless they are changed on it.
    func forEachLocalTime(of instants: [Int64], _ body: (_ day: Int, _ second: Int) -> Void) {
        // The offset of each day of UTC and 1 more than a day's seconds, so that it is never 0; −1 where it changes: no zone
        // changes its clocks to and fro within a day.
        var offsets = DayTable(instants)
        for instant in instants {
            let seconds = DayTable.quotient(Int(instant), 1000)
            let day = DayTable.quotient(seconds, 86400)
            var known = offsets[day]
            if known == 0 {
                let (first, last) = (offset(day * 86400), offset((day + 1) * 86400))
                known = first == last ? first + 86401 : -1
                offsets[day] = known
            }
            let local = seconds + (known > 0 ? known - 86401 : offset(seconds))
            let localDay = DayTable.quotient(local, 86400)
            body(localDay, local - localDay * 86400)
        }
    }

    /// The instant at which a local day begins, in milliseconds since 1970.
    func start(ofLocalDay day: Int) -> Int64 {
        let midnight = day * 86400
        // Where clocks are changed at midnight, it is there twice or not at all: the day begins with its first moment.
        let moments = [midnight - offset(midnight - 86400), midnight - offset(midnight + 86400)].sorted()
        let first = moments.first { localDay(Int64($0) * 1000).day == day } ?? moments[1]
        return Int64(first) * 1000
    }
}
