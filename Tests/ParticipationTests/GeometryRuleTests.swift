import GeoCore
import Participation
import Testing

struct GeometryRuleTests {
    private func codes(_ geometry: Geometry) -> [String] {
        GeometryRule(citizensOf: ProceedingSettings()).violations(in: geometry).map(\.code)
    }

    static let faults: [(Geometry, String)] = [
        (.point(Position(.nan, 0)), "notFinite"),
        (.point(Position(0, 0, .infinity)), "notFinite"),
        (.point(Position(181, 0)), "outOfRange"),
        (.point(Position(10, 91)), "swappedAxes"),
        (.point(Position(566_000, 5_930_000)), "outOfRange"),
        (.lineString([Position(1, 1)]), "tooFewPositions"),
        (.lineString([]), "emptyGeometry"),
        (.polygon([]), "emptyGeometry"),
        (.polygon([[Position(0, 0), Position(1, 0), Position(0, 0)]]), "tooFewPositions"),
        (.polygon([[Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 1)]]), "unclosedRing"),
        (.multiPoint([Position(0, 0)]), "geometryType"),
        (.lineString(Array(repeating: Position(1, 1), count: 10_001)), "tooManyPositions"),
        (.polygon(Array(repeating: BoundingBox.world.ring, count: 1_001)), "tooManyParts"),
    ]

    @Test(arguments: faults)
    func namesTheFault(_ geometry: Geometry, code: String) {
        #expect(codes(geometry) == [code])
    }

    @Test func takesWhatIsWhole() {
        #expect(codes(.point(Position(10, 53.5))) == [])
        #expect(codes(.polygon([BoundingBox(minX: 9, minY: 53, maxX: 10, maxY: 54).ring])) == [])
        #expect(codes(.point(Position(-180, 90))) == [])
    }
}
