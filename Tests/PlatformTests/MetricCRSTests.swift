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
}
