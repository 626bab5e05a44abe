internal import CGEOS
public import GeoCore

extension MetricGeometry {
    /// The hull of points that follows them as closely as a disc of the radius allows: the union of the Delaunay
    /// triangles whose circumscribed circle is no larger.
    ///
    /// `nil` when the triangles leave a point out, as they do for points on a line or in loose chains. Source: H.
    /// Edelsbrunner, D. Kirkpatrick, R. Seidel, "On the shape of a set of points in the plane" (1983). Wraps
    /// `GEOSDelaunayTriangulation_r` and `GEOSUnaryUnion_r`.
    ///
    /// - Parameters:
    ///   - points: positions in metres.
    ///   - radius: radius of the disc in metres.
    /// - Throws: ``GEOSError`` when GEOS gives up.
    /// - Complexity: O(n log n).
    public static func alphaShape(of points: [Position], radius: Double) throws(GEOSError) -> MetricGeometry? {
        try AlphaTriangles(points).union(radius: radius)
    }
}

/// The Delaunay triangles of points, by the radius of the disc they need.
struct AlphaTriangles {
    private let triangles: [(rings: [[Position]], radius: Double)]
    private let points: Set<Position>

    /// Triangulates points.
    init(_ points: [Position]) throws(GEOSError) {
        self.points = Set(points.map { Position($0.x, $0.y) })
        let triangulation = try Geometry.multiPoint(points).applying {
            GEOSDelaunayTriangulation_r($0.handle, $1, 0, 0)
        }
        guard case .geometryCollection(let found) = triangulation else {
            triangles = []
            return
        }
        triangles = found.compactMap { triangle in
            guard case .polygon(let rings) = triangle, let ring = rings.first, ring.count == 4 else { return nil }
            return (rings, Self.circumradius(ring[0], ring[1], ring[2]))
        }
    }

    /// The union of the triangles whose circumscribed circle is no larger; `nil` when it leaves a point out.
    func union(radius: Double) throws(GEOSError) -> MetricGeometry? {
        let kept = triangles.filter { $0.radius <= radius }
        var corners: Set<Position> = []
        for triangle in kept {
            for ring in triangle.rings { corners.formUnion(ring.map { Position($0.x, $0.y) }) }
        }
        guard !kept.isEmpty, points.isSubset(of: corners) else { return nil }
        return MetricGeometry(
            metres: try Geometry.multiPolygon(kept.map(\.rings)).applying { GEOSUnaryUnion_r($0.handle, $1) })
    }

    private static func circumradius(_ a: Position, _ b: Position, _ c: Position) -> Double {
        let (abX, abY, acX, acY) = (b.x - a.x, b.y - a.y, c.x - a.x, c.y - a.y)
        let doubled = abs(abX * acY - abY * acX)
        guard doubled > 0 else { return .infinity }
        let (bcX, bcY) = (c.x - b.x, c.y - b.y)
        let product = (abX * abX + abY * abY) * (acX * acX + acY * acY) * (bcX * bcX + bcY * bcY)
        return product.squareRoot() / (2 * doubled)
    }
}
