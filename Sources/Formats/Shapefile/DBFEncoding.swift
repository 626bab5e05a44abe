/// How the texts of a dBASE table are encoded.
enum DBFEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case windows1252 = "Windows-1252"
    case latin9 = "ISO-8859-15"
    case codePage437 = "CP437"
    case codePage850 = "CP850"

    /// The encoding by one of the names found in `.cpg` files and options; `nil` when it is not known here.
    ///
    /// ISO-8859-1 is read as Windows-1252, which agrees with it on every printable character.
    init?(name: String) {
        let plain = name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        switch plain {
        case "UTF8", "65001", "CP65001": self = .utf8
        case "ISO88591", "88591", "LATIN1", "1252", "CP1252", "WINDOWS1252", "WIN1252", "ANSI1252", "ANSI", "LDID87",
            "LDID3", "USASCII", "ASCII":
            self = .windows1252
        case "ISO885915", "885915", "LATIN9", "ISO88590", "LATIN0": self = .latin9
        case "437", "CP437", "IBM437", "OEM437", "LDID1": self = .codePage437
        case "850", "CP850", "IBM850", "OEM850", "LDID2": self = .codePage850
        default: return nil
        }
    }

    /// The encoding by the language driver identifier, byte 29 of the table's head; `nil` for 0 and for unknown ones.
    ///
    /// Source: dBASE level 5 and Visual FoxPro, "Code Pages Supported".
    init?(languageDriver: UInt8) {
        switch languageDriver {
        case 0x01, 0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x15, 0x18, 0x19, 0x1B: self = .codePage437
        case 0x02, 0x0A, 0x0E, 0x10, 0x12, 0x14, 0x16, 0x1A, 0x1D, 0x25, 0x37: self = .codePage850
        case 0x03, 0x57, 0x58, 0x59: self = .windows1252
        default: return nil
        }
    }

    /// The text of the bytes; what the encoding does not define becomes U+FFFD.
    func decode(_ bytes: ArraySlice<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: Self.withoutCutCharacter(bytes), as: UTF8.self)
        case .windows1252: return Self.decode(bytes, upper: Self.windows1252Table, from: 0x80)
        case .latin9: return Self.decode(bytes, upper: Self.latin9Table, from: 0xA0)
        case .codePage437: return Self.decode(bytes, upper: Self.codePage437Table, from: 0x80)
        case .codePage850: return Self.decode(bytes, upper: Self.codePage850Table, from: 0x80)
        }
    }

    /// A field of fixed width may cut the last character in two; that piece is dropped.
    static func withoutCutCharacter(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.endIndex - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back ? bytes.dropLast(back) : bytes
        }
        return bytes
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, upper: [Unicode.Scalar], from first: UInt8) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let index = Int(byte) - Int(first)
            text.append(index >= 0 && index < upper.count ? upper[index] : Unicode.Scalar(byte))
        }
        return String(text)
    }

    private static let windows1252Table: [Unicode.Scalar] = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
    private static let latin9Table: [Unicode.Scalar] = Array(
        "\u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿".unicodeScalars)
    private static let codePage437Table: [Unicode.Scalar] = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
    private static let codePage850Table: [Unicode.Scalar] = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀"
            + "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}").unicodeScalars)
}
