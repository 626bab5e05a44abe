/// Reads and writes instants of RFC 3339.
enum Instant {
    /// Milliseconds since 1970 of a text such as `2026-05-01T12:00:00.5+02:00`.
    ///
    /// A date alone means its first moment in UTC. `nil` for anything else and for years outside 1900 to 2200.
    static func milliseconds(_ text: Substring) -> Int64? {
        let bytes = Array(text.utf8.prefix(40))
        func number(_ start: Int, _ length: Int) -> Int? {
            guard start + length <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[start..<start + length] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        func at(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        guard let year = number(0, 4), at(4) == 45, let month = number(5, 2), at(7) == 45, let day = number(8, 2),
            (1900...2200).contains(year), (1...12).contains(month), day >= 1, day <= days(in: month, of: year)
        else { return nil }
        let midnight = Int64(daysSince1970(year: year, month: month, day: day)) * 86_400_000
        if bytes.count == 10 { return midnight }
        guard at(10) == 84 || at(10) == 116 || at(10) == 32, let hour = number(11, 2), at(13) == 58,
            let minute = number(14, 2), at(16) == 58, let second = number(17, 2), hour < 24, minute < 60, second < 61
        else { return nil }
        var index = 19
        var fraction = 0
        if at(index) == 46 {
            index += 1
            var scale = 100
            let start = index
            while let byte = at(index), (48...57).contains(byte) {
                fraction += Int(byte - 48) * scale
                scale /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        var offset = 0
        switch at(index) {
        case 90, 122: index += 1
        case 43, 45:
            guard let hours = number(index + 1, 2), at(index + 3) == 58, let minutes = number(index + 4, 2), hours < 24,
                minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (at(index) == 45 ? -60 : 60)
            index += 6
        default: return nil
        }
        guard index == bytes.count, text.utf8.count == bytes.count else { return nil }
        return midnight + Int64(hour * 3600 + minute * 60 + second - offset) * 1000 + Int64(fraction)
    }

    /// The RFC 3339 text of milliseconds since 1970, in UTC, with as many decimals as needed (none or three).
    static func text(_ milliseconds: Int64) -> String {
        let days = milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
        let rest = milliseconds - days * 86_400_000
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func pad(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let fraction = rest % 1000 == 0 ? "" : "." + pad(rest % 1000, 3)
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(rest / 3_600_000, 2)):"
            + "\(pad(rest / 60_000 % 60, 2)):\(pad(rest / 1000 % 60, 2))\(fraction)Z"
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
