import Foundation
import GeoCore
import Storage
import Testing

@testable import Platform

/// Area units of which some lie on top of others.
struct AreaOverlapTests {
    /// Two rectangles that share their east and west, ten contributions in the first alone, six in both, four in the second.
    private func city(overlap: Double, elsewhere: Int = 0) async throws -> TestCity {
        var planted = PlantedContributions()
        let time: Int64 = 1_767_567_600_000
        for index in 0..<10 { planted.add(9.901 + Double(index) * 1e-4, 53.39, at: time + Int64(index)) }
        for index in 0..<6 { planted.add(9.909 + Double(index) * 1e-4, 53.39, at: time + Int64(20 + index)) }
        for index in 0..<4 { planted.add(9.915 + Double(index) * 1e-4, 53.39, at: time + Int64(40 + index)) }
        for index in 0..<elsewhere { planted.add(9.93 + Double(index) * 1e-4, 53.39, at: time + Int64(60 + index)) }
        let city = try await planted.city()
        func unit(_ name: String, _ west: Double, _ east: Double) -> String {
            """
            {"type":"Feature","properties":{"name":"\(name)","people":1000},"geometry":{"type":"Polygon","coordinates":[[\
            [\(west),53.38],[\(east),53.38],[\(east),53.40],[\(west),53.40],[\(west),53.38]]]}}
            """
        }
        let units = [unit("West", 9.90, 9.91), unit("Ost", 9.91 - overlap, 9.92)].joined(separator: ",")
        _ = try await city.importLayer(
            city.file("units.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(units)]}"), id: "units",
            populationField: "people")
        return city
    }

    private func areas(_ city: TestCity, _ overlap: AreaOptions.Overlap?) async throws -> AreaStatistics {
        try await city.installation.areaStatistics(
            layer: "units", of: city.proceeding(), options: AreaOptions(overlap: overlap), scope: city.anonymous)
    }

    @Test func ratesAreLeftOutUntilSomebodySaysHowToCount() async throws {
        let city = try await city(overlap: 0.0015)
        let found = try await areas(city, nil)
        #expect(found.units.map(\.count) == [16, 4])
        #expect(found.units.allSatisfy { $0.rate == nil && $0.smoothedRate == nil } && found.overallRate == nil)
        #expect(found.overlaps == [AreaStatistics.Overlap(units: ["West", "Ost"], contributions: 6)])
        #expect(found.warnings.count == 1 && found.warnings[0].contains("6 contributions"))
        let text = String(decoding: found.geoJSON, as: UTF8.self)
        #expect(text.contains(#""overlaps":[{"units":["West","Ost"],"contributions":6}]"#))
    }

    @Test func eachCountsInTheFirstOrInAll() async throws {
        let city = try await city(overlap: 0.0015)
        let first = try await areas(city, .first)
        #expect(first.units.map(\.count) == [16, 4] && first.units.map(\.rate) == [16, 4])
        let all = try await areas(city, .all)
        #expect(all.units.map(\.count) == [16, 10] && all.units.map(\.rate) == [16, 10])
        #expect(first.overlaps == all.overlaps && first.warnings != all.warnings)
    }

    @Test func warningsCountEachContributionOnce() async throws {
        let found = try await areas(city(overlap: 0.0015, elsewhere: 3), .all)
        #expect(found.units.map(\.count) == [16, 10] && found.outside == 3)
        let few = try #require(found.cautions.first { $0.kind == .fewContributions })
        #expect(few.english.contains(": 20 were used"))
        let elsewhere = try #require(found.cautions.first { $0.kind == .manyOutside })
        #expect(elsewhere.english == "3 of 23 contributions with a place (13 %) lie in no unit")
        #expect(elsewhere.german == "3 von 23 verorteten Beiträgen (13 %) liegen in keiner Gebietseinheit")
    }

    @Test func unitsThatShareABorderDoNotOverlap() async throws {
        let found = try await areas(city(overlap: 0), nil)
        #expect(found.overlaps.isEmpty && found.warnings.isEmpty)
        #expect(found.units.allSatisfy { $0.rate != nil })
    }

    @Test func whatHasNoPlaceIsCountedAlikeEverywhere() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile")
        let proceeding = try await city.proceeding()
        let areas = try await city.installation.areaStatistics(
            layer: "stadtteile", of: proceeding, scope: city.anonymous)
        let ranking = try await city.installation.rankFeatures(
            layer: "stadtteile", of: proceeding, scope: city.anonymous)
        let hotspots = try await city.installation.findHotspots(
            HotspotQuestion(method: .grid), of: proceeding, scope: city.anonymous)
        let leftOut = Dictionary(
            uniqueKeysWithValues: hotspots.analysis.leftOut.map { ($0.reason, $0.count) })
        #expect(areas.unlocated == 6 && areas.suspect == 7)
        #expect(ranking.unlocated == 6 && ranking.suspect == 7)
        #expect(leftOut["unlocated"] == 6 && leftOut["suspectPlace"] == 7)
    }
}
