import Foundation

/// How the text of a table is encoded and divided.
struct CSVDialect: Sendable, Hashable {
    enum Encoding: String, Sendable {
        case utf8 = "UTF-8"
        case utf16LittleEndian = "UTF-16LE"
        case utf16BigEndian = "UTF-16BE"
        case windows1252 = "Windows-1252"
    }

    var encoding: Encoding
    var delimiter: UInt8
    var byteOrderMark: Int

    /// Guesses from the first bytes of a file.
    init(head: [UInt8], encoding given: String? = nil, delimiter: UInt8? = nil) {
        byteOrderMark = 0
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            (encoding, byteOrderMark) = (.utf8, 3)
        } else if head.starts(with: [0xFF, 0xFE]) {
            (encoding, byteOrderMark) = (.utf16LittleEndian, 2)
        } else if head.starts(with: [0xFE, 0xFF]) {
            (encoding, byteOrderMark) = (.utf16BigEndian, 2)
        } else {
            encoding = Self.isUTF8(head) ? .utf8 : .windows1252
        }
        switch given?.uppercased() {
        case "UTF-8", "UTF8": encoding = .utf8
        case "ISO-8859-1", "LATIN1", "WINDOWS-1252", "CP1252": encoding = .windows1252
        default: break
        }
        self.delimiter = 0x2C
        var text = head.dropFirst(byteOrderMark).filter { $0 != 0 }
        if let line = Self.firstLine(text) { text = Array(line) }
        let counts = [UInt8(0x3B), 0x09, 0x7C, 0x2C].map { sign in (sign, text.count { $0 == sign }) }
        if let best = counts.max(by: { $0.1 < $1.1 }), best.1 > 0 { self.delimiter = best.0 }
        if let delimiter { self.delimiter = delimiter }
    }

    private static func firstLine(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        var quoted = false
        for (index, byte) in text.enumerated() {
            if byte == 0x22 { quoted.toggle() }
            if byte == 0x0A, !quoted { return text[..<index] }
        }
        return nil
    }

    /// Whether bytes are UTF-8, up to a sequence cut off at the end.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        for cut in 0..<4 where cut <= bytes.count {
            if String(validating: bytes.dropLast(cut), as: UTF8.self) != nil { return true }
        }
        return false
    }

    /// Bytes of the file as UTF-8; a code unit cut off at the end stays in `rest`.
    func utf8(_ bytes: [UInt8], rest: inout [UInt8]) -> [UInt8] {
        switch encoding {
        case .utf8: return bytes
        case .windows1252:
            return Array(
                bytes.map { Self.scalar1252($0) }.reduce(into: String.UnicodeScalarView()) { $0.append($1) }
                    .description.utf8)
        case .utf16LittleEndian, .utf16BigEndian:
            var all = rest + bytes
            if all.count % 2 == 1 { rest = [all.removeLast()] } else { rest = [] }
            var units: [UInt16] = []
            units.reserveCapacity(all.count / 2)
            for index in stride(from: 0, to: all.count, by: 2) {
                let (first, second) = (UInt16(all[index]), UInt16(all[index + 1]))
                units.append(encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second)
            }
            if let last = units.last, UTF16.isLeadSurrogate(last) {
                rest = Array(all.suffix(2)) + rest
                units.removeLast()
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        }
    }

    private static let high1252: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    private static func scalar1252(_ byte: UInt8) -> Unicode.Scalar {
        guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
        return Unicode.Scalar(high1252[Int(byte) - 0x80]) ?? " "
    }
}
