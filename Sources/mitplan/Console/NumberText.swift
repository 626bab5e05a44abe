import Foundation
import Participation

/// Numbers as people read them.
enum NumberText {
    /// A count with a thin gap every three digits: `1 234 567`.
    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append("\u{202F}") }
            result.append(digit)
        }
        return value < 0 ? "-" + result : result
    }

    /// The nearest integer, kept inside what an `Int` holds.
    static func integer(_ value: Double) -> Int {
        Int(exactly: value.rounded()) ?? 0
    }

    /// A number with at most `decimals` decimals, without trailing zeros; `–` for what is not finite.
    static func decimal(_ value: Double?, decimals: Int = 3) -> String {
        guard let value, value.isFinite else { return "–" }
        // A small number that is not zero must not look like zero.
        if value != 0, abs(value) < 0.5 * pow(10, -Double(decimals)) { return String(format: "%.1e", value) }
        var text = String(format: "%.\(decimals)f", value)
        if text.contains(".") {
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
        }
        return text == "-0" ? "0" : text
    }

    /// Seconds as `42 s`, `3 min 20 s` or `2 h 5 min`.
    static func duration(_ seconds: Double) -> String {
        let total = integer(max(0, seconds))
        if total < 60 { return "\(total) s" }
        if total < 3600 { return "\(total / 60) min \(total % 60) s" }
        return "\(total / 3600) h \(total % 3600 / 60) min"
    }

    /// Milliseconds since 1970 as an RFC 3339 instant in UTC.
    static func instant(_ milliseconds: Int64?) -> String {
        milliseconds.map(Timestamp.rfc3339) ?? ""
    }
}
