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

    /// The date of a day number as `2026-03-29`.
    static func date(ofDay day: Int) -> String {
        let (year, month, day) = civil(day)
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(padded(month))-\(padded(day))"
    }

    /// Year, month and day of a day number.
    ///
    /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// Instants as answers show them.
public enum Timestamp {
    /// `2026-03-29T12:00:00Z` of milliseconds since 1970.
    public static func rfc3339(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        append(milliseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends `2026-03-29T12:00:00Z` of milliseconds since 1970.
    public static func append(_ milliseconds: Int64, to bytes: inout [UInt8]) {
        let seconds = Int(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000)
        let day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let rest = seconds - day * 86400
        let date = TimeZoneDays.civil(day)
        func two(_ value: Int, _ separator: UInt8) {
            bytes.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
            bytes.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
            bytes.append(separator)
        }
        bytes += String(date.year).utf8
        bytes.append(0x2D)
        two(date.month, 0x2D)
        two(date.day, 0x54)
        two(rest / 3600, 0x3A)
        two(rest / 60 % 60, 0x3A)
        two(rest % 60, 0x5A)
    }
}
