/// A statistic on its axis beside what chance alone gives, as a self-contained SVG.
///
/// What is not known is not drawn. The same input gives the same bytes.
public struct ExpectationPicture: Sendable {
    /// A value with what the legend calls it, and as people read it.
    public struct Value: Sendable {
        /// What the legend calls it.
        public var name: String
        /// Where it lies on the axis.
        public var number: Double
        /// The number as people read it.
        public var text: String

        /// Makes a value.
        public init(name: String, number: Double, text: String) {
            self.name = name
            self.number = number
            self.text = text
        }
    }

    /// Where the statistic lies by chance alone.
    public struct Range: Sendable {
        /// What the legend calls it.
        public var name: String
        /// The lower end.
        public var lower: Double
        /// The upper end.
        public var upper: Double
        /// Both as people read them.
        public var text: String

        /// Makes a range.
        public init(name: String, lower: Double, upper: Double, text: String) {
            self.name = name
            self.lower = lower
            self.upper = upper
            self.text = text
        }
    }

    /// What the picture shows, in one line.
    public var title: String
    /// Method and parameters, in one line.
    public var methodLine: String
    /// Heading of the axis, with its unit.
    public var axisTitle: String
    /// What was found.
    public var observed: Value?
    /// What chance gives.
    public var expected: Value?
    /// Within which chance stays.
    public var range: Range?
    /// Further figures, in one line.
    public var figures: String
    /// Language of the document.
    public var language: MapPicture.Language

    /// Makes a picture.
    public init(
        title: String, methodLine: String, axisTitle: String, observed: Value?, expected: Value?, range: Range?,
        figures: String, language: MapPicture.Language = .german
    ) {
        self.title = title
        self.methodLine = methodLine
        self.axisTitle = axisTitle
        self.observed = observed
        self.expected = expected
        self.range = range
        self.figures = figures
        self.language = language
    }

    private static let left = 90.0
    private static let right = 900.0
    private static let top = 110.0
    private static let bottom = 190.0

    /// The document as UTF-8.
    public func svg(record: PictureRecord? = nil) -> [UInt8] {
        var out = SVGBuilder()
        out.begin(title: title, methodLine: methodLine, height: 370, language: language, record: record)
        let numbers = [observed?.number, expected?.number, range?.lower, range?.upper].compactMap { $0 }
            .filter(\.isFinite)
        if let least = numbers.min(), let most = numbers.max() {
            // Nothing lies on the very edge.
            let margin = most > least ? (most - least) / 12 : max(abs(most) / 12, 1e-9)
            draw(AxisScale([least - margin, most + margin], from: Self.left, to: Self.right), &out)
        }
        drawLegend(&out)
        out.raw("</svg>\n")
        return out.bytes
    }

    private func draw(_ axis: AxisScale, _ out: inout SVGBuilder) {
        let (top, bottom) = (SVGBuilder.number(Self.top), SVGBuilder.number(Self.bottom))
        if let range, range.lower.isFinite, range.upper.isFinite {
            let (start, end) = (axis.place(range.lower), axis.place(range.upper))
            out.raw("<rect x=\"\(SVGBuilder.number(start))\" y=\"\(top)\" width=\"\(SVGBuilder.number(end - start))\"")
            out.raw(" height=\"\(SVGBuilder.number(Self.bottom - Self.top))\" fill=\"#bbb\" fill-opacity=\"0.6\"/>\n")
        }
        out.raw("<path d=\"M\(SVGBuilder.number(Self.left)) \(bottom)H\(SVGBuilder.number(Self.right))\"")
        out.raw(" stroke=\"#444\"/>\n")
        for tick in axis.ticks {
            out.raw("<path d=\"M\(SVGBuilder.number(axis.place(tick))) \(bottom)v6\" stroke=\"#444\"/>\n")
            out.label(
                axis.text(tick, language), x: axis.place(tick), y: Self.bottom + 20, size: 12,
                attributes: " text-anchor=\"middle\" fill=\"#444\"")
        }
        out.label(
            axisTitle, x: Self.right, y: Self.bottom + 38, size: 13,
            attributes: " text-anchor=\"end\" fill=\"#111\"")
        if let expected, expected.number.isFinite {
            out.raw("<path d=\"M\(SVGBuilder.number(axis.place(expected.number))) \(top)V\(bottom)\"")
            out.raw(" stroke=\"#35456c\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>\n")
        }
        if let observed, observed.number.isFinite {
            out.raw("<circle cx=\"\(SVGBuilder.number(axis.place(observed.number)))\"")
            out.raw(" cy=\"\(SVGBuilder.number((Self.top + Self.bottom) / 2))\" r=\"8\" fill=\"#b2182b\"/>\n")
        }
    }

    private func drawLegend(_ out: inout SVGBuilder) {
        var y = 256.0
        func line(_ mark: String, _ text: String) {
            out.raw("<g transform=\"translate(\(SVGBuilder.number(Self.left)) \(SVGBuilder.number(y)))\">\(mark)</g>\n")
            out.label(text, x: Self.left + 32, y: y + 5, size: 13, attributes: " fill=\"#111\"")
            y += 22
        }
        if let observed {
            line("<circle cx=\"12\" cy=\"0\" r=\"6\" fill=\"#b2182b\"/>", "\(observed.name): \(observed.text)")
        }
        if let expected {
            line(
                "<path d=\"M0 0H24\" stroke=\"#35456c\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>",
                "\(expected.name): \(expected.text)")
        }
        if let range {
            line("<rect y=\"-6\" width=\"24\" height=\"12\" fill=\"#bbb\"/>", "\(range.name): \(range.text)")
        }
        out.label(figures, x: Self.left, y: y + 8, size: 13, attributes: " fill=\"#111\"")
    }
}
