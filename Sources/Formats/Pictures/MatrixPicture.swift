/// A coloured square matrix of names by names as a self-contained SVG, with a legend.
///
/// The same input gives the same bytes.
public struct MatrixPicture: Sendable {
    /// What a square shows.
    public enum Content: Sendable {
        /// A class of the legend.
        case known(classIndex: Int, text: String, isStrong: Bool)
        /// There is none: the square stays blank.
        case undefined
        /// There is one that may not be told: the square is hatched.
        case withheld
    }

    /// What the picture shows, in one line.
    public var title: String
    /// Method and parameters, in one line.
    public var methodLine: String
    /// Names of the rows, and of the columns.
    public var names: [String]
    /// The squares, row by row.
    public var squares: [Content]
    /// How to read it, in one line.
    public var note: String
    /// What the classes mean, in order.
    public var legend: [String]
    /// Heading of the legend.
    public var legendTitle: String
    /// Colours of the classes.
    public var scale: ColorScale
    /// Language of the document.
    public var language: MapPicture.Language

    /// Makes a picture.
    public init(
        title: String, methodLine: String, names: [String], squares: [Content], note: String, legend: [String],
        legendTitle: String, scale: ColorScale, language: MapPicture.Language = .german
    ) {
        self.title = title
        self.methodLine = methodLine
        self.names = names
        self.squares = squares
        self.note = note
        self.legend = legend
        self.legendTitle = legendTitle
        self.scale = scale
        self.language = language
    }

    private static let left = 240.0
    private static let top = 230.0
    private static let width = 460.0

    /// The document as UTF-8.
    ///
    /// - Complexity: quadratic in the number of names.
    public func svg(record: PictureRecord? = nil) -> [UInt8] {
        let side = min(46, Self.width / Double(max(1, names.count)))
        let hasWithheld = squares.contains { if case .withheld = $0 { true } else { false } }
        var out = SVGBuilder()
        out.begin(
            title: title, methodLine: methodLine, height: max(350, Self.top + side * Double(names.count) + 50),
            language: language, record: record)
        if hasWithheld { out.defineHatching() }
        for (index, name) in names.enumerated() {
            let middle = (Double(index) + 0.5) * side
            let size = max(3, min(13, Int(side)))
            let short = name.count > 22 ? name.prefix(21) + "…" : name[...]
            out.label(
                String(short), x: Self.left - 8, y: Self.top + middle + Double(size) / 3, size: size,
                attributes: " text-anchor=\"end\" fill=\"#111\"")
            let (x, y) = (Self.left + middle + Double(size) / 3, Self.top - 8)
            out.label(
                String(short), x: x, y: y, size: size,
                attributes: " transform=\"rotate(-90 \(SVGBuilder.number(x)) \(SVGBuilder.number(y)))\" fill=\"#111\"")
        }
        for (place, square) in squares.enumerated() where !names.isEmpty {
            draw(square, row: place / names.count, column: place % names.count, side, &out)
        }
        out.label(
            note, x: 20, y: Self.top + side * Double(names.count) + 30, size: 13, attributes: " fill=\"#111\"")
        out.legend(legendTitle, legend, colors: scale, hasWithheld: hasWithheld, language: language)
        out.raw("</svg>\n")
        return out.bytes
    }

    private func draw(_ square: Content, row: Int, column: Int, _ side: Double, _ out: inout SVGBuilder) {
        let (x, y) = (Self.left + Double(column) * side, Self.top + Double(row) * side)
        func paint(_ fill: String, _ what: String) {
            out.raw(
                "<rect x=\"\(SVGBuilder.number(x))\" y=\"\(SVGBuilder.number(y))\" width=\"\(SVGBuilder.number(side))\""
            )
            out.raw(
                " height=\"\(SVGBuilder.number(side))\" fill=\"\(fill)\" stroke=\"#888\" stroke-width=\"0.5\"><title>")
            out.text("\(names[row]) – \(names[column]): \(what)")
            out.raw("</title></rect>\n")
        }
        switch square {
        case .undefined: paint("#fff", "–")
        case .withheld: paint("url(#w)", language == .german ? "nicht genannt" : "not told")
        case .known(let index, let text, let isStrong):
            paint(scale.color(index, of: legend.count), text)
            // Smaller squares have no room for a number.
            guard side >= 30 else { return }
            let isDark = scale == .diverging && (index == 0 || index >= legend.count - 1)
            out.label(
                text, x: x + side / 2, y: y + side / 2 + 4, size: 12,
                attributes: " text-anchor=\"middle\" fill=\"\(isDark ? "#fff" : "#111")\""
                    + (isStrong ? " font-weight=\"bold\"" : ""))
        }
    }
}
