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

    /// The instant at which a local day begins, in milliseconds since 1970.
    func start(ofLocalDay day: Int) -> Int64 {
        let midnight = Double(day) * 86400
        var offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: midnight))
        // Clocks may have been changed in between.
        offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: midnight - Double(offset)))
        return (Int64(day) * 86400 - Int64(offset)) * 1000
    }
}
