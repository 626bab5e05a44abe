import Foundation
import Participation

/// Reads the notations of dates that participation data comes in.
struct SourceInstant: Sendable {
    /// Calendar of the tenant's time zone: local times without an offset are meant in it.
    fileprivate let calendar: Calendar

    /// Makes a reader for local times of `timeZone` (IANA name); unknown names mean UTC.
    init(timeZone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: timeZone) ?? .gmt
        self.calendar = calendar
    }

    /// Milliseconds since 1970 of a text such as `2020-04-05T12:28:17+00:00`, `2020-01-01 17:06:00`, `2016-06-27`,
    /// `18.10.2017`, `18.10.2017 14:30` or `02/17/2020 12:19:00 PM`; `nil` for anything else and for years outside
    /// 1900 to 2200.
    func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8.prefix(40))
        var numbers: [Int] = []
        var separators: [UInt8] = []
        var index = 0
        var date: (year: Int, month: Int, day: Int)?
        func number() -> Int? {
            var value = 0
            var digits = 0
            while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57, digits < 9 {
                value = value * 10 + Int(bytes[index] - 48)
                digits += 1
                index += 1
            }
            return digits > 0 ? value : nil
        }
        for _ in 0..<3 {
            guard let value = number() else { return nil }
            numbers.append(value)
            if numbers.count < 3 {
                guard index < bytes.count else { return nil }
                separators.append(bytes[index])
                index += 1
            }
        }
        switch separators {
        case [0x2D, 0x2D]: date = (numbers[0], numbers[1], numbers[2])
        case [0x2E, 0x2E]: date = (numbers[2], numbers[1], numbers[0])
        case [0x2F, 0x2F]: date = (numbers[2], numbers[0], numbers[1])
        default: return nil
        }
        guard let date, (1900...2200).contains(date.year), (1...12).contains(date.month),
            (1...31).contains(date.day)
        else { return nil }

        var hour = 0
        var minute = 0
        var second = 0
        var millisecond = 0
        var offset: Int?
        if index < bytes.count {
            guard bytes[index] == 0x54 || bytes[index] == 0x74 || bytes[index] == 0x20 else { return nil }
            index += 1
            guard let parsedHour = number(), index < bytes.count, bytes[index] == 0x3A else { return nil }
            index += 1
            guard let parsedMinute = number() else { return nil }
            hour = parsedHour
            minute = parsedMinute
            if index < bytes.count, bytes[index] == 0x3A {
                index += 1
                guard let parsedSecond = number() else { return nil }
                second = parsedSecond
                if index < bytes.count, bytes[index] == 0x2E {
                    index += 1
                    let start = index
                    guard let fraction = number() else { return nil }
                    let digits = index - start
                    millisecond =
                        digits <= 3 ? fraction * [100, 10, 1][digits - 1] : Int(String(fraction).prefix(3)) ?? 0
                }
            }
            let rest = String(decoding: bytes[index...], as: UTF8.self).uppercased()
                .filter { $0 != " " }
            switch rest {
            case "": break
            case "Z", "UTC": offset = 0
            case "AM": if hour == 12 { hour = 0 }
            case "PM": if hour < 12 { hour += 12 }
            default:
                guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
                let digits = rest.dropFirst().filter { $0 != ":" }
                guard digits.count == 2 || digits.count == 4, let value = Int(digits) else { return nil }
                let seconds = digits.count == 2 ? value * 3600 : (value / 100) * 3600 + (value % 100) * 60
                offset = sign == "-" ? -seconds : seconds
            }
        }
        guard hour < 24, minute < 60, second < 61 else { return nil }
        if let offset {
            let days = CalendarDay(year: date.year, month: date.month, day: date.day).number
            return Int64(days * 86400 + hour * 3600 + minute * 60 + second - offset) * 1000 + Int64(millisecond)
        }
        let components = DateComponents(
            year: date.year, month: date.month, day: date.day, hour: hour, minute: minute, second: second)
        return calendar.date(from: components).map { Int64($0.timeIntervalSince1970) * 1000 + Int64(millisecond) }
    }
}

extension SourceInstant {
    /// The beginning of the next local day.
    func nextDay(_ milliseconds: Int64) -> Int64 {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        guard let next = calendar.date(byAdding: .day, value: 1, to: date) else { return milliseconds + 86_400_000 }
        return Int64(next.timeIntervalSince1970) * 1000
    }
}
