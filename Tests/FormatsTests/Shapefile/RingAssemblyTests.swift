import GeoCore
import Testing

@testable import Formats

struct RingAssemblyTests {
    private func square(_ x: Double, _ y: Double, _ size: Double, clockwise: Bool) -> [Position] {
        let ring = BoundingBox(minX: x, minY: y, maxX: x + size, maxY: y + size).ring
        return clockwise ? ring.reversed() : ring
    }

    @Test func givesHolesToTheSmallestShell() {
        let outer = square(0, 0, 10, clockwise: true)
        let lake = square(1, 1, 8, clockwise: false)
        let island = square(2, 2, 6, clockwise: true)
        let pond = square(3, 3, 2, clockwise: false)
        let expected: [[[Position]]] = [
            [square(0, 0, 10, clockwise: false), square(1, 1, 8, clockwise: true)],
            [square(2, 2, 6, clockwise: false), square(3, 3, 2, clockwise: true)],
        ]
        #expect(RingAssembly.polygons(of: [outer, island, pond, lake]) == .multiPolygon(expected))
    }

    @Test func makesPolygonsOfHolesOutsideOfAllShells() {
        let geometry = RingAssembly.polygons(of: [
            square(0, 0, 2, clockwise: true), square(5, 5, 2, clockwise: false),
        ])
        let expected = [[square(0, 0, 2, clockwise: false)], [square(5, 5, 2, clockwise: false)]]
        #expect(geometry == .multiPolygon(expected))
    }

    @Test func takesNestingWhereNoRingRunsClockwise() {
        let geometry = RingAssembly.polygons(of: [
            square(0, 0, 9, clockwise: false), square(1, 1, 2, clockwise: false),
        ])
        #expect(geometry == .polygon([square(0, 0, 9, clockwise: false), square(1, 1, 2, clockwise: true)]))
    }

    @Test func closesOpenRings() {
        let open = Array(square(0, 0, 1, clockwise: true).dropLast())
        guard case .polygon(let rings) = RingAssembly.polygons(of: [open]) else {
            Issue.record("no polygon")
            return
        }
        #expect(rings[0].first == rings[0].last && rings[0].count == 5)
    }

    @Test func holesMayTouchTheirShellInAPosition() {
        let shell = square(0, 0, 4, clockwise: true)
        let hole = [Position(0, 0), Position(1, 2), Position(2, 1), Position(0, 0)]
        let counterclockwise = Array(hole.reversed())
        let geometry = RingAssembly.polygons(of: [shell, counterclockwise])
        #expect(geometry?.kind == .polygon)
    }
}
