import GeoCore

/// Turns metres into tenths of a pixel and writes shapes as short, relative path commands.
struct MapFrame {
    /// Pixels of one metre.
    let pixelsPerMetre: Double
    private let extent: BoundingBox
    private let left: Double
    private let top: Double

    /// Fits the extent into a rectangle of pixels, centred, with a margin of 3 percent.
    init(extent: BoundingBox, x: Double, y: Double, width: Double, height: Double) {
        let margin = max(extent.width, extent.height, 1) * 0.03
        let padded = extent.expanded(by: margin)
        let scale = min(width / padded.width, height / padded.height)
        pixelsPerMetre = scale.isFinite && scale > 0 ? scale : 1
        self.extent = padded
        left = x + (width - padded.width * pixelsPerMetre) / 2
        top = y + (height - padded.height * pixelsPerMetre) / 2
    }

    private func place(_ position: Position) -> (x: Int, y: Int) {
        (
            SVGBuilder.tenths(of: left + (position.x - extent.minX) * pixelsPerMetre),
            SVGBuilder.tenths(of: top + (extent.maxY - position.y) * pixelsPerMetre)
        )
    }

    /// Appends the path of a shape; rings are closed, collections written member by member.
    func append(_ geometry: Geometry, to out: inout SVGBuilder) {
        switch geometry {
        case .point(let position): appendDot(position, to: &out)
        case .multiPoint(let positions): for position in positions { appendDot(position, to: &out) }
        case .lineString(let line): append(line, closed: false, to: &out)
        case .multiLineString(let lines): for line in lines { append(line, closed: false, to: &out) }
        case .polygon(let rings): for ring in rings { append(ring, closed: true, to: &out) }
        case .multiPolygon(let polygons):
            for ring in polygons.joined() { append(ring, closed: true, to: &out) }
        case .geometryCollection(let members):
            for member in members {
                // Collections in collections are not drawn: no depth from outside.
                if case .geometryCollection = member { continue }
                append(member, to: &out)
            }
        }
    }

    /// Appends a stroke without length, which a round cap makes a dot.
    func appendDot(_ position: Position, to out: inout SVGBuilder) {
        let (x, y) = place(position)
        out.raw("M")
        out.tenths(x)
        out.raw(" ")
        out.tenths(y)
        out.raw("h0")
    }

    private func append(_ line: [Position], closed: Bool, to out: inout SVGBuilder) {
        guard let first = line.first else { return }
        var last = place(first)
        out.raw("M")
        out.tenths(last.x)
        out.raw(" ")
        out.tenths(last.y)
        out.raw("l")
        var written = 0
        for position in closed ? line.dropFirst().dropLast() : line.dropFirst() {
            let next = place(position)
            if next == last { continue }
            if written > 0 { out.raw(" ") }
            out.tenths(next.x - last.x)
            out.raw(" ")
            out.tenths(next.y - last.y)
            written += 1
            last = next
        }
        if written == 0 { out.raw("0 0") }
        if closed { out.raw("z") }
    }
}
