import GEOSGeometry
import GeoCore
import TestSupport
import Testing

struct OperationsTests {
    private static func square(_ x: Double, _ y: Double, _ side: Double) -> Geometry {
        .polygon([BoundingBox(minX: x, minY: y, maxX: x + side, maxY: y + side).ring])
    }

    private static func metres(_ shape: Geometry) -> MetricGeometry { MetricGeometry(metres: shape) }

    @Test func measuresAreasLengthsAndDistances() throws {
        let ring = BoundingBox(minX: 0, minY: 0, maxX: 10, maxY: 10).ring
        let hole = BoundingBox(minX: 4, minY: 4, maxX: 6, maxY: 6).ring
        let shape = Self.metres(.polygon([ring, hole]))
        #expect(try shape.area() == 96)
        #expect(try shape.length() == 48)
        #expect(try Self.metres(.lineString([Position(0, 0), Position(3, 4)])).length() == 5)
        #expect(try Self.metres(.point(Position(0, 0))).area() == 0)
        #expect(try shape.distance(to: Self.metres(.point(Position(13, 14)))) == 5)
        #expect(try shape.distance(to: Self.metres(.point(Position(5, 5)))) == 1)
    }

    @Test func overlaysGiveWhatTheyShareAndCover() throws {
        let (one, other) = (Self.metres(Self.square(0, 0, 10)), Self.metres(Self.square(5, 5, 10)))
        #expect(try one.intersection(other).area() == 25)
        #expect(try one.union(other).area() == 175)
        let far = Self.metres(Self.square(100, 100, 1))
        #expect(try one.intersection(far).shape.isEmpty)
        #expect(try one.union(far).shape.kind == .multiPolygon)
        #expect(try one.shape.intersects(other.shape))
        #expect(try !one.shape.intersects(far.shape))
        #expect(try one.shape.intersects(.geometryCollection([.point(Position(1, 1)), far.shape])))
    }

    @Test func buffersOfPointsNearCircles() throws {
        let point = Self.metres(.point(Position(500_000, 5_900_000)))
        let rough = try point.buffer(metres: 100).area()
        let fine = try point.buffer(metres: 100, quadrantSegments: 64).area()
        #expect(rough < fine && fine < .pi * 10_000)
        #expect(isClose(rough, 16 * 10_000 * 0.19509032201612825, relative: 1e-9))
        #expect(isClose(fine, .pi * 10_000, relative: 3e-4))
        #expect(try Self.metres(Self.square(0, 0, 10)).buffer(metres: -6).shape.isEmpty)
    }

    @Test func hullsHoldTheirPoints() throws {
        var numbers = SeededNumbers(seed: 3)
        let points = (0..<200).map { _ in
            Position(.random(in: 0...100, using: &numbers), .random(in: 0...100, using: &numbers))
        }
        let cloud = Self.metres(.multiPoint(points))
        let convex = try cloud.convexHull()
        #expect(try cloud.shape.convexHull() == convex.shape)
        let prepared = try PreparedGeometry(convex.shape)
        #expect(try prepared.covers(cloud.shape))
        let near = try cloud.concaveHull(ratio: 0.2)
        #expect(try near.area() < convex.area() && near.area() > 0)
        #expect(try isClose(cloud.concaveHull(ratio: 1).area(), convex.area()))
        #expect(try PreparedGeometry(near.shape).covers(cloud.shape))
        #expect(throws: GEOSError.self) { try cloud.concaveHull(ratio: -1) }
    }

    @Test func simplifiedShapesStayNearAndValid() throws {
        var line: [Position] = []
        for step in 0...1000 { line.append(Position(Double(step), step % 2 == 0 ? 0 : 0.5)) }
        let ring = line + [Position(1000, 100), Position(0, 100), line[0]]
        let simple = try Geometry.polygon([ring]).simplified(tolerance: 1)
        #expect(simple.positionCount < 20)
        #expect(try simple.validity() == .valid)
        #expect(try isClose(Self.metres(simple).area(), 100_000, relative: 0.01))
        #expect(throws: GEOSError.self) { try simple.simplified(tolerance: -1) }
        #expect(throws: GEOSError.self) { try simple.simplified(tolerance: .nan) }
    }

    @Test func representativePointsLieInside() throws {
        // A horseshoe, whose centroid lies outside.
        let shoe = Geometry.polygon([
            [
                Position(0, 0), Position(10, 0), Position(10, 10), Position(9, 10), Position(9, 1), Position(1, 1),
                Position(1, 10), Position(0, 10), Position(0, 0),
            ]
        ])
        let prepared = try PreparedGeometry(shoe)
        let centroid = try #require(try shoe.centroid())
        #expect(try !prepared.covers(.point(centroid)))
        let point = try #require(try shoe.representativePoint())
        #expect(try prepared.contains(.point(point)))
        let line = Geometry.lineString([Position(0, 0), Position(1, 5), Position(7, 7)])
        let place = try #require(try line.representativePoint())
        #expect(try line.intersects(.point(place)))
        for empty in [Geometry.polygon([]), .multiPoint([]), .geometryCollection([]), .lineString([])] {
            #expect(try empty.representativePoint() == nil)
            #expect(try empty.centroid() == nil)
        }
    }

    @Test func heightsComeBack() throws {
        let ring = [Position(0, 0, 1), Position(4, 0, 2), Position(4, 4, nil), Position(0, 4, 3), Position(0, 0, 1)]
        let shape = Geometry.geometryCollection([
            .polygon([ring]), .lineString([Position(9, 9, 7), Position(10, 9, 8)]), .point(Position(20, 20)),
        ])
        let same = try shape.simplified(tolerance: 0)
        var heights: [Double?] = []
        same.forEachPosition { heights.append($0.z) }
        #expect(heights.compactMap { $0 }.sorted() == [1, 1, 2, 3, 7, 8])
    }

    @Test func brokenGeometriesAreRefusedNotCrashedOn() {
        let shapes: [Geometry] = [
            .polygon([[Position(0, 0), Position(1, 0), Position(1, 1)]]),
            .multiPolygon([[Self.ring], [[Position(0, 0), Position(1, 0)]]]),
            .polygon([[], Self.ring]), .lineString([Position(0, 0)]),
            .geometryCollection([.point(Position(1, 1)), .point(Position(.nan, 1))]),
            .multiPoint([Position(1, 1), Position(.infinity, 1)]),
        ]
        for shape in shapes {
            #expect(throws: GEOSError.self) { try shape.convexHull() }
            #expect(throws: GEOSError.self) { try PreparedGeometry(shape) }
        }
    }

    private static let ring = BoundingBox(minX: 0, minY: 0, maxX: 1, maxY: 1).ring

    @Test func manyTasksGetTheSameAnswers() async throws {
        let shape = Self.metres(Self.square(0, 0, 10))
        let expected = try shape.buffer(metres: 5)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { (try? shape.buffer(metres: 5)) == expected }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
