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

extension SVGBuilder {
    /// Begins a document of 960 pixels in width with its title and its method line, which are also its description, and
    /// with how it came about where that is known.
    ///
    /// Source: SVG 2, sections 5.7 (`desc`) and 5.8 (`metadata`), which may hold text.
    mutating func begin(
        title: String, methodLine: String, height: Double, language: MapPicture.Language, record: PictureRecord?
    ) {
        let height = Self.number(height)
        raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" ")
        raw("width=\"960\" height=\"\(height)\" viewBox=\"0 0 960 \(height)\"")
        raw(" role=\"img\" aria-labelledby=\"t d\" xml:lang=\"\(language.rawValue)\" font-family=\"sans-serif\">\n")
        raw("<title id=\"t\">")
        text(title)
        raw("</title>\n<desc id=\"d\">")
        text(([methodLine, record?.versions].compactMap { $0 }).joined(separator: " · "))
        raw("</desc>\n")
        if let record {
            raw("<metadata>")
            text(record.json)
            raw("</metadata>\n")
        }
        raw("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
        label(title, x: 20, y: 36, size: 22, attributes: " font-weight=\"bold\" fill=\"#111\"")
        let lines = Self.wrapped(methodLine)
        for (index, line) in lines.enumerated() {
            label(
                line, x: 20, y: lines.count == 1 ? 62 : 56 + Double(index) * 15, size: lines.count == 1 ? 13 : 12,
                attributes: " fill=\"#444\"")
        }
    }

    /// The method line in one or two lines of at most about 140 characters, divided at a blank; the description has what is
    /// too long for two.
    private static func wrapped(_ line: String) -> [String] {
        guard line.count > 130, let middle = line.prefix(140).lastIndex(of: " ") else { return [line] }
        let rest = line[line.index(after: middle)...]
        guard rest.count > 145, let end = rest.prefix(143).lastIndex(of: " ") else {
            return [String(line[..<middle]), String(rest)]
        }
        return [String(line[..<middle]), rest[..<end] + " …"]
    }
}
