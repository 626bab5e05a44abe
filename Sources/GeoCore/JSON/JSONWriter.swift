/// Appends JSON tokens to byte buffers, the way all writers of the project build their answers.
public enum JSONWriter {
    private static let hexDigits = Array("0123456789abcdef".utf8)

    /// Appends ASCII text as it is; give a literal, which needs no memory of its own.
    @inline(__always)
    public static func append(literal: String, to out: inout [UInt8]) {
        out.append(contentsOf: literal.utf8)
    }

    /// Appends a string with quotes; `"`, `\` and control characters are escaped, everything else is UTF-8.
    public static func append(_ text: String, to out: inout [UInt8]) {
        if text.utf8.contains(where: isEscaped) { return append(utf8: Array(text.utf8), to: &out) }
        out.append(0x22)
        out.append(contentsOf: text.utf8)
        out.append(0x22)
    }

    @inline(__always)
    private static func isEscaped(_ c: UInt8) -> Bool { c < 0x20 || c == 0x22 || c == 0x5C }

    /// Appends valid UTF-8 as a string with quotes and escapes; stretches without escapes are copied at once.
    public static func append(utf8 text: [UInt8], to out: inout [UInt8]) {
        out.append(0x22)
        var start = 0
        for index in text.indices {
            let c = text[index]
            if !isEscaped(c) { continue }
            out.append(contentsOf: text[start..<index])
            start = index + 1
            out.append(0x5C)
            switch c {
            case 0x22, 0x5C: out.append(c)
            case 0x0A: out.append(0x6E)
            case 0x0D: out.append(0x72)
            case 0x09: out.append(0x74)
            default:
                append(literal: "u00", to: &out)
                out.append(hexDigits[Int(c >> 4)])
                out.append(hexDigits[Int(c & 15)])
            }
        }
        out.append(contentsOf: text[start...])
        out.append(0x22)
    }

    /// Appends an integer.
    @inline(__always)
    public static func append(_ value: some FixedWidthInteger, to out: inout [UInt8]) {
        guard let small = Int64(exactly: value) else { return out.append(contentsOf: String(value).utf8) }
        append(decimal: small, to: &out)
    }

    private static func append(decimal value: Int64, to out: inout [UInt8]) {
        if value < 0 { out.append(0x2D) }
        var rest = value.magnitude
        let start = out.count
        repeat {
            out.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        out[start...].reverse()
    }

    /// Appends the shortest text that reads back as the same double; `null` when it is not finite.
    public static func append(_ value: Double, to out: inout [UInt8]) {
        guard value.isFinite else { return append(literal: "null", to: &out) }
        if value.magnitude < 1e15, let whole = Int64(exactly: value), whole != 0 || value.sign == .plus {
            return append(decimal: whole, to: &out)
        }
        out.append(contentsOf: value.description.utf8)
        if out[out.count - 1] == 0x30, out[out.count - 2] == 0x2E { out.removeLast(2) }
    }

    /// Appends an ordinate rounded to 7 decimals (about 1 cm in degrees) without trailing zeros; values beyond
    /// ±10^11 are written in full, and `null` when not finite.
    @inline(__always)
    public static func append(ordinate value: Double, to out: inout [UInt8]) {
        let scaled = (value * 1e7).rounded()
        guard abs(scaled) < 1e18, let integer = Int64(exactly: scaled) else { return append(value, to: &out) }
        var rest = integer.magnitude
        if integer < 0 { out.append(0x2D) }
        var fraction = UInt32(truncatingIfNeeded: rest % 10_000_000)
        rest /= 10_000_000
        if rest < 10 {
            out.append(0x30 &+ UInt8(truncatingIfNeeded: rest))
        } else if rest < 100 {
            out.append(0x30 &+ UInt8(truncatingIfNeeded: rest / 10))
            out.append(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
        } else {
            out.append(contentsOf: String(rest).utf8)
        }
        guard fraction != 0 else { return }
        out.append(0x2E)
        var divisor: UInt32 = 1_000_000
        while fraction != 0 {
            out.append(0x30 &+ UInt8(truncatingIfNeeded: fraction / divisor))
            fraction %= divisor
            divisor /= 10
        }
    }
}
