import Foundation
import Platform
import Testing

struct RankingTests {
    @Test func ranksDistrictsAsTheirGeneratorCountedThem() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile")
        let ranking = try await city.installation.rankFeatures(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous)
        #expect(ranking.features.prefix(3).map(\.name) == ["Bahnhofsviertel", "Neustadt", "Aueviertel"])
        #expect(ranking.features.prefix(3).map(\.contributions.count) == [190, 183, 171])
        #expect(ranking.silent == 0)
        let wider = try await city.installation.rankFeatures(
            layer: "stadtteile", by: .votes, within: 200, of: city.proceeding(), scope: city.anonymous)
        #expect(zip(wider.features, wider.features.dropFirst()).allSatisfy { $0.value(.votes) >= $1.value(.votes) })
        #expect(wider.features.map(\.contributions.count).reduce(0, +) > 1980)
        #expect(wider.elsewhere <= ranking.elsewhere)
    }

    @Test func namesTheLimitsOfTheDistance() async throws {
        let city = try await TestCity()
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.rankFeatures(
                layer: "x", within: -1, of: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.detail.contains("0 to 10000 m, for example 50") == true)
    }
}
