/// Reads and writes of numbers in the notation of RFC 8259, section 6.
enum JSONNumber {
    /// Powers of ten that a double holds exactly.
    static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Reads the number at `i` and moves behind it.
    ///
    /// Up to 2^53 and 22 powers of ten one multiplication or division is correctly rounded (Clinger, "How to read
    /// floating point numbers accurately", 1990); everything else goes through the standard library.
    @inline(__always)
    static func scan(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Double {
        let start = i
        var negative = false
        if i < end, b[i] == 0x2D {
            negative = true
            i += 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        guard i < end else { throw .json(.unexpectedEnd, i) }
        if b[i] == 0x30 {
            i += 1
            if i < end, b[i] &- 0x30 < 10 { throw .json(.badNumber, i) }
        } else {
            while i < end {
                let digit = b[i] &- 0x30
                if digit > 9 { break }
                mantissa = mantissa &* 10 &+ UInt64(digit)
                digits += 1
                i += 1
            }
            if digits == 0 { throw literalFault(b, start, i, end) }
        }
        var exponent = 0
        if i < end, b[i] == 0x2E {
            i += 1
            let first = i
            while i < end {
                let digit = b[i] &- 0x30
                if digit > 9 { break }
                mantissa = mantissa &* 10 &+ UInt64(digit)
                if digits > 0 || digit > 0 { digits += 1 }
                i += 1
            }
            if i == first { throw .json(i < end ? .badNumber : .unexpectedEnd, i) }
            exponent = first - i
        }
        if i < end, b[i] | 0x20 == 0x65 {
            i += 1
            var minus = false
            if i < end, b[i] == 0x2B || b[i] == 0x2D {
                minus = b[i] == 0x2D
                i += 1
            }
            let first = i
            var value = 0
            while i < end {
                let digit = b[i] &- 0x30
                if digit > 9 { break }
                if value < 100_000 { value = value * 10 + Int(digit) }
                i += 1
            }
            if i == first { throw .json(i < end ? .badNumber : .unexpectedEnd, i) }
            exponent += minus ? -value : value
        }
        if digits <= 18, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            let value = Double(mantissa)
            let scaled = exponent < 0 ? value / powers[-exponent] : value * powers[exponent]
            return negative ? -scaled : scaled
        }
        return try slow(b, start, i)
    }

    @inline(never)
    private static func slow(_ b: [UInt8], _ start: Int, _ end: Int) throws(Fault) -> Double {
        guard let value = Double(String(decoding: b[start..<end], as: UTF8.self)), value.isFinite else {
            throw .json(.notFinite, start)
        }
        return value
    }

    /// The fault of a value that starts like nothing JSON knows: `NaN` and `Infinity` are told apart.
    @inline(never)
    static func literalFault(_ b: [UInt8], _ start: Int, _ i: Int, _ end: Int) -> Fault {
        let rest = b[i..<min(i + 3, end)]
        if rest.elementsEqual("NaN".utf8) || rest.elementsEqual("nan".utf8) || rest.elementsEqual("Inf".utf8) {
            return .json(.notFinite, start)
        }
        return .json(start < i ? .badNumber : .unexpectedCharacter, i)
    }

    /// Whether the number's text has neither fraction nor exponent.
    static func isInteger(_ text: ArraySlice<UInt8>) -> Bool {
        !text.contains { $0 == 0x2E || $0 | 0x20 == 0x65 }
    }
}
