/// Horizontal bars with names and numbers as a self-contained SVG, for statistics per category.
public struct BarPicture: Sendable {
    /// One bar.
    public struct Bar: Sendable {
        /// Name of the category.
        public var name: String
        /// Length of the bar; negative and non-finite values are drawn without length.
        public var value: Double
        /// The number as people read it.
        public var text: String

        /// Makes a bar.
        public init(name: String, value: Double, text: String) {
            self.name = name
            self.value = value
            self.text = text
        }
    }

    /// What the picture shows, in one line.
    public var title: String
    /// Method, period and unit, in one line.
    public var methodLine: String
    /// The bars from top to bottom.
    public var bars: [Bar]
    /// Language of the document.
    public var language: MapPicture.Language

    /// Makes a picture.
    public init(title: String, methodLine: String, bars: [Bar], language: MapPicture.Language = .german) {
        self.title = title
        self.methodLine = methodLine
        self.bars = bars
        self.language = language
    }

    /// The document as UTF-8.
    ///
    /// - Complexity: linear in the number of bars.
    public func svg(record: PictureRecord? = nil) -> [UInt8] {
        var out = SVGBuilder()
        out.begin(
            title: title, methodLine: methodLine, height: 100 + Double(bars.count) * 28, language: language,
            record: record)
        let lengths = bars.map { $0.value.isFinite ? max(0, $0.value) : 0 }
        let longest = lengths.max() ?? 0
        for (index, bar) in bars.enumerated() {
            let y = 80 + Double(index) * 28
            let length = longest > 0 ? lengths[index] / longest * 560 : 0
            let name = bar.name.count > 34 ? bar.name.prefix(33) + "…" : bar.name[...]
            out.label(
                String(name), x: 270, y: y + 15, size: 13, attributes: " text-anchor=\"end\" fill=\"#111\"")
            out.raw("<rect x=\"280\" y=\"\(SVGBuilder.number(y))\" width=\"\(SVGBuilder.number(length))\"")
            out.raw(" height=\"20\" fill=\"#35456c\"><title>")
            out.text("\(bar.name): \(bar.text)")
            out.raw("</title></rect>\n")
            out.label(bar.text, x: 286 + length, y: y + 15, size: 13, attributes: " fill=\"#111\"")
        }
        out.raw("</svg>\n")
        return out.bytes
    }
}
