import GEOSGeometry
import GeoCore
import Testing

struct ConcaveHullTests {
    /// Points on a lattice in an L: a square without its upper right quarter.
    private static func corner(side: Int, step: Double) -> [Position] {
        (0...side).flatMap { x in
            (0...side).compactMap { y in
                2 * x > side && 2 * y > side ? nil : Position(Double(x) * step, Double(y) * step)
            }
        }
    }

    private static func area(_ points: [Position], radius: Double) throws -> Double {
        try MetricGeometry.concaveHull(of: points, radius: radius).area()
    }

    @Test func equalsTheAlphaShapeWhereThatHoldsAll() throws {
        let points = Self.corner(side: 10, step: 1)
        let shape = try #require(try MetricGeometry.alphaShape(of: points, radius: 0.75))
        #expect(try Self.area(points, radius: 0.75) == shape.area())
    }

    @Test func growsUntilItHoldsEveryPoint() throws {
        let points = Self.corner(side: 10, step: 1) + [Position(14, 2)]
        #expect(try MetricGeometry.alphaShape(of: points, radius: 0.75) == nil)
        let hull = try MetricGeometry.concaveHull(of: points, radius: 0.75)
        let index = PolygonIndex([hull.shape])
        #expect(points.allSatisfy { index.firstPolygon(containing: $0.x, $0.y) != nil })
        // Discs of 3 m reach the far point and still not across the inner corner.
        #expect(try hull.area() < MetricGeometry(metres: .multiPoint(points)).convexHull().area())
    }

    @Test func followsMorePointsThanItTakes() throws {
        var random = SeededNumbers(seed: 4)
        let points = (0..<9000).map { _ -> Position in
            while true {
                let x = Double.random(in: 0...100, using: &random)
                let y = Double.random(in: 0...100, using: &random)
                if x <= 50 || y <= 50 { return Position(x, y) }
            }
        }
        let hull = try MetricGeometry.concaveHull(of: points, radius: 8)
        let index = PolygonIndex([hull.shape])
        #expect(points.allSatisfy { index.firstPolygon(containing: $0.x, $0.y) != nil })
        // Three quarters of 10,000 m², less a margin without points, and a small cut across the inner corner.
        #expect(try abs(hull.area() - 7500) < 150)
    }

    @Test func isALineOrAPointWhereThePointsAre() throws {
        let line = [Position(0, 0), Position(1, 1), Position(2, 2)]
        #expect(try MetricGeometry.concaveHull(of: line, radius: 5).shape == .lineString([line[0], line[2]]))
        #expect(try MetricGeometry.concaveHull(of: [line[1], line[1]], radius: 5).shape == .point(line[1]))
    }
}
