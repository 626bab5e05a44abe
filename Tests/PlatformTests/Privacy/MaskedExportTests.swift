import GeoCore
import PROJCoordinates
import Participation
import Platform
import Storage
import Testing

/// Exports for publishing, in which no place is where somebody put it.
struct MaskedExportTests {
    private func places(
        _ city: TestCity, _ masking: PlaceMasking?, filter: ContributionFilter = ContributionFilter()
    ) async throws -> [String: Position] {
        var bytes: [UInt8] = []
        for try await part in try await city.installation.export(
            of: city.proceeding(), filter: filter, format: .geojson, masking: masking, scope: city.anonymous)
        { bytes += part }
        let document = try JSONValue.parse(bytes, limits: .importing)
        #expect((document["mask"] != nil) == (masking != nil))
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
        var places: [String: Position] = [:]
        for feature in document["features"]?.array ?? [] {
            guard let id = feature["id"]?.string, feature["geometry"]?["type"]?.string == "Point",
                let pair = feature["geometry"]?["coordinates"]?.array?.compactMap(\.double), pair.count == 2
            else { continue }
            var (x, y) = ([pair[0]], [pair[1]])
            try transform.forward(&x, &y)
            places[id] = Position(x[0], y[0])
        }
        return places
    }

    @Test func everyPlaceIsMovedByThirtyToOneHundredAndFiftyMetres() async throws {
        let city = try await PatternTests.grouped().city()
        let (exact, masked) = (try await places(city, nil), try await places(city, .donut))
        #expect(exact.count == 100 && masked.count == 100)
        for (id, place) in exact {
            let moved = try #require(masked[id])
            let (dx, dy) = (moved.x - place.x, moved.y - place.y)
            let distance = (dx * dx + dy * dy).squareRoot()
            #expect(distance > 29.9 && distance < 150.1, "\(id): \(distance)")
        }
    }

    @Test func aContributionIsAlwaysMovedAlike() async throws {
        let city = try await PatternTests.grouped().city()
        let first = try await places(city, .donut)
        #expect(try await places(city, .donut) == first)
        var filter = ContributionFilter()
        filter.categories = ["radverkehr"]
        let some = try await places(city, .donut, filter: filter)
        #expect(!some.isEmpty && some.allSatisfy { first[$0.key] == $0.value })
        // Another tenant's secret moves the same places otherwise.
        let other = try await places(try await PatternTests.grouped().city(), .donut)
        #expect(other != first)
    }
}
