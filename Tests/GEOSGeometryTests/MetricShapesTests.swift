import GEOSGeometry
import GeoCore
import Testing

struct MetricShapesTests {
    private func square(_ x: Double, _ y: Double, _ side: Double) -> MetricGeometry {
        MetricGeometry(metres: .polygon([BoundingBox(minX: x, minY: y, maxX: x + side, maxY: y + side).ring]))
    }

    private let bowtie = MetricGeometry(
        metres: .polygon([[Position(0, 0), Position(2, 2), Position(2, 0), Position(0, 2), Position(0, 0)]]))

    @Test func unionOfManyCountsOverlapsOnce() throws {
        let shapes = [square(0, 0, 2), square(1, 1, 2), square(10, 10, 1), square(0, 0, 2)]
        #expect(try MetricGeometry.union(shapes).area() == 8)
        #expect(try MetricGeometry.union([]).shape.isEmpty)
    }

    @Test func shapesInMetresAnswerAsInDegrees() throws {
        #expect(try bowtie.validity() == .invalid(reason: "Self-intersection", at: Position(1, 1)))
        #expect(try bowtie.madeValid().area() == 2)
        #expect(try square(0, 0, 2).centroid() == Position(1, 1))
        #expect(try MetricGeometry(metres: .polygon([])).centroid() == nil)
        #expect(try MetricGeometry(metres: .polygon([])).representativePoint() == nil)
        let zigzag = MetricGeometry(metres: .lineString((0...9).map { Position(Double($0), $0 % 2 == 0 ? 0 : 0.1) }))
        #expect(try zigzag.simplified(tolerance: 1).shape.positionCount == 2)
    }

    @Test func predicatesTellEdgesFromInside() throws {
        let shape = square(0, 0, 2).shape
        let prepared = try PreparedGeometry(shape)
        for (x, y, isInside, isCovered) in [
            (0.0, 0.0, false, true), (1, 1, true, true), (2, 1, false, true), (3, 1, false, false),
        ] {
            let point = Geometry.point(Position(x, y))
            #expect(try shape.contains(point) == isInside && prepared.contains(x: x, y: y) == isInside)
            #expect(try shape.covers(point) == isCovered && prepared.covers(x: x, y: y) == isCovered)
        }
        #expect(throws: GEOSError.self) { try prepared.covers(x: .nan, y: 0) }
    }

    @Test func senselessNumbersAreRefused() {
        #expect(throws: GEOSError.self) { try bowtie.buffer(metres: .nan) }
        #expect(throws: GEOSError.self) { try bowtie.buffer(metres: 1, quadrantSegments: 0) }
        #expect(throws: GEOSError.self) { try bowtie.concaveHull(ratio: 1.5) }
        #expect(throws: GEOSError.self) { try bowtie.simplified(tolerance: -1) }
    }

    @Test func holesWithoutShellAreInvalidAndShortRingsRepairable() throws {
        let hole = BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1).ring
        #expect(
            try Geometry.polygon([[], hole]).validity() == .invalid(reason: "Hole lies outside shell", at: hole[0]))
        let short = Geometry.polygon([[Position(0, 0), Position(1, 0), Position(0, 0)]])
        #expect(try short.madeValid().validity() == .valid)
    }
}
