import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What `auto` does and tells beside choosing a method.
struct OneClickTests {
    private func auto(
        _ city: TestCity, _ filter: ContributionFilter = ContributionFilter()
    ) async throws -> (answer: HotspotAnswer, analysis: JSONValue) {
        let answer = try await city.installation.findHotspots(
            HotspotQuestion(method: .auto), of: city.proceeding(), filter: filter, scope: city.anonymous)
        let text = try JSONValue.parse(answer.geoJSON(), limits: .importing)
        return (answer, try #require(text["analysis"]))
    }

    @Test func tellsTheRatesOfTheLayerWithInhabitants() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        #expect(try await auto(city).analysis["rates"] == nil)
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        let (answer, analysis) = try await auto(city)
        let alone = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous)
        let units = try #require(analysis["rates"]?["units"]?.array)
        #expect(units.map { $0["ratePer1000"]?.double } == alone.units.map(\.rate))
        #expect(units.map { $0["smoothedRatePer1000"]?.double } == alone.units.map(\.smoothedRate))
        #expect(analysis["rates"]?["overallRatePer1000"]?.double == alone.overallRate)
        let highest = try #require(alone.units.max { ($0.smoothedRate ?? 0) < ($1.smoothedRate ?? 0) })
        #expect(answer.analysis.explanation?.english.contains(" in \(highest.name) (") == true)
        #expect(answer.analysis.explanation?.german.contains(" in \(highest.name) (") == true)
    }

    @Test func tellsWhereCategoriesGatherMoreThanOthers() async throws {
        let city = try await TestCity.withContributions.value
        let scans = try #require(try await auto(city).analysis["scans"]?["categories"]?.array)
        #expect(scans.count == 5)
        for scan in scans {
            var question = HotspotQuestion(method: .scan)
            (question.focus, question.permutations) = (scan["focus"]?.string, 199)
            let alone = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            let first = try #require(alone.features.first)
            for (name, value) in first.properties {
                let isSame = value.double.map { scan[name]?.double == $0 } ?? (scan[name] == value)
                #expect(isSame, "\(name)")
            }
            let (p, adjusted) = (scan["p"]?.double ?? 0, scan["adjustedP"]?.double ?? 0)
            #expect(adjusted >= p && adjusted <= min(1, 5 * p))
        }
    }

    @Test func leavesOutWhatWasSentTwice() async throws {
        let city = try await TestCity()
        func feature(_ id: Int, _ text: String, _ longitude: Double) -> String {
            """
            {"type":"Feature","geometry":{"type":"Point","coordinates":[\(longitude),53.39]},
            "properties":{"id":\(id),"title":"Titel","contributionContent":"\(text)","dateCreated":"2026-04-20T10:00:00Z"}}
            """
        }
        // Twice the same; the same words elsewhere; other words at the same place.
        let features = [
            feature(1, "Hier fehlt eine Bank", 9.9), feature(2, "Hier fehlt eine Bank", 9.9),
            feature(3, "Hier fehlt eine Bank", 9.91), feature(4, "Hier fehlt ein Baum", 9.9),
        ]
        _ = try await city.importContributions(
            try city.file(
                "a.geojson",
                #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#))
        let record = try await auto(city).answer.analysis
        #expect(record.used == 3)
        #expect(record.leftOut.map { "\($0.reason) \($0.count)" } == ["resubmission 1"])
        // Whoever names a method is asked about all that is there.
        let all = try await city.installation.findHotspots(
            HotspotQuestion(method: .kde), of: city.proceeding(), scope: city.anonymous)
        #expect(all.analysis.used == 4)
    }

    @Test func whatIsTooFewForATestIsListed() async throws {
        var planted = PlantedContributions()
        for (index, votes) in [3, 9, 0].enumerated() {
            planted.add(9.9 + Double(index) * 0.01, 53.39, at: 1_777_593_600_000 + Int64(index), votes: votes)
        }
        let city = try await planted.city()
        let (answer, analysis) = try await auto(city)
        #expect(answer.question.method == .kde && !answer.features.isEmpty)
        #expect(answer.listed.map(\.votesUp) == [0, 9, 3])
        let items = try #require(analysis["contributions"]?["items"]?.array)
        #expect(items.map { $0["title"]?.string } == ["Nummer 2", "Nummer 1", "Nummer 0"])
        #expect(items[1]["point"]?.array?.first?.double == 9.91)
        #expect(analysis["contributions"]?["hasMore"] == .bool(false))
        #expect(answer.analysis.explanation?.english.contains("read all 3") == true)
        let report = try await city.installation.report(of: city.proceeding(), language: "en", scope: city.anonymous)
        #expect(String(decoding: report, as: UTF8.self).contains("<th scope=\"row\">Nummer 1</th>"))
        // Where they are enough for a test, nobody reads them all.
        let many = try await auto(TestCity.withContributions.value)
        #expect(many.answer.listed.isEmpty && many.analysis["contributions"] == nil)
    }

    @Test func theCellsAskedForDecideWhetherThereAreEnough() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .auto)
        question.cell = 5_000
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        #expect(answer.question.method == .kde)
        let rule = answer.analysis.parameters.first { $0.name == "method" }?.rule
        #expect(rule?.contains("and there are 1980 in ") == true, "\(rule ?? "")")
        let surface = answer.analysis.parameters.first { $0.name == "surface" }
        #expect(surface?.value == .text("isolines") && surface?.origin == .chosen)
    }
}
