import Foundation
import GeoCore
import Platform
import Storage
import Testing

/// Circles with more than elsewhere, on the city whose hotspots are known.
struct ScanAnswerTests {
    @Test func aScanFindsTheCircleWithTheUnusualShare() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        question.focus = "radverkehr"
        question.permutations = 199
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        let first = try #require(answer.features.first)
        let expected = try #require(try PlantedHotspot.all().first { $0.category == "radverkehr" })
        #expect(first.distance(to: expected.center) < 250)
        #expect(first.told("isSignificant") == .bool(true))
        let again = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: ContributionFilter(), scope: city.staff)
        #expect(try answer.geoJSON() == again.geoJSON())
    }

    @Test func aScanTellsHowItsClustersDependOnTheCells() async throws {
        let city = try await TestCity.withContributions.value
        func scan(_ isTested: Bool) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .scan)
            (question.focus, question.cell, question.permutations) = ("radverkehr", 400, 199)
            question.sensitivity = isTested
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        let answer = try await scan(true)
        let sizes = answer.series.first { $0.name == "cell" }?.values.map { $0.double ?? 0 } ?? []
        #expect(zip(sizes, [200, 400, 800]).allSatisfy { abs($0 - $1) < 1e-9 } && sizes.count == 3)
        #expect(answer.features.allSatisfy { (0...1).contains($0.told("stability")?.double ?? -1) })
        // Its own scan is one of three.
        let significant = answer.features.filter { $0.told("isSignificant") == .bool(true) }
        #expect(!significant.isEmpty)
        #expect(significant.allSatisfy { ($0.told("stability")?.double ?? 0) >= 0.333 })
        let plain = try await scan(false)
        #expect(plain.series.isEmpty && plain.features.allSatisfy { $0.told("stability") == nil })
        #expect(plain.features.map(\.value) == answer.features.map(\.value))
    }

    /// Some at one place, of one category or of two.
    private func atOnePlace(_ categories: [String]) async throws -> TestCity {
        var planted = PlantedContributions()
        for index in 0..<40 {
            planted.add(
                9.9, 53.39, at: 1_767_567_600_000 + Int64(index), category: categories[index % categories.count])
        }
        return try await planted.city()
    }

    @Test func aScanWithoutAnyCircleSaysThatNothingWasTested() async throws {
        let city = try await atOnePlace(["Radverkehr", "Sonstiges"])
        var question = HotspotQuestion(method: .scan)
        (question.focus, question.permutations) = ("radverkehr", 99)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let caution = try #require(answer.analysis.cautions.first { $0.kind == .noCircles })
        #expect(caution.english.contains("share of 0.1") && caution.english.contains("share=0.5"))
        #expect(caution.german.contains("Anteil von 0.1"))
        let text = try #require(answer.analysis.explanation)
        #expect(text.english.contains("Nothing was tested") && text.german.contains("Nichts wurde geprüft"))
        #expect(!text.german.contains("0 Kreise"))
    }

    @Test func aScanOfOneCategoryAloneNamesItAndAWayOut() async throws {
        let city = try await atOnePlace(["Radverkehr"])
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.findHotspots(
                HotspotQuestion(method: .scan), of: city.proceeding(), scope: city.anonymous)
        }
        #expect(error?.parameter == "focus" && error?.hint?.contains("model=space-time") == true)
        #expect(error?.detail.contains("all 40 contributions are of radverkehr") == true)
    }

    @Test func aScanInRoundsFindsClustersThatAreSignificantAlone() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        (question.focus, question.permutations, question.rounds, question.isGumbel) = ("radverkehr", 199, 3, true)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let first = try #require(answer.features.first)
        #expect((1...3).contains(answer.features.count))
        #expect(first.told("isSignificant") == .bool(true))
        #expect(answer.features.allSatisfy { $0.told("gumbelP")?.double != nil })
        question.rounds = 1
        let plain = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(first.told("logLikelihoodRatio") == plain.features[0].told("logLikelihoodRatio"))
        #expect(answer.analysis.parameters.first { $0.name == "rounds" }?.value == .number(3))
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
        let found = answer.features.filter { $0.told("isSignificant") == .bool(true) }
        #expect(found.contains { $0.told("units")?.string?.contains("Bahnhofsviertel") == true })
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
}
