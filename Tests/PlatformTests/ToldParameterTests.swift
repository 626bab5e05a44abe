import Foundation
import GeoCore
import Platform
import Storage
import Testing

/// What an answer says of the parameters that it came from, and what it does where there is next to nothing.
struct ToldParameterTests {
    private static let time: Int64 = 1_767_567_600_000

    private func city(_ places: [(Double, Double)]) async throws -> TestCity {
        var planted = PlantedContributions()
        for (index, place) in places.enumerated() {
            planted.add(place.0, place.1, at: Self.time + Int64(index) * PlantedContributions.day)
        }
        return try await planted.city()
    }

    private func find(_ method: HotspotQuestion.Method, _ city: TestCity) async throws -> HotspotAnswer {
        try await city.installation.findHotspots(
            HotspotQuestion(method: method), of: city.proceeding(), scope: city.anonymous)
    }

    @Test(arguments: [
        HotspotQuestion.Method.grid, .gi, .moran, .kde, .relativeRisk, .locationQuotient, .scan, .emerging, .dbscan,
    ])
    func whatIsChosenHasARule(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await find(method, city)
        for name in ["cell", "eps"] {
            for parameter in answer.analysis.parameters where parameter.name == name && parameter.origin == .chosen {
                #expect(parameter.rule != nil, "\(name)")
            }
        }
    }

    @Test func theCapOfTheExtentIsToldWhereItDecided() async throws {
        let city = try await city([(9.87, 53.395), (9.93, 53.40)])
        let cell = try await find(.grid, city).analysis.parameters.first { $0.name == "cell" }
        #expect(cell?.rule?.contains("a twentieth of the extent") == true, "\(String(describing: cell))")
    }

    @Test func isolinesTellTheirLevels() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .kde)
        question.surface = .isolines
        let standard = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous
        ).analysis.parameters.first { $0.name == "levels" }
        #expect(standard?.value == .text("25,50,75,90") && standard?.unit == "%" && standard?.origin == .standard)
        question.levels = [50, 95]
        let given = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous
        ).analysis.parameters.first { $0.name == "levels" }
        #expect(given?.value == .text("50,95") && given?.origin == .given)
    }

    @Test func areasRankingAndComparisonTellTheirParameters() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile")
        let (installation, proceeding, scope) = (city.installation, try await city.proceeding(), city.anonymous)
        let areas = try await installation.areaStatistics(layer: "stadtteile", of: proceeding, scope: scope)
        let ranking = try await installation.rankFeatures(
            layer: "stadtteile", within: 50, of: proceeding, scope: scope)
        let set = ComparedSet(proceeding: proceeding, filter: ContributionFilter())
        let comparison = try await installation.compare(set, with: set, scope: scope)
        func told(_ bytes: [UInt8], _ name: String) throws -> [String?] {
            let analysis = try JSONValue.parse(bytes, limits: .importing)["analysis"]
            #expect(analysis?["leftOut"]?.array?.contains { $0["reason"] == .string("unlocated") } == true)
            let parameter = analysis?["parameters"]?.array?.first { $0["name"] == .string(name) }
            return [parameter?["origin"]?.string, parameter?["unit"]?.string]
        }
        #expect(try told(areas.geoJSON, "smoothing") == ["default", nil])
        #expect(try told(ranking.geoJSON, "distance") == ["given", "m"])
        #expect(try told(comparison.geoJSON, "cell") == ["chosen", "m"])
    }

    @Test(arguments: HotspotQuestion.Method.allCases)
    func nothingIsAnsweredWithNoShapesAndAWord(_ method: HotspotQuestion.Method) async throws {
        let city = try await TestCity()
        let answer = try await find(method, city)
        #expect(answer.features.isEmpty && answer.analysis.used == 0)
        #expect(answer.analysis.cautions.map(\.kind) == [.noContributions])
        #expect(try JSONValue.parse(answer.geoJSON(), limits: .importing)["features"]?.array?.isEmpty == true)
        #expect(!answer.svg(language: "de").isEmpty)
        #expect(!(try answer.csv()).isEmpty)
    }

    @Test(arguments: [HotspotQuestion.Method.grid, .gi, .moran, .dbscan, .kde], [1, 8])
    func allAtOnePlaceAreAnswered(_ method: HotspotQuestion.Method, _ count: Int) async throws {
        let city = try await city((0..<count).map { _ in (9.9, 53.39) })
        let answer = try await find(method, city)
        #expect(answer.analysis.used == count)
        if method == .grid { #expect(answer.features.count == 1) }
        if method == .dbscan { #expect(answer.features.count == (count >= 5 ? 1 : 0)) }
    }
}
