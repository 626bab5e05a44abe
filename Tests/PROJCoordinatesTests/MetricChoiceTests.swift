import GeoCore
import PROJCoordinates
import Testing

struct MetricChoiceTests {
    @Test(arguments: [
        (9.99, 53.55, "EPSG:25832"), (13.4, 52.52, "EPSG:25833"), (12, 50, "EPSG:25833"), (2.35, 48.86, "EPSG:32631"),
        (-70.66, -33.45, "EPSG:32719"), (180, 0, "EPSG:32660"), (-180, 0, "EPSG:32601"),
    ])
    func choosesMetresForAPlace(longitude: Double, latitude: Double, code: String) throws {
        let crs = try CoordinateReferenceSystem.metric(longitude: longitude, latitude: latitude)
        #expect(crs.authorityCode == code)
        #expect(crs.isMetric)
    }

    @Test(arguments: [(.nan, 0), (0, 90), (200, 0)])
    func choosesNoneWhereUTMEnds(longitude: Double, latitude: Double) {
        #expect(throws: PROJError.self) {
            try CoordinateReferenceSystem.metric(longitude: longitude, latitude: latitude)
        }
    }

    @Test(arguments: [
        (4326, false, true), (25832, true, false), (3035, true, true), (31467, true, true), (3857, true, false),
        (2263, false, false),
    ])
    func knowsUnitsAndTheAxesOfTheAuthority(code: Int, isMetric: Bool, isNorthEast: Bool) throws {
        let crs = try CoordinateReferenceSystem(code: code)
        #expect(crs.isMetric == isMetric)
        #expect(crs.authorityAxisOrderIsNorthEast == isNorthEast)
    }

    @Test func refusesMetresInSystemsOfDegrees() throws {
        let transform = try CoordinateTransform(from: CoordinateReferenceSystem(code: 25832), to: .wgs84)
        let error = #expect(throws: PROJError.self) { try transform.metric(.point(Position(565_000, 5_934_000))) }
        #expect(error?.code == .notMetric)
    }

    @Test func tellsWhetherAGridTakesPart() throws {
        let old = try CoordinateTransform(from: CoordinateReferenceSystem(code: 31467), to: .wgs84)
        #expect(old.usesGrid == (old.note?.contains("by the grid") == true))
        #expect(try !CoordinateTransform(from: CoordinateReferenceSystem(code: 25832), to: .wgs84).usesGrid)
    }
}
