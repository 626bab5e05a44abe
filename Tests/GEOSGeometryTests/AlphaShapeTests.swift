import GEOSGeometry
import GeoCore
import Testing

struct AlphaShapeTests {
    /// An L of points one metre apart: 5 by 5 without the 3 by 3 in the upper right.
    private static let corner = (0..<5).flatMap { x in
        (0..<5).compactMap { y in x > 1 && y > 1 ? nil : Position(Double(x), Double(y)) }
    }

    @Test func followsPointsRoundAnInnerCorner() throws {
        let hull = try #require(try MetricGeometry.alphaShape(of: Self.corner, radius: 0.75))
        // Two strips of 4 m² that share 1 m², and the half square of (1,1), (2,1), (1,2) that cuts the inner corner.
        #expect(try abs(hull.area() - 7.5) < 1e-9)
        #expect(try abs(MetricGeometry(metres: .multiPoint(Self.corner)).convexHull().area() - 11.5) < 1e-9)
    }

    @Test func isTheConvexHullForALargeRadius() throws {
        let hull = try #require(try MetricGeometry.alphaShape(of: Self.corner, radius: 1000))
        #expect(try abs(hull.area() - 11.5) < 1e-9)
    }

    @Test func isNoneWhereAPointIsLeftOut() throws {
        #expect(try MetricGeometry.alphaShape(of: Self.corner + [Position(50, 50)], radius: 0.75) == nil)
        #expect(try MetricGeometry.alphaShape(of: [Position(0, 0), Position(1, 1), Position(2, 2)], radius: 5) == nil)
    }
}
