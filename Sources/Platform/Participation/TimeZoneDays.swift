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
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + offset
        let day = Int((Double(local) / 86400).rounded(.down))
        return (day, (local - day * 86400) / 3600)
    }

    /// Calls `body` with the local date and hour of each instant, as ``localDay(_:)`` gives them.
    ///
    /// - Complexity: linear; clocks are looked up for each day alone, unless they are changed on it.
    func forEachLocalDay(of instants: [Int64], _ body: (_ day: Int, _ hour: Int) -> Void) {
        forEachLocalTime(of: instants) { body($0, $1 / 3600) }
    }

    /// The same with the seconds since local midnight, as the clock shows them.
    func forEachLocalTime(of instants: [Int64], _ body: (_ day: Int, _ second: Int) -> Void) {
        func offset(_ seconds: Int) -> Int {
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        }
        func quotient(_ number: Int, _ divisor: Int) -> Int {
            number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
        }
        // The offset of each day of UTC, none where it changes: no zone changes its clocks to and fro within a day.
        var offsets: [Int: Int] = [:]
        var changing: Set<Int> = []
        var (current, steady): (Int?, Int?) = (nil, nil)
        for instant in instants {
            let seconds = quotient(Int(instant), 1000)
            let day = quotient(seconds, 86400)
            if day != current {
                if offsets[day] == nil, !changing.contains(day) {
                    let (first, last) = (offset(day * 86400), offset((day + 1) * 86400))
                    if first == last { offsets[day] = first } else { changing.insert(day) }
                }
                (current, steady) = (day, offsets[day])
            }
            let local = seconds + (steady ?? offset(seconds))
            let localDay = quotient(local, 86400)
            body(localDay, local - localDay * 86400)
        }
    }

    /// The instant at which a local day begins, in milliseconds since 1970.
    func start(ofLocalDay day: Int) -> Int64 {
        let midnight = Double(day) * 86400
        var offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: midnight))
        // Clocks may have been changed in between.
        offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: midnight - Double(offset)))
        return (Int64(day) * 86400 - Int64(offset)) * 1000
    }
}
