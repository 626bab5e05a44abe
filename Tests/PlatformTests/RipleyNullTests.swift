import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What Ripley's function is compared with where nobody says.
struct RipleyNullTests {
    @Test func inhabitantsAreTheNullWhereALayerTellsThem() async throws {
        let city = try await PatternTests.grouped().city()
        for (id, field) in [("ohne", nil), ("stadtteile", "population")] as [(String, String?)] {
            _ = try await city.importLayer(
                TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: id, populationField: field)
        }
        var question = PatternQuestion(method: .ripley)
        (question.simulations, question.steps, question.reach, question.correction) = (19, 5, 1000, .border)
        func told(_ filter: ContributionFilter) async throws -> [String: AnalysisRecord.Parameter] {
            let answer = try await city.installation.findPattern(
                question, of: city.proceeding(), filter: filter, scope: city.anonymous)
            return Dictionary(uniqueKeysWithValues: answer.analysis.parameters.map { ($0.name, $0) })
        }
        let all = try await told(ContributionFilter())
        #expect(all["null"]?.value == .text("population") && all["null"]?.origin == .chosen)
        #expect(all["layer"]?.value == .text("stadtteile") && all["layer"]?.origin == .chosen)
        var filter = ContributionFilter()
        filter.until = 1_900_000_000_000
        #expect(try await told(filter)["null"]?.value == .text("contributions"))
        question.null = .uniform
        #expect(try await told(ContributionFilter())["null"]?.value == .text("uniform"))
    }
}
