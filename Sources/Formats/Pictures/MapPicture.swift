public import GeoCore

/// A map as a self-contained SVG: area, coloured cells, points, legend, scale bar, north arrow, title, method line.
///
/// All geometries are metres of one projected CRS with north up. The document has neither scripts nor references to
/// anything outside, and carries its title and method as `<title>` and `<desc>`. The same input gives the same bytes.
public struct MapPicture: Sendable {
    /// One coloured shape.
    public struct Shape: Sendable {
        /// The outline in metres.
        public var geometry: MetricGeometry
        /// Class of the shape: index into ``MapPicture/legend``.
        public var classIndex: Int
        /// Text shown on pointing at it; shapes without one are merged by class, which keeps big maps small.
        public var label: String?

        /// Makes a shape.
        public init(geometry: MetricGeometry, classIndex: Int, label: String? = nil) {
            self.geometry = geometry
            self.classIndex = classIndex
            self.label = label
        }
    }

    /// Language of the fixed words.
    public enum Language: String, Sendable { case german = "de", english = "en" }

    /// What the map shows, in one line.
    public var title: String
    /// Method and parameters, in one line.
    public var methodLine: String
    /// The area of the proceeding, drawn as an outline.
    public var area: MetricGeometry?
    /// Coloured shapes, drawn in their order within a class.
    public var shapes: [Shape]
    /// Single positions in metres, drawn as small dots.
    public var points: [Position]
    /// What the classes mean, in order; the first entry has index 0.
    public var legend: [String]
    /// Heading of the legend, with the unit.
    public var legendTitle: String
    /// Shapes of which nothing may be told: hatched, with an entry of their own below the classes.
    public var withheld: [MetricGeometry] = []
    /// Colours of the classes.
    public var scale: ColorScale
    /// The part of the plane to show in metres; by default all that is drawn.
    public var extent: BoundingBox?
    /// Language of the fixed words.
    public var language: Language

    /// Makes a map.
    public init(
        title: String, methodLine: String, area: MetricGeometry? = nil, shapes: [Shape] = [], points: [Position] = [],
        legend: [String] = [], legendTitle: String = "", scale: ColorScale = .sequential, extent: BoundingBox? = nil,
        language: Language = .german
    ) {
        self.title = title
        self.methodLine = methodLine
        self.area = area
        self.shapes = shapes
        self.points = points
        self.legend = legend
        self.legendTitle = legendTitle
        self.scale = scale
        self.extent = extent
        self.language = language
    }

    private static let width = 960.0
    private static let mapSize = (width: 680.0, height: 620.0)
    private static let mapOrigin = (x: 20.0, y: 80.0)

    /// The document as UTF-8.
    ///
    /// - Complexity: linear in the number of positions.
    public func svg(record: PictureRecord? = nil) -> [UInt8] {
        let frame = MapFrame(
            extent: extent ?? drawnExtent ?? BoundingBox(minX: 0, minY: 0, maxX: 1000, maxY: 1000),
            x: Self.mapOrigin.x, y: Self.mapOrigin.y, width: Self.mapSize.width, height: Self.mapSize.height)
        let height = max(740, 170 + Double(legend.count + (withheld.isEmpty ? 0 : 1)) * 24)
        var out = SVGBuilder()
        out.begin(title: title, methodLine: methodLine, height: height, language: language, record: record)
        out.raw("<clipPath id=\"m\"><rect x=\"20\" y=\"80\" width=\"680\" height=\"620\"/></clipPath>\n")
        if !withheld.isEmpty { out.defineHatching() }
        out.raw("<g clip-path=\"url(#m)\">\n")
        drawShapes(frame, &out)
        if !withheld.isEmpty {
            out.raw("<path d=\"")
            for geometry in withheld { frame.append(geometry.shape, to: &out) }
            out.raw("\" fill=\"url(#w)\" fill-rule=\"evenodd\" stroke=\"#fff\" stroke-width=\"0.3\"/>\n")
        }
        if let area {
            out.raw("<path d=\"")
            frame.append(area.shape, to: &out)
            out.raw("\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>\n")
        }
        drawPoints(frame, &out)
        out.raw("</g>\n<rect x=\"20\" y=\"80\" width=\"680\" height=\"620\" fill=\"none\" stroke=\"#999\"/>\n")
        drawLegend(&out)
        drawScaleBar(frame, &out)
        drawNorthArrow(&out)
        out.raw("</svg>\n")
        return out.bytes
    }

    private var drawnExtent: BoundingBox? {
        var box = area?.shape.boundingBox
        func extend(_ other: BoundingBox?) {
            guard let other else { return }
            if box == nil { box = other } else { box?.formUnion(other) }
        }
        if box == nil {
            for shape in shapes { extend(shape.geometry.shape.boundingBox) }
            for geometry in withheld { extend(geometry.shape.boundingBox) }
            for point in points where point.isFinite {
                extend(BoundingBox(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y))
            }
        }
        return box
    }

    private func drawShapes(_ frame: MapFrame, _ out: inout SVGBuilder) {
        let classes = Set(shapes.map(\.classIndex)).sorted()
        for index in classes {
            let color = scale.color(index, of: legend.count)
            out.raw("<g fill=\"\(color)\" fill-opacity=\"0.85\" stroke=\"#fff\" stroke-width=\"0.3\">\n")
            let members = shapes.filter { $0.classIndex == index }
            if members.contains(where: { $0.label == nil }) {
                out.raw("<path d=\"")
                for shape in members where shape.label == nil { frame.append(shape.geometry.shape, to: &out) }
                out.raw("\"/>\n")
            }
            for shape in members {
                guard let label = shape.label else { continue }
                out.raw("<path d=\"")
                frame.append(shape.geometry.shape, to: &out)
                out.raw("\" fill-rule=\"evenodd\"><title>")
                out.text(label)
                out.raw("</title></path>\n")
            }
            out.raw("</g>\n")
        }
    }

    private func drawPoints(_ frame: MapFrame, _ out: inout SVGBuilder) {
        if points.isEmpty { return }
        // Round caps on strokes without length draw dots at two numbers each.
        out.raw("<path d=\"")
        for point in points where point.isFinite { frame.appendDot(point, to: &out) }
        out.raw(
            "\" fill=\"none\" stroke=\"#111\" stroke-width=\"3\" stroke-linecap=\"round\" stroke-opacity=\"0.6\"/>\n")
    }

    private func drawLegend(_ out: inout SVGBuilder) {
        out.legend(
            legendTitle, legend, colors: scale, hasWithheld: !withheld.isEmpty, language: language)
    }

    private func drawScaleBar(_ frame: MapFrame, _ out: inout SVGBuilder) {
        guard let metres = ScaleBar.length(atMost: 160 / frame.pixelsPerMetre) else { return }
        let end = 20 + metres * frame.pixelsPerMetre
        out.raw(
            "<path d=\"M20 712v8H\(SVGBuilder.number(end))v-8\" fill=\"none\" stroke=\"#111\" stroke-width=\"2\"/>\n")
        out.label(
            ScaleBar.text(metres, decimalComma: language == .german), x: end + 8, y: 722, size: 13,
            attributes: " fill=\"#111\"")
    }

    private func drawNorthArrow(_ out: inout SVGBuilder) {
        out.raw("<g fill=\"#111\"><path d=\"M680 92l-9 26 9-7 9 7z\" stroke=\"#fff\"/>")
        out.label("N", x: 675, y: 134, size: 14, attributes: " font-weight=\"bold\"")
        out.raw("</g>\n")
    }
}
