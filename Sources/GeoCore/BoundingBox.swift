/// An axis-parallel box, edges included: degrees around a ``Geometry``, metres around a ``MetricGeometry``.
public struct BoundingBox: Sendable, Hashable {
    /// West edge, or smallest easting.
    public var minX: Double
    /// South edge, or smallest northing.
    public var minY: Double
    /// East edge, or largest easting.
    public var maxX: Double
    /// North edge, or largest northing.
    public var maxY: Double

    /// Makes a box from its edges; `minX <= maxX` and `minY <= maxY` are expected.
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// The whole world in degrees.
    public static let world = BoundingBox(minX: -180, minY: -90, maxX: 180, maxY: 90)

    /// Extent in the direction of x.
    public var width: Double { maxX - minX }
    /// Extent in the direction of y.
    public var height: Double { maxY - minY }
    /// The centre of the box.
    public var center: Position { Position(minX + width / 2, minY + height / 2) }

    /// Grows the box so that it holds the position.
    public mutating func extend(x: Double, y: Double) {
        minX = min(minX, x)
        minY = min(minY, y)
        maxX = max(maxX, x)
        maxY = max(maxY, y)
    }

    /// Grows the box so that it holds the other box.
    public mutating func formUnion(_ other: BoundingBox) {
        extend(x: other.minX, y: other.minY)
        extend(x: other.maxX, y: other.maxY)
    }

    /// The box moved outwards by `margin` on every side.
    public func expanded(by margin: Double) -> BoundingBox {
        BoundingBox(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
    }

    /// Whether the position lies in the box or on its edge.
    public func contains(x: Double, y: Double) -> Bool {
        x >= minX && x <= maxX && y >= minY && y <= maxY
    }

    /// Whether the boxes share at least a point.
    public func intersects(_ other: BoundingBox) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }

    /// The box as a closed ring, counterclockwise from the south-west corner.
    public var ring: [Position] {
        [
            Position(minX, minY), Position(maxX, minY), Position(maxX, maxY), Position(minX, maxY),
            Position(minX, minY),
        ]
    }
}
