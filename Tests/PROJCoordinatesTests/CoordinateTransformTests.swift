import GeoCore
import PROJCoordinates
import Testing

struct CoordinateTransformTests {
    private static func toUTM() throws -> CoordinateTransform {
        try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 25832))
    }

    @Test func systemsWrittenLatitudeFirstAreReadEastFirst() throws {
        let target = try CoordinateReferenceSystem(code: 3035)
        for code in [4326, 4258] {
            let source = try CoordinateReferenceSystem(code: code)
            #expect(source.isGeographic && source.isLongitudeLatitude && !source.isMetric)
            var (x, y) = ([10.0], [52.0])
            try CoordinateTransform(from: source, to: target).forward(&x, &y)
            // The centre of ETRS89-LAEA.
            #expect(abs(x[0] - 4_321_000) < 1e-6 && abs(y[0] - 3_210_000) < 1e-6)
        }
    }

    @Test func longitudesAndLatitudesOfWGS84AndETRS89ChangeNothing() throws {
        let transform = try CoordinateTransform(from: CoordinateReferenceSystem(code: 4258), to: .wgs84)
        #expect(transform.accuracy == nil && transform.note == nil)
        var (x, y) = ([10.0, .nan], [53.0, 1])
        #expect(throws: PROJError.self) { try transform.forward(&x, &y) }
        #expect(x[0] == 10 && y[0] == 53 && x[1].isNaN && y[1].isNaN)
    }

    @Test func rowsWithoutResultAreGapsAndSpoilNoOther() throws {
        let transform = try Self.toUTM()
        let good = (10.0, 53.5)
        var (x, y) = ([good.0, .nan, good.0, .infinity, 10, good.0], [good.1, 53, good.1, 0, 5e9, good.1])
        var (alone, north) = ([good.0], [good.1])
        try transform.forward(&alone, &north)
        transform.forwardLeavingGaps(&x, &y)
        for row in x.indices {
            if row % 2 == 0 && row < 4 || row == 5 {
                #expect(x[row] == alone[0] && y[row] == north[0])
            } else {
                #expect(x[row].isNaN && y[row].isNaN, "row \(row)")
            }
        }
    }

    @Test func firstRowWithoutResultIsNamed() throws {
        let transform = try Self.toUTM()
        var (x, y) = ([10.0, 11, .nan, .nan], [53.0, 53, 53, 53])
        #expect { try transform.forward(&x, &y) } throws: { error in
            (error as? PROJError)?.code == .outOfDomain && (error as? PROJError)?.row == 2
        }
        var (none, nothing): ([Double], [Double]) = ([], [])
        try transform.forward(&none, &nothing)
        #expect(none.isEmpty)
    }

    @Test func geometriesKeepTheirHeightsAndComeBack() throws {
        let transform = try Self.toUTM()
        let shape = Geometry.geometryCollection([
            .point(Position(10, 53, 12.5)), .lineString([Position(9, 52), Position(9.5, 52.5)]),
            .polygon([BoundingBox(minX: 8, minY: 50, maxX: 9, maxY: 51).ring]), .multiPolygon([]),
        ])
        let metres = try transform.metric(shape)
        var heights: [Double?] = []
        metres.shape.forEachPosition { heights.append($0.z) }
        #expect(heights.compactMap { $0 } == [12.5])
        let back = try transform.degrees(metres)
        #expect(back.kind == shape.kind && back.positionCount == shape.positionCount)
        var (expected, found): ([Position], [Position]) = ([], [])
        shape.forEachPosition { expected.append($0) }
        back.forEachPosition { found.append($0) }
        for (one, other) in zip(expected, found) {
            #expect(abs(one.x - other.x) < 1e-11 && abs(one.y - other.y) < 1e-11)
        }
        #expect(throws: PROJError.self) { try transform.forward(.point(Position(.nan, 1))) }
    }

    @Test(arguments: [31466, 31467, 31468, 31469, 4314])
    func theOldDatumIsNotedTheSameInBothDirections(_ code: Int) throws {
        let crs = try CoordinateReferenceSystem(code: code)
        let utm = try CoordinateReferenceSystem(code: 25832)
        let forward = try CoordinateTransform(from: crs, to: .wgs84)
        let back = try CoordinateTransform(from: .wgs84, to: crs)
        let metric = try CoordinateTransform(from: crs, to: utm)
        let note = try #require(forward.note)
        #expect(back.note == note && metric.note == note)
        #expect(forward.accuracy == back.accuracy)
        let accuracy = try #require(forward.accuracy)
        #expect(note.contains("(0.9 m)") ? accuracy <= 1 : accuracy >= 2)
    }

    @Test func otherSystemsHaveNoNoteAndOneDatumNone() throws {
        #expect(try Self.toUTM().note == nil)
        let (one, other) = (
            try CoordinateReferenceSystem(code: 31467), try CoordinateReferenceSystem(code: 31468)
        )
        #expect(try CoordinateTransform(from: one, to: other).note == nil)
    }

    @Test func manyTasksGetTheSameAnswers() async throws {
        let transform = try CoordinateTransform(from: CoordinateReferenceSystem(code: 31467), to: .wgs84)
        let x = (0..<200).map { 3_500_000.0 + Double($0) * 500 }
        let y = (0..<200).map { 5_600_000.0 + Double($0) * 700 }
        var (east, north) = (x, y)
        try transform.forward(&east, &north)
        let (expectedEast, expectedNorth) = (east, north)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    var (east, north) = (x, y)
                    transform.forwardLeavingGaps(&east, &north)
                    return east == expectedEast && north == expectedNorth
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
