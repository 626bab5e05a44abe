import Foundation
import GeoCore
import PROJCoordinates
import Platform
import Storage
import Testing

/// The share of a category in cells, on the city whose hotspots are known.
struct CategoryShareTests {
    private func question(_ correction: HotspotQuestion.Correction = .fdr) -> HotspotQuestion {
        var question = HotspotQuestion(method: .locationQuotient)
        question.focus = "radverkehr"
        question.cell = 400
        question.correction = correction
        return question
    }

    private func number(_ feature: HotspotAnswer.Feature, _ name: String) -> Double? {
        feature.properties.first { $0.name == name }?.value.double
    }

    private func figure(_ answer: HotspotAnswer, _ name: String) -> Double? {
        guard case .number(let number)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
            return nil
        }
        return number
    }

    @Test func aPlantedCategoryHasALargerShareThere() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            question(), of: city.proceeding(), scope: city.anonymous)
        let surest = try #require(
            answer.features.filter { ($0.value ?? 0) > 0 }
                .min { (number($0, "p") ?? 1, $0.id) < (number($1, "p") ?? 1, $1.id) })
        let quotient = try #require(number(surest, "quotient"))
        let smoothed = try #require(number(surest, "smoothedQuotient"))
        #expect(quotient > 1.5 && smoothed < quotient)
        // What is clear without smoothing stays so, in a city of ordinary size.
        #expect(smoothed > 2)
        #expect(try #require(figure(answer, "higherCells")) > 0)
        let expected = try JSONValue.parse(
            Array(Data(contentsOf: TestCity.geodata.appendingPathComponent("expected.json"))), limits: .importing)
        let planted = try #require(expected["hotspots"]?.array?.first { $0["category"] == .string("radverkehr") })
        let centre = try #require(planted["centre"]?.array?.compactMap { $0.double })
        var (x, y) = ([centre[0]], [centre[1]])
        try CoordinateTransform(from: .wgs84, to: CoordinateReferenceSystem("EPSG:25832")).forward(&x, &y)
        let found = try #require(surest.shape.shape.boundingBox?.center)
        #expect(abs(found.x - x[0]) < 500 && abs(found.y - y[0]) < 500)
    }

    @Test func testsOfSharesRefuseWeights() async throws {
        let city = try await TestCity.withContributions.value
        for method in [HotspotQuestion.Method.locationQuotient, .relativeRisk, .scan] {
            var question = HotspotQuestion(method: method)
            question.weight = .votes
            let error = await #expect(throws: PlatformError.self) {
                try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
            }
            #expect(error?.detail.contains("weight must be one") == true)
            #expect(error?.code == .badRequest)
        }
        let known = HotspotQuestion.parameters.first { $0.name == "weight" }
        #expect(known?.belongs(to: "gi") == true && known?.belongs(to: "location-quotient") == false)
    }

    @Test func everyContributionIsCountedOnceAndTheWholeHasTheShareTold() async throws {
        let city = try await TestCity.withContributions.value
        let answer = try await city.installation.findHotspots(
            question(.none), of: city.proceeding(), scope: city.anonymous)
        let all = answer.features.compactMap { number($0, "count") }.reduce(0, +)
        let focus = answer.features.compactMap { number($0, "focusCount") }.reduce(0, +)
        #expect(Int(all) == answer.analysis.used)
        let share = try #require(figure(answer, "share"))
        #expect(abs(focus / all - share) < 1e-12)
        #expect(answer.analysis.parameters.first { $0.name == "focus" }?.origin == .given)
    }
}
