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

    private func masked(
        _ city: TestCity, _ bounds: MaskBounds, scope: Scope? = nil
    ) async throws -> (places: [String: Position], report: MaskReport?, document: JSONValue) {
        let export = try await city.installation.export(
            of: city.proceeding(), format: .geojson, masking: .donut, bounds: bounds, scope: scope ?? city.staff)
        var bytes: [UInt8] = []
        for try await part in export { bytes += part }
        let document = try JSONValue.parse(bytes, limits: .importing)
        var places: [String: Position] = [:]
        for feature in document["features"]?.array ?? [] {
            guard let id = feature["id"]?.string,
                let pair = feature["geometry"]?["coordinates"]?.array?.compactMap(\.double), pair.count == 2
            else { continue }
            places[id] = Position(pair[0], pair[1])
        }
        return (places, export.maskReport, document)
    }

    /// Strips a thousandth of a degree wide, some 67 m, around a column of places, and others beside.
    private func strips(_ city: TestCity) async throws {
        let strips = (0..<12).map { number in
            let west = 9.894 + Double(number) * 0.001
            return """
                {"type":"Feature","properties":{"name":"\(number)","people":40},"geometry":{"type":"Polygon","coordinates":[[
                [\(west),53.38],[\(west + 0.001),53.38],[\(west + 0.001),53.40],[\(west),53.40],[\(west),53.38]]]}}
                """
        }
        let file = try city.file(
            "streifen.geojson", #"{"type":"FeatureCollection","features":["# + strips.joined(separator: ",") + "]}")
        _ = try await city.importLayer(file, id: "streifen", populationField: "people")
    }

    private func city() async throws -> TestCity {
        var planted = PlantedContributions()
        for index in 0..<20 {
            planted.add(9.9005, 53.388 + Double(index) * 2e-4, at: 1_777_593_600_000 + Int64(index))
        }
        return try await planted.city()
    }

    @Test func aPlaceStaysInItsZone() async throws {
        let city = try await city()
        try await strips(city)
        let found = try await masked(city, MaskBounds(zone: "streifen"))
        #expect(found.places.count == 20)
        #expect(found.places.values.allSatisfy { $0.x >= 9.9 && $0.x <= 9.901 })
        #expect(found.report?.outside == 0)
        #expect(try await masked(city, MaskBounds()).places.values.contains { $0.x < 9.9 || $0.x > 9.901 })
        // Always alike.
        #expect(try await masked(city, MaskBounds(zone: "streifen")).places == found.places)
    }

    @Test func aPlaceIsMovedAsFarAsInhabitantsReach() async throws {
        let city = try await city()
        try await strips(city)
        let found = try await masked(city, MaskBounds(population: "streifen"))
        let report = try #require(found.report)
        #expect(report.crowd == .inhabitants && report.places == 20)
        // Between 5 and 50 by the law of the ring, less one for what is cut off.
        #expect(try #require(report.least) >= 4 && #require(report.median) <= 50)
        #expect(found.document["mask"]?.string?.contains("5 to 50 inhabitants") ?? false)
    }

    @Test func aPlaceIsMovedAsFarAsAddressesReach() async throws {
        let city = try await city()
        // Houses every 20 m or so.
        let houses = (0..<900).map { number in
            let (x, y) = (9.8985 + Double(number % 30) * 1.5e-4, 53.3865 + Double(number / 30) * 2.5e-4)
            return """
                {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[\(x),\(y)]}}
                """
        }
        let file = try city.file(
            "adressen.geojson", #"{"type":"FeatureCollection","features":["# + houses.joined(separator: ",") + "]}")
        _ = try await city.importLayer(file, id: "adressen")
        let report = try #require(try await masked(city, MaskBounds(population: "adressen")).report)
        #expect(report.crowd == .addresses && report.places == 20)
        #expect(try #require(report.median) >= 3)
    }

    @Test func theExportTellsAmongHowManyPlacesAreHidden() async throws {
        let city = try await city()
        let found = try await masked(city, MaskBounds(), scope: city.anonymous)
        let report = try #require(found.report)
        #expect(report.crowd == .contributions && report.places == 20)
        let told = try #require(found.document["maskReport"])
        #expect(told["least"]?.double == report.least.map(Double.init) && told["median"]?.double == report.median)
        // Twenty in a column, 22 m apart: nobody is hidden among more than nineteen others.
        #expect(try #require(report.least) >= 0 && #require(report.median) < 20)
    }

    @Test func boundsAreForThoseWhoMayReadMore() async throws {
        let city = try await city()
        try await strips(city)
        let error = await #expect(throws: PlatformError.self) {
            try await masked(city, MaskBounds(zone: "streifen"), scope: city.anonymous)
        }
        #expect(error?.code == .unauthenticated || error?.code == .forbidden)
    }
}
