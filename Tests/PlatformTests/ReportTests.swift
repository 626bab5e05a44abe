import Foundation
import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

struct ReportTests {
    @Test func twoRunsOnTheSameDataGiveTheSameFile() async throws {
        var reports: [[UInt8]] = []
        for _ in 0..<2 {
            let city = try await TestCity()
            _ = try await city.importContributions()
            _ = try await city.importLayer(
                TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile",
                populationField: "population")
            reports.append(
                try await city.installation.report(of: city.proceeding(), language: "de", scope: city.anonymous))
        }
        #expect(reports[0] == reports[1])
        let text = String(decoding: reports[0], as: UTF8.self)
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"de\">"))
        #expect(text.contains("Schwerpunkte") && text.contains("Ort 1") && text.contains("Methode und Grenzen"))
        // Nothing is fetched from elsewhere.
        #expect(
            !text.contains("http://") || text.ranges(of: "http://").count == text.ranges(of: "http://www.w3.org").count)
        #expect(!text.contains("<script"))
    }

    @Test func aPlaceIsAsStableAsItsPeak() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .gi), of: city.proceeding(), scope: city.anonymous)
        let places = answer.hotPlaces()
        #expect(!places.isEmpty)
        func number(_ feature: HotspotAnswer.Feature, _ name: String) -> Double? {
            feature.properties.first { $0.name == name }?.value.double
        }
        for place in places {
            let peaks = answer.features.filter { number($0, "z") == place.peak }
            #expect(peaks.contains { number($0, "stability") == place.stability })
        }
    }

    @Test func escapesWhatPeopleWrote() async throws {
        let city = try await TestCity()
        let rows = (0..<80).map { row in
            "<script>alert(\(row))</script>;Text \(row);\(9.900 + Double(row % 8) / 10_000);\(53.400 + Double(row) / 20_000)"
                .replacing(".", with: ",")
        }
        let file = try city.file("a.csv", "title;text;lon;lat\n" + rows.joined(separator: "\n") + "\n")
        _ = try await city.importContributions(file)
        let report = try await city.installation.report(of: city.proceeding(), language: "en", scope: city.anonymous)
        #expect(!String(decoding: report, as: UTF8.self).contains("<script"))
    }

    @Test func saysThatThereIsTooLittle() async throws {
        let city = try await TestCity()
        let report = try await city.installation.report(of: city.proceeding(), language: "en", scope: city.anonymous)
        #expect(String(decoding: report, as: UTF8.self).contains("too few located contributions"))
    }
}
