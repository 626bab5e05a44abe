import GeoCore
import PROJCoordinates
import Participation
import Storage
import Testing

@testable import Platform

struct MetricCRSTests {
    private static let brandenburg = BoundingBox(minX: 13, minY: 52, maxX: 13.2, maxY: 52.2)

    @Test(arguments: [
        "EPSG:25832", "EPSG:25833", "EPSG:3035", "EPSG:3034", "EPSG:31467", "EPSG:31468", "EPSG:4647", "EPSG:5650",
        "EPSG:2154", "EPSG:27700", "EPSG:2193", "EPSG:32719", "EPSG:32760", "EPSG:3995",
    ])
    func metresOnTheGroundAreTaken(_ name: String) throws {
        #expect(try MetricCRS.resolve(name).isMetric)
    }

    @Test(arguments: ["EPSG:3857", "EPSG:3395", "EPSG:4087", "EPSG:6933", "EPSG:2263"])
    func whatIsNoneIsRefusedWithOneThatWorks(_ name: String) throws {
        let error = #expect(throws: PlatformError.self) { try MetricCRS.resolve(name, covering: Self.brandenburg) }
        #expect(error?.detail.contains(name) == true)
        #expect(error?.hint == "EPSG:25833 would do")
        let general = #expect(throws: PlatformError.self) { try MetricCRS.resolve(name) }
        #expect(general?.hint?.contains("EPSG:25832") == true)
    }

    @Test func aMetreOfUTMIsShortenedAtItsMeridian() throws {
        let crs = try MetricCRS.resolve("EPSG:25832")
        let right = try #require(PlaneScale.worst(of: crs, in: nil))
        #expect(abs(right.factor - 0.9996) < 0.0005)
    }

    @Test func aTenantIsNotMadeWithWebMercator() async throws {
        let city = try await TestCity()
        await #expect(throws: PlatformError.self) {
            try await city.installation.createTenant(
                Tenant(id: "anderswo", name: "Anderswo", metricCRS: "EPSG:3857"), isDefault: false)
        }
    }

    /// Boxes and a system that does not cover them.
    private static let elsewhere = [
        ("EPSG:25833", BoundingBox(minX: 9.7, minY: 53.4, maxX: 10.2, maxY: 53.7)),
        ("EPSG:5514", BoundingBox(minX: 9.7, minY: 53.4, maxX: 10.2, maxY: 53.7)),
        ("EPSG:25832", BoundingBox(minX: 16.2, minY: 48.1, maxX: 16.5, maxY: 48.3)),
        ("EPSG:25832", BoundingBox(minX: -74.1, minY: 40.6, maxX: -73.9, maxY: 40.8)),
    ]

    @Test(arguments: elsewhere)
    func aSystemOfElsewhereIsRefused(_ name: String, _ box: BoundingBox) throws {
        let error = #expect(throws: PlatformError.self) { try MetricCRS.resolve(name, covering: box) }
        #expect(error?.detail.contains("metricCRS \(name) holds for longitudes") == true)
        #expect(error?.hint?.contains("would do") == true)
    }

    /// The middle of Berlin, the east of Bavaria, all of Germany.
    @Test(arguments: [
        BoundingBox(minX: 13.09, minY: 52.34, maxX: 13.76, maxY: 52.68),
        BoundingBox(minX: 13.3, minY: 48.5, maxX: 13.84, maxY: 48.8),
        BoundingBox(minX: 5.87, minY: 47.27, maxX: 15.04, maxY: 55.06),
    ])
    func zone32IsKeptBeyondItsEdgeByThoseWhoSaySo(_ box: BoundingBox) throws {
        #expect(try MetricCRS.resolve("EPSG:25832", covering: box).label == "EPSG:25832")
    }

    @Test(arguments: [
        ((13.09, 52.34, 13.76, 52.68), nil as String?, "EPSG:25833"),
        ((13.09, 52.34, 13.76, 52.68), "EPSG:25832", "EPSG:25832"),
        ((9.7, 53.4, 10.2, 53.7), nil, "EPSG:25832"), ((-74.1, 40.6, -73.9, 40.8), nil, "EPSG:25832"),
    ])
    func aProceedingIsAnalysedInTheZoneWhereItLies(
        _ box: (Double, Double, Double, Double), _ own: String?, _ expected: String
    ) throws {
        let (west, south, east, north) = box
        let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)].map {
            Position($0.0, $0.1)
        }
        var proceeding = Proceeding(tenant: "stadt", id: "berlin", name: "Berlin")
        proceeding.area = .polygon([ring])
        proceeding.settings.metricCRS = own
        #expect(MetricCRS.name(of: proceeding, Tenant(id: "stadt", name: "Stadt")) == expected)
    }

    @Test func theScaleOfThePlaceItselfIsTold() throws {
        let error = #expect(throws: PlatformError.self) {
            try MetricCRS.resolve("EPSG:3857", covering: Self.brandenburg)
        }
        #expect(error?.detail.contains("at latitude 52.1 is 1.6") == true, "\(error?.detail ?? "")")
    }

    @Test func anUnknownSystemIsAnsweredWithOneThatWorks() throws {
        let error = #expect(throws: PlatformError.self) {
            try MetricCRS.resolve("EPSG:99999", covering: Self.brandenburg)
        }
        #expect(error?.hint == "EPSG:25833 would do")
    }
}
