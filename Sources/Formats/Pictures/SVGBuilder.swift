/// Builds SVG text as UTF-8: elements, escaped text, numbers with few digits.
struct SVGBuilder {
    /// The document as far as written.
    private(set) var bytes: [UInt8] = []

    /// Adds markup of our own, as it is.
    mutating func raw(_ markup: String) {
        bytes.append(contentsOf: markup.utf8)
    }

    /// Adds outside text: markup characters escaped, characters that XML 1.0 does not allow left out (section 2.2).
    mutating func text(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": raw("&amp;")
            case "<": raw("&lt;")
            case ">": raw("&gt;")
            case "\"": raw("&quot;")
            case "'": raw("&#39;")
            case "\n", "\t": raw(" ")
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// Adds a number of tenths, such as `12.3`.
    mutating func tenths(_ value: Int) {
        if value < 0 { raw("-") }
        let size = value.magnitude
        raw(String(size / 10))
        if size % 10 != 0 { raw(".\(size % 10)") }
    }

    /// Adds one line of text at a place.
    mutating func label(_ content: String, x: Double, y: Double, size: Int, attributes: String = "") {
        raw("<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(size)\"\(attributes)>")
        text(content)
        raw("</text>\n")
    }

    /// A number with at most one decimal.
    static func number(_ value: Double) -> String {
        var builder = SVGBuilder()
        builder.tenths(tenths(of: value))
        return String(decoding: builder.bytes, as: UTF8.self)
    }

    /// The value in tenths, kept within a million pixels.
    static func tenths(of value: Double) -> Int {
        guard value.isFinite else { return 0 }
        return Int(exactly: max(-1e7, min(1e7, value * 10)).rounded()) ?? 0
    }
}
