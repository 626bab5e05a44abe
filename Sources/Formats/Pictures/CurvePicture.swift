/// Curves over a common axis as a self-contained SVG, with a band between a lower and an upper one.
///
/// The same input gives the same bytes.
public struct CurvePicture: Sendable {
    /// One curve; values that are not known break it.
    public struct Curve: Sendable {
        /// What the legend calls it.
        public var name: String
        /// One value for each place on the axis.
        public var values: [Double?]

        /// Makes a curve.
        public init(name: String, values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    /// What lies between two curves.
    public struct Band: Sendable {
        /// What the legend calls it.
        public var name: String
        /// One value for each place on the axis.
        public var lower: [Double?]
        /// One value for each place on the axis.
        public var upper: [Double?]

        /// Makes a band.
        public init(name: String, lower: [Double?], upper: [Double?]) {
            self.name = name
            self.lower = lower
            self.upper = upper
        }
    }

    /// What the picture shows, in one line.
    public var title: String
    /// Method and parameters, in one line.
    public var methodLine: String
    /// Heading of the horizontal axis, with its unit.
    public var horizontalTitle: String
    /// Heading of the vertical axis, with its unit.
    public var verticalTitle: String
    /// Places on the horizontal axis, rising.
    public var places: [Double]
    /// The curves, the most important first.
    public var curves: [Curve]
    /// What is drawn below the curves.
    public var band: Band?
    /// Language of the document.
    public var language: MapPicture.Language

    /// Makes a picture.
    public init(
        title: String, methodLine: String, horizontalTitle: String, verticalTitle: String, places: [Double],
        curves: [Curve], band: Band? = nil, language: MapPicture.Language = .german
    ) {
        self.title = title
        self.methodLine = methodLine
        self.horizontalTitle = horizontalTitle
        self.verticalTitle = verticalTitle
        self.places = places
        self.curves = curves
        self.band = band
        self.language = language
    }

    private static let left = 90.0
    private static let top = 90.0
    private static let width = 830.0
    private static let height = 400.0
    private static let colors = ["#b2182b", "#35456c", "#6a51a3", "#238b45"]

    /// The document as UTF-8.
    ///
    /// - Complexity: linear in the number of values.
    public func svg(record: PictureRecord? = nil) -> [UInt8] {
        let legend = curves.map(\.name) + (band.map { [$0.name] } ?? [])
        let total = Self.top + Self.height + 80 + Double(legend.count) * 22
        var out = SVGBuilder()
        out.begin(title: title, methodLine: methodLine, height: total, language: language, record: record)
        let horizontal = AxisScale(places, from: Self.left, to: Self.left + Self.width)
        let values = curves.flatMap(\.values) + (band.map { $0.lower + $0.upper } ?? [])
        let vertical = AxisScale(
            values.compactMap { $0 }.filter(\.isFinite) + [0], from: Self.top + Self.height, to: Self.top)
        drawAxes(horizontal, vertical, &out)
        if let band { draw(band, horizontal, vertical, &out) }
        for (index, curve) in curves.enumerated().reversed() {
            out.raw("<path d=\"")
            draw(curve.values, horizontal, vertical, &out)
            out.raw("\" fill=\"none\" stroke=\"\(color(index))\" stroke-width=\"2\"/>\n")
        }
        for (index, name) in legend.enumerated() {
            let y = Self.top + Self.height + 66 + Double(index) * 22
            let isBand = index == curves.count
            out.raw(
                "<rect x=\"\(SVGBuilder.number(Self.left))\" y=\"\(SVGBuilder.number(isBand ? y - 4 : y))\" width=\"24\""
            )
            out.raw(" height=\"\(isBand ? 12 : 4)\" fill=\"\(isBand ? "#bbb" : color(index))\"/>\n")
            out.label(name, x: Self.left + 32, y: y + 6, size: 13, attributes: " fill=\"#111\"")
        }
        out.raw("</svg>\n")
        return out.bytes
    }

    private func color(_ index: Int) -> String { Self.colors[index % Self.colors.count] }

    private func drawAxes(_ horizontal: AxisScale, _ vertical: AxisScale, _ out: inout SVGBuilder) {
        let (bottom, right) = (Self.top + Self.height, Self.left + Self.width)
        for tick in vertical.ticks {
            let y = SVGBuilder.number(vertical.place(tick))
            out.raw("<path d=\"M\(SVGBuilder.number(Self.left)) \(y)H\(SVGBuilder.number(right))\" stroke=\"")
            out.raw(tick == 0 ? "#444\"/>\n" : "#ddd\"/>\n")
            out.label(
                vertical.text(tick, language), x: Self.left - 8, y: vertical.place(tick) + 4, size: 12,
                attributes: " text-anchor=\"end\" fill=\"#444\"")
        }
        for tick in horizontal.ticks {
            let x = SVGBuilder.number(horizontal.place(tick))
            out.raw("<path d=\"M\(x) \(SVGBuilder.number(bottom))v6\" stroke=\"#444\"/>\n")
            out.label(
                horizontal.text(tick, language), x: horizontal.place(tick), y: bottom + 20, size: 12,
                attributes: " text-anchor=\"middle\" fill=\"#444\"")
        }
        out.raw("<rect x=\"\(SVGBuilder.number(Self.left))\" y=\"\(SVGBuilder.number(Self.top))\"")
        out.raw(" width=\"\(SVGBuilder.number(Self.width))\" height=\"\(SVGBuilder.number(Self.height))\"")
        out.raw(" fill=\"none\" stroke=\"#999\"/>\n")
        out.label(
            horizontalTitle, x: right, y: bottom + 38, size: 13, attributes: " text-anchor=\"end\" fill=\"#111\"")
        out.label(verticalTitle, x: Self.left, y: Self.top - 8, size: 13, attributes: " fill=\"#111\"")
    }

    private func draw(
        _ values: [Double?], _ horizontal: AxisScale, _ vertical: AxisScale, _ out: inout SVGBuilder
    ) {
        var isDrawing = false
        for (place, value) in zip(places, values) {
            guard let value, value.isFinite else {
                isDrawing = false
                continue
            }
            out.raw(isDrawing ? "L" : "M")
            out.raw("\(SVGBuilder.number(horizontal.place(place))) \(SVGBuilder.number(vertical.place(value)))")
            isDrawing = true
        }
    }

    private func draw(_ band: Band, _ horizontal: AxisScale, _ vertical: AxisScale, _ out: inout SVGBuilder) {
        let known = places.indices.filter { index in
            index < band.lower.count && index < band.upper.count && band.lower[index]?.isFinite == true
                && band.upper[index]?.isFinite == true
        }
        guard !known.isEmpty else { return }
        out.raw("<path d=\"")
        let there = known.map { (places[$0], band.lower[$0] ?? 0) }
        let back = known.reversed().map { (places[$0], band.upper[$0] ?? 0) }
        for (index, corner) in (there + back).enumerated() {
            out.raw(index == 0 ? "M" : "L")
            out.raw("\(SVGBuilder.number(horizontal.place(corner.0))) \(SVGBuilder.number(vertical.place(corner.1)))")
        }
        out.raw("z\" fill=\"#bbb\" fill-opacity=\"0.6\"/>\n")
    }
}
