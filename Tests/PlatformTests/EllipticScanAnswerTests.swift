import GeoCore
import Platform
import Storage
import Testing

/// Scans with ellipses, as an answer tells them.
struct EllipticScanAnswerTests {
    private static func number(_ parameter: AnalysisRecord.Parameter) -> Double? {
        if case .number(let value) = parameter.value { value } else { nil }
    }

    @Test func tellsEachEllipseWithItsShape() async throws {
        let city = try await TestCity.withContributions.value
        var question = HotspotQuestion(method: .scan)
        (question.window, question.permutations) = (.ellipse, 99)
        let ellipses = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        question.window = .circle
        let circles = try await city.installation.findHotspots(
            question, of: city.proceeding(), scope: city.anonymous)
        func figure(_ feature: HotspotAnswer.Feature, _ name: String) -> Double? {
            feature.properties.first { $0.name == name }?.value.double
        }
        let best = try #require(ellipses.features.first)
        let ratio = figure(best, "logLikelihoodRatio") ?? 0
        let circle = try #require(circles.features.first)
        #expect(ratio >= figure(circle, "logLikelihoodRatio") ?? 0)
        let told = ellipses.analysis.parameters.first { $0.name == "cell" }.flatMap(Self.number)
        let width = try #require(told)
        for feature in ellipses.features {
            let (shape, radius) = (figure(feature, "shape") ?? 0, figure(feature, "radius") ?? 0)
            let box = try #require(feature.shape.shape.boundingBox)
            #expect([1, 1.5, 2, 3, 4].contains(shape))
            // No side of the box is longer than the longer axis with half a cell at either end.
            #expect(max(box.width, box.height) <= 2 * radius + width + 0.2)
        }
        #expect(circles.features.allSatisfy { figure($0, "shape") == nil })
        #expect(ellipses.analysis.reference.contains("2006") && !circles.analysis.reference.contains("2006"))
        #expect(ellipses.analysis.parameters.first { $0.name == "window" }?.value == .text("ellipse"))
        #expect(ellipses.analysis.parameters.first { $0.name == "penalty" }?.value == .text("medium"))
        #expect(!circles.analysis.parameters.contains { $0.name == "penalty" })
        #expect(ellipses.analysis.explanation?.german.contains("Ellipsen") == true)
        #expect(circles.analysis.explanation?.german.contains("Kreise") == true)
    }

    @Test func thePenaltyOfLongEllipsesIsAChoice() async throws {
        let city = try await TestCity.withContributions.value
        func best(_ penalty: HotspotQuestion.Penalty) async throws -> Double {
            var question = HotspotQuestion(method: .scan)
            (question.window, question.penalty, question.cell) = (.ellipse, penalty, 1000)
            question.permutations = 99
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), scope: city.anonymous)
            #expect(answer.analysis.parameters.first { $0.name == "penalty" }?.value == .text(penalty.rawValue))
            return try #require(answer.features.first?.told("logLikelihoodRatio")?.double)
        }
        let (none, medium, strong) = (try await best(.none), try await best(.medium), try await best(.strong))
        #expect(none >= medium && medium >= strong)
    }
}
