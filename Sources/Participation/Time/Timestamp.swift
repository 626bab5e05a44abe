/// Instants in milliseconds since 1970-01-01T00:00:00Z, as texts of RFC 3339.
public enum Timestamp {
    /// Milliseconds since 1970 of a text such as `2026-05-01T12:00:00.5+02:00`.
    ///
    /// A date alone means its first moment in UTC. `nil` for anything else and for years outside 1900 to 2200.
    public static func milliseconds(_ text: some StringProtocol) -> Int64? {
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
            (1900...2200).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDay.length(ofMonth: month, year: year)
        else { return nil }
        let midnight = Int64(CalendarDay(year: year, month: month, day: day).number) * 86_400_000
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

    /// The text of an instant in UTC, such as `2026-03-29T12:00:00Z`; thousandths only where there are some.
    public static func rfc3339(_ milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        append(milliseconds, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of an instant.
    public static func append(_ milliseconds: Int64, to bytes: inout [UInt8]) {
        let (days, rest) = divided(milliseconds, by: 86_400_000)
        CalendarDay(number: Int(days)).append(to: &bytes)
        func part(_ value: Int64, _ separator: UInt8) {
            bytes.append(separator)
            CalendarDay.appendPadded(Int(value), to: &bytes)
        }
        part(rest / 3_600_000, 0x54)
        part(rest / 60_000 % 60, 0x3A)
        part(rest / 1000 % 60, 0x3A)
        if rest % 1000 != 0 {
            bytes.append(0x2E)
            bytes.append(0x30 + UInt8(truncatingIfNeeded: rest % 1000 / 100))
            CalendarDay.appendPadded(Int(rest % 100), to: &bytes)
        }
        bytes.append(0x5A)
    }

    /// The instant without its seconds: as exactly as the public may know when somebody wrote something.
    public static func minute(_ milliseconds: Int64) -> Int64 { milliseconds - divided(milliseconds, by: 60_000).rest }

    private static func divided(_ value: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
