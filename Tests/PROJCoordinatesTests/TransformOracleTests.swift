import GeoCore
import PROJCoordinates
import TestSupport
import Testing

struct TransformOracleTests {
    struct Places: Decodable { let lonlat: [[Double]] }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"),
        arguments: ["transforms-germany", "transforms-zone-edges"])
    func equalsTheReferenceAndComesBack(_ name: String) throws {
        let oracle = try OracleCase<[String: String], Places, [String: [[Double]]]>.load(name)
        let places = oracle.input.lonlat
        var checked = 0
        for (key, expected) in oracle.expected where !key.contains("Helmert") {
            let code = String(key.prefix { $0 != " " })
            let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code))
            // Without proj-data PROJ takes the Helmert transformation of each region, good to 3 m.
            let isFallback = key.contains("BETA2007") && !transform.usesGrid
            let tolerance = isFallback ? 3 : 1e-6
            var (x, y) = (places.map { $0[0] }, places.map { $0[1] })
            try transform.forward(&x, &y)
            for (row, place) in expected.enumerated() {
                #expect(abs(x[row] - place[0]) <= tolerance && abs(y[row] - place[1]) <= tolerance, "\(key) \(row)")
            }
            // Back, the border of two regions may lie between the two ways.
            if isFallback { continue }
            try transform.inverse(&x, &y)
            // Grids are inverted by iteration, and older PROJ has short series for authalic latitudes: 1 mm.
            let bound = ["EPSG:31467", "EPSG:3035"].contains(code) ? 1e-8 : 1e-11
            for (row, place) in places.enumerated() {
                #expect(abs(x[row] - place[0]) <= bound && abs(y[row] - place[1]) <= bound, "\(key) \(row)")
            }
            checked += 1
        }
        #expect(checked >= 4)
    }

    struct Shapes: Decodable {
        struct Shape: Decodable { let coordinates: [[[Double]]] }
        let polygons: [Shape]
    }
    struct Measures: Decodable {
        struct Row: Decodable {
            let geodesic_area: Double
            let geodesic_perimeter: Double
            let utm32_area: Double
            let utm32_perimeter: Double
            let laea_area: Double
            let laea_perimeter: Double
        }
        let results: [Row]
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func geodesicAreasEqualTheReference() throws {
        let oracle = try OracleCase<[String: String], Shapes, Measures>.load("geometry-measures-germany")
        for (shape, expected) in zip(oracle.input.polygons, oracle.expected.results) {
            let rings = shape.coordinates.map { $0.map { Position($0[0], $0[1]) } }
            let measured = Geodesic.area(of: .polygon(rings))
            #expect(isClose(measured.area, expected.geodesic_area, relative: 1e-10, absolute: 1e-6))
            #expect(isClose(measured.perimeter, expected.geodesic_perimeter, relative: 1e-10, absolute: 1e-6))
        }
    }

    /// Area and length of a ring on a plane.
    private static func planar(_ ring: [Position]) -> (area: Double, perimeter: Double) {
        let origin = ring[0]
        var (double, length) = (0.0, 0.0)
        for (from, to) in zip(ring, ring.dropFirst()) {
            double += (from.x - origin.x) * (to.y - origin.y) - (to.x - origin.x) * (from.y - origin.y)
            length += ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
        }
        return (abs(double) / 2, length)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func projectedMeasuresEqualTheReference() throws {
        let oracle = try OracleCase<[String: String], Shapes, Measures>.load("geometry-measures-germany")
        let utm = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 25832))
        let laea = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem(code: 3035))
        for (shape, expected) in zip(oracle.input.polygons, oracle.expected.results) {
            let degrees = Geometry.polygon(shape.coordinates.map { $0.map { Position($0[0], $0[1]) } })
            for (transform, area, perimeter) in [
                (utm, expected.utm32_area, expected.utm32_perimeter),
                (laea, expected.laea_area, expected.laea_perimeter),
            ] {
                guard case .polygon(let rings) = try transform.metric(degrees).shape else { continue }
                let measured = Self.planar(rings[0])
                #expect(isClose(measured.area, area, relative: 1e-10, absolute: 1e-6))
                #expect(isClose(measured.perimeter, perimeter, relative: 1e-10, absolute: 1e-6))
            }
        }
    }
}
