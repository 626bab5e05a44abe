import GeoCore
import PROJCoordinates
import TestSupport
import Testing

struct GeodesicTests {
    @Test func areaIgnoresTheDirectionOfRingsAndTakesHolesAway() {
        let shell = BoundingBox(minX: 10, minY: 53, maxX: 10.1, maxY: 53.1).ring
        let hole = BoundingBox(minX: 10.04, minY: 53.04, maxX: 10.05, maxY: 53.05).ring
        let whole = Geodesic.area(of: .polygon([shell]))
        let part = Geodesic.area(of: .polygon([hole]))
        #expect(whole.area > 70e6 && whole.area < 80e6)
        for (one, other) in [(shell, hole), (shell, hole.reversed()), (shell.reversed(), hole)] {
            let both = Geodesic.area(of: .polygon([one, other]))
            #expect(isClose(both.area, whole.area - part.area, relative: 1e-12))
            #expect(isClose(both.perimeter, whole.perimeter + part.perimeter, relative: 1e-12))
        }
        let two = Geodesic.area(of: .multiPolygon([[shell], [hole]]))
        #expect(isClose(two.area, whole.area + part.area, relative: 1e-12))
        #expect(Geodesic.area(of: .lineString(shell)) == (0, 0))
        #expect(Geodesic.area(of: .polygon([])) == (0, 0))
        #expect(Geodesic.area(of: .polygon([[]])) == (0, 0))
    }

    @Test func lengthsFollowLinesAndRings() {
        let ring = BoundingBox(minX: 10, minY: 53, maxX: 10.1, maxY: 53.1).ring
        let perimeter = Geodesic.area(of: .polygon([ring])).perimeter
        #expect(isClose(Geodesic.length(of: .polygon([ring])), perimeter, relative: 1e-12))
        #expect(isClose(Geodesic.length(of: .multiLineString([ring, ring])), 2 * perimeter, relative: 1e-12))
        #expect(Geodesic.length(of: .lineString([ring[0], ring[1]])) == Geodesic.distance(ring[0], ring[1]))
        #expect(Geodesic.length(of: .multiPoint(ring)) == 0)
        let collection = Geometry.geometryCollection([.polygon([ring]), .point(ring[0])])
        #expect(Geodesic.area(of: collection) == Geodesic.area(of: .polygon([ring])))
    }
}
