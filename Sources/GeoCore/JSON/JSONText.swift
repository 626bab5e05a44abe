/// Reads of strings in the notation of RFC 8259, section 7.
enum JSONText {
    /// Checks the string whose opening quote is before `i` and moves behind the closing quote.
    ///
    /// - Returns: whether the string holds an escape.
    @inline(__always)
    static func skip(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) -> Bool {
        var escaped = false
        while i < end {
            let c = b[i]
            if c == 0x22 {
                i += 1
                return escaped
            }
            if c == 0x5C {
                escaped = true
                try skipEscape(b, &i, end)
            } else if c < 0x20 {
                throw .json(.controlCharacter, i)
            } else if c < 0x80 {
                i += 1
            } else {
                try skipMultibyte(b, &i, end)
            }
        }
        throw .json(.unexpectedEnd, end)
    }

    /// Checks one sequence of two to four bytes by table 3-7 of the Unicode Standard.
    static func skipMultibyte(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) {
        let c = b[i]
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        let length: Int
        switch c {
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            low = 0xA0
        case 0xED:
            length = 3
            high = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            low = 0x90
        case 0xF4:
            length = 4
            high = 0x8F
        case 0xF1...0xF3: length = 4
        default: throw .json(.invalidUTF8, i)
        }
        guard i + length <= end, b[i + 1] >= low, b[i + 1] <= high else { throw .json(.invalidUTF8, i) }
        for k in 2..<4 where k < length && b[i + k] & 0xC0 != 0x80 { throw .json(.invalidUTF8, i) }
        i += length
    }

    private static func skipEscape(_ b: [UInt8], _ i: inout Int, _ end: Int) throws(Fault) {
        guard i + 1 < end else { throw .json(.unexpectedEnd, end) }
        switch b[i + 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: i += 2
        case 0x75:
            let unit = try hex(b, i + 2, end)
            if unit & 0xF800 == 0xD800 {
                guard unit < 0xDC00, i + 7 < end, b[i + 6] == 0x5C, b[i + 7] == 0x75 else {
                    throw .json(.unpairedSurrogate, i)
                }
                let second = try hex(b, i + 8, end)
                guard second & 0xFC00 == 0xDC00 else { throw .json(.unpairedSurrogate, i) }
                i += 12
            } else {
                i += 6
            }
        default: throw .json(.badEscape, i)
        }
    }

    private static func hex(_ b: [UInt8], _ i: Int, _ end: Int) throws(Fault) -> UInt32 {
        guard i + 4 <= end else { throw .json(.unexpectedEnd, end) }
        var value: UInt32 = 0
        for k in i..<i + 4 {
            let c = b[k]
            let digit: UInt8
            switch c {
            case 0x30...0x39: digit = c - 0x30
            case 0x41...0x46: digit = c - 0x37
            case 0x61...0x66: digit = c - 0x57
            default: throw .json(.badEscape, k)
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Appends the UTF-8 text of a checked string, without its quotes and escapes.
    static func appendDecoded(_ b: [UInt8], _ start: Int, _ end: Int, to out: inout [UInt8]) {
        var i = start
        while i < end {
            let c = b[i]
            guard c == 0x5C, i + 1 < end else {
                out.append(c)
                i += 1
                continue
            }
            i += 2
            switch b[i - 1] {
            case 0x62: out.append(0x08)
            case 0x66: out.append(0x0C)
            case 0x6E: out.append(0x0A)
            case 0x72: out.append(0x0D)
            case 0x74: out.append(0x09)
            case 0x75:
                var unit = (try? hex(b, i, end)) ?? 0xFFFD
                i += 4
                if unit & 0xFC00 == 0xD800, let second = try? hex(b, i + 2, end) {
                    unit = 0x10000 + (unit & 0x3FF) << 10 + (second & 0x3FF)
                    i += 6
                }
                out.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8)
            default: out.append(b[i - 1])
            }
        }
    }

    /// The text of a checked string between `start` and `end`, quotes not included.
    static func decode(_ b: [UInt8], _ start: Int, _ end: Int, escaped: Bool) -> String {
        guard escaped else { return String(decoding: b[start..<end], as: UTF8.self) }
        var out: [UInt8] = []
        appendDecoded(b, start, end, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
