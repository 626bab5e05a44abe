import Foundation
import GeoCore
import PROJCoordinates
import Platform
import Storage
import Testing

/// The methods beside counts, Gi*, densities and DBSCAN, on the city whose hotspots are known.
struct HotspotMethodTests {
    private struct Planted: Decodable {
        struct Hotspot: Decodable {
            var name: String
            var category: String
            var centre: [Double]
        }
        var hotspots: [Hotspot]
    }

    /// The planted hotspots with their centres in metres.
    private func planted() throws -> [(hotspot: String, category: String, center: Position)] {
        let planted = try JSONDecoder().decode(
            Planted.self, from: Data(contentsOf: TestCity.geodata.appendingPathComponent("expected.json")))
        let transform = try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832"))
        return try planted.hotspots.map { hotspot in
            var (x, y) = ([hotspot.centre[0]], [hotspot.centre[1]])
            try transform.forward(&x, &y)
            return (hotspot.name, hotspot.category, Position(x[0], y[0]))
        }
    }

    private func property(_ feature: HotspotAnswer.Feature, _ name: String) -> JSONValue? {
        feature.properties.first { $0.name == name }?.value
    }

    private func distance(_ feature: HotspotAnswer.Feature, _ position: Position) -> Double {
        guard let center = feature.shape.shape.boundingBox?.center else { return .infinity }
        return ((center.x - position.x) * (center.x - position.x) + (center.y - position.y) * (center.y - position.y))
            .squareRoot()
    }

    @Test func localMoranFindsThePlantedHotspotsAsHighAmongHigh() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .moran), of: city.proceeding(), scope: city.anonymous)
        let high = answer.features.filter { property($0, "quadrant") == .string("highHigh") }
        for hotspot in try planted() {
            #expect(high.contains { distance($0, hotspot.center) < 250 }, "\(hotspot.hotspot)")
        }
    }

    @Test func aScanFindsTheCircleWithTheUnusualShare() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        question.focus = "radverkehr"
        question.permutations = 199
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let first = try #require(answer.features.first)
        let expected = try #require(try planted().first { $0.category == "radverkehr" })
        #expect(distance(first, expected.center) < 250)
        #expect(property(first, "isSignificant") == .bool(true))
        let again = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: ContributionFilter(), scope: city.staff)
        #expect(try answer.geoJSON() == again.geoJSON())
    }

    @Test func aScanPerInhabitantNamesTheUnits() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        var question = HotspotQuestion(method: .scan)
        question.model = .poisson
        question.layer = "stadtteile"
        question.permutations = 99
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        // A quarter with a planted hotspot, of which its inhabitants are no reason.
        let found = answer.features.filter { property($0, "isSignificant") == .bool(true) }
        #expect(found.contains { property($0, "units")?.string?.contains("Bahnhofsviertel") == true })
        #expect(answer.analysis.summary.first { $0.name == "cases" }?.value == .number(1980))
        question.layer = nil
        let (proceeding, asked) = (try await city.proceeding(), question)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(asked, of: proceeding, scope: city.anonymous)
        }
        #expect(error?.detail.contains("layer") == true)
    }

    @Test func aScanNamesTheCategoriesThereAre() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        question.focus = "autos"
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.detail.contains("radverkehr") == true)
    }

    @Test func theHottestCellsAreHotOnOtherGridsToo() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.anonymous)
        for hotspot in try planted() {
            let nearest = answer.features.min { distance($0, hotspot.center) < distance($1, hotspot.center) }
            guard case .number(let stability)? = nearest.flatMap({ property($0, "stability") }) else {
                Issue.record("\(hotspot.hotspot) has no stability")
                continue
            }
            #expect(stability >= 0.8, "\(hotspot.hotspot)")
        }
    }

    @Test func theMethodIsChosenByWhatTheDataBear() async throws {
        let city = try await TestCity.withContributions.value
        let many = try await city.installation.findHotspots(
            HotspotQuestion(method: .auto), of: city.proceeding(), scope: city.anonymous)
        #expect(many.question.method == .gi)
        var filter = ContributionFilter()
        filter.categories = ["sonstiges"]
        let few = try await city.installation.findHotspots(
            HotspotQuestion(method: .auto), of: city.proceeding(), filter: filter, scope: city.anonymous)
        #expect(few.question.method == .kde)
        let choice = few.analysis.parameters.first { $0.name == "method" }
        #expect(choice?.origin == .chosen && choice?.rule?.contains("too few") == true)
    }

    @Test func weightedHotspotsTellWhereOneContributionCarriesThem() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .gi)
        question.weight = .support
        question.sensitivity = false
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let flags = answer.features.compactMap { property($0, "fragile") }
        #expect(flags.count == answer.features.count)
    }
}
