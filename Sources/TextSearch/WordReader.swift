/// Cuts a text into lower-case words: runs of letters and digits of any script.
///
/// - Complexity: linear in the bytes; ASCII is read without decoding.
struct WordReader {
    private var scalars: Substring.UnicodeScalarView

    init(_ text: some StringProtocol) { scalars = Substring(text).unicodeScalars }

    /// Reads the next word as UTF-8; `false` at the end.
    ///
    /// Words are cut at 64 bytes, and the rest of such a word is left out.
    mutating func next(into word: inout [UInt8]) -> Bool {
        word.removeAll(keepingCapacity: true)
        while let scalar = scalars.popFirst() {
            if scalar.isASCII {
                switch UInt8(truncatingIfNeeded: scalar.value) {
                case let byte where (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte):
                    Self.append(byte, to: &word)
                case let byte where (0x41...0x5A).contains(byte): Self.append(byte | 0x20, to: &word)
                default: if !word.isEmpty { return true }
                }
            } else if Self.belongs(scalar) {
                let lower = scalar.properties.lowercaseMapping
                if word.count + lower.utf8.count <= Self.maximum { word += lower.utf8 }
            } else if !word.isEmpty {
                return true
            }
        }
        return !word.isEmpty
    }

    private static let maximum = 64

    private static func append(_ byte: UInt8, to word: inout [UInt8]) {
        if word.count < maximum { word.append(byte) }
    }

    /// Letters, numbers and the marks that stand on letters.
    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }
}
