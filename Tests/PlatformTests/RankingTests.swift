import Foundation
import GeoCore
import Platform
import Storage
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

    @Test func aLineCountsForEveryPlanThatItCrossesWhereShapesAreAskedFor() async throws {
        let city = try await TestCity()
        let line = """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString","coordinates":\
            [[9.90,53.385],[9.91,53.385],[9.92,53.385]]},"properties":{"id":"a","dateCreated":"2026-04-30T10:00:00Z",\
            "title":"Ein Weg","contributionContent":"Hier sollte ein Weg sein.","category":"Radverkehr"}}]}
            """
        let report = try await city.importContributions(city.file("line.geojson", line))
        #expect(report.imported == 1)
        func square(_ west: Double) -> String {
            let (east, south, north) = (west + 0.004, 53.384, 53.386)
            return """
                {"type":"Feature","properties":{"name":"\(west)"},"geometry":{"type":"Polygon","coordinates":[[\
                [\(west),\(south)],[\(east),\(south)],[\(east),\(north)],[\(west),\(north)],[\(west),\(south)]]]}}
                """
        }
        let plans = [9.901, 9.908, 9.915, 9.93].map(square).joined(separator: ",")
        _ = try await city.importLayer(
            city.file("plans.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(plans)]}"), id: "plans")
        let byPoint = try await city.installation.rankFeatures(
            layer: "plans", of: city.proceeding(), scope: city.anonymous)
        #expect(byPoint.features.count <= 1)
        let byShape = try await city.installation.rankFeatures(
            layer: "plans", countsShapes: true, of: city.proceeding(), scope: city.anonymous)
        #expect(byShape.features.map(\.name) == ["9.901", "9.908", "9.915"])
        #expect(byShape.silent == 1 && byShape.elsewhere == 0)
        // Chosen by where it lies, it is a line all the same.
        var filter = ContributionFilter()
        filter.expression = .intersects(.point(Position(9.90, 53.385)))
        let chosen = try await city.installation.rankFeatures(
            layer: "plans", countsShapes: true, of: city.proceeding(), filter: filter, scope: city.anonymous)
        #expect(chosen.features.map(\.name) == byShape.features.map(\.name))
        let near = try await city.installation.rankFeatures(
            layer: "plans", within: 1000, countsShapes: true, of: city.proceeding(), scope: city.anonymous)
        #expect(near.features.count == 4)
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
