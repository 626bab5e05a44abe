/// A geometry in longitude/latitude degrees (WGS 84, CRS84 axis order), with optional heights.
///
/// The seven types of RFC 7946. Rings are closed (first position repeated), the exterior ring comes first. Geometries
/// that are empty in WKT or WKB are the corresponding case with an empty array; `POINT EMPTY` is an empty
/// ``geometryCollection(_:)``.
public indirect enum Geometry: Sendable, Hashable {
    case point(Position)
    case lineString([Position])
    case polygon([[Position]])
    case multiPoint([Position])
    case multiLineString([[Position]])
    case multiPolygon([[[Position]]])
    case geometryCollection([Geometry])

    /// The type of a geometry, named as in RFC 7946.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case point = "Point"
        case lineString = "LineString"
        case polygon = "Polygon"
        case multiPoint = "MultiPoint"
        case multiLineString = "MultiLineString"
        case multiPolygon = "MultiPolygon"
        case geometryCollection = "GeometryCollection"
    }

    /// The type of this geometry.
    public var kind: Kind {
        switch self {
        case .point: .point
        case .lineString: .lineString
        case .polygon: .polygon
        case .multiPoint: .multiPoint
        case .multiLineString: .multiLineString
        case .multiPolygon: .multiPolygon
        case .geometryCollection: .geometryCollection
        }
    }

    /// Whether the geometry has no position at all.
    public var isEmpty: Bool { positionCount == 0 }

    /// Number of positions, closing positions of rings included.
    ///
    /// - Complexity: linear in the number of parts and rings.
    public var positionCount: Int {
        switch self {
        case .point: 1
        case .lineString(let line), .multiPoint(let line): line.count
        case .polygon(let rings), .multiLineString(let rings): rings.reduce(0) { $0 + $1.count }
        case .multiPolygon(let polygons): polygons.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
        case .geometryCollection(let members): members.reduce(0) { $0 + $1.positionCount }
        }
    }

    /// Calls `body` with every position, in order.
    ///
    /// - Complexity: linear in the number of positions.
    public func forEachPosition(_ body: (Position) throws -> Void) rethrows {
        switch self {
        case .point(let position): try body(position)
        case .lineString(let line), .multiPoint(let line): try line.forEach(body)
        case .polygon(let rings), .multiLineString(let rings):
            for ring in rings { try ring.forEach(body) }
        case .multiPolygon(let polygons):
            for rings in polygons { for ring in rings { try ring.forEach(body) } }
        case .geometryCollection(let members):
            for member in members { try member.forEachPosition(body) }
        }
    }

    /// The same geometry with every position replaced by what `transform` makes of it.
    ///
    /// - Complexity: linear in the number of positions.
    public func mapPositions(_ transform: (Position) throws -> Position) rethrows -> Geometry {
        switch self {
        case .point(let position): .point(try transform(position))
        case .lineString(let line): .lineString(try line.map(transform))
        case .multiPoint(let points): .multiPoint(try points.map(transform))
        case .polygon(let rings): .polygon(try rings.map { try $0.map(transform) })
        case .multiLineString(let lines): .multiLineString(try lines.map { try $0.map(transform) })
        case .multiPolygon(let polygons):
            .multiPolygon(try polygons.map { try $0.map { try $0.map(transform) } })
        case .geometryCollection(let members):
            .geometryCollection(try members.map { try $0.mapPositions(transform) })
        }
    }

    /// The smallest box around all positions; `nil` when the geometry is empty.
    ///
    /// - Complexity: linear in the number of positions.
    public var boundingBox: BoundingBox? {
        var box: BoundingBox?
        forEachPosition { position in
            if box == nil {
                box = BoundingBox(minX: position.x, minY: position.y, maxX: position.x, maxY: position.y)
            } else {
                box?.extend(x: position.x, y: position.y)
            }
        }
        return box
    }
}

/// A geometry whose positions are eastings and northings in metres of a projected CRS.
///
/// Keeps metres and degrees apart: functions that measure take this type and say metres or square metres.
public struct MetricGeometry: Sendable, Hashable {
    /// The shape; its positions are metres, not degrees.
    public var shape: Geometry

    /// Wraps a shape whose positions are known to be metres.
    public init(metres shape: Geometry) {
        self.shape = shape
    }
}
