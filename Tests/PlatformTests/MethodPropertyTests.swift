import GeoCore
import Platform
import Storage
import TestSupport
import Testing

/// What holds of every method that is served.
struct MethodPropertyTests {
    /// A question of some method.
    enum Question: Sendable, CustomTestStringConvertible {
        case hotspots(HotspotQuestion)
        case pattern(PatternQuestion)

        var testDescription: String {
            switch self {
            case .hotspots(let question): "hotspots \(question.method.rawValue)"
            case .pattern(let question): "pattern \(question.method.rawValue)"
            }
        }

        /// All that is told, or why nothing is.
        func told(by city: TestCity) async throws -> [[UInt8]] {
            let proceeding = try await city.proceeding()
            do {
                switch self {
                case .hotspots(let question):
                    var answer = try await city.installation.findHotspots(
                        question, of: proceeding, scope: city.anonymous)
                    // Numbers were given in the order in which the rows came.
                    answer.series.removeAll { $0.name == "contribution" }
                    if question.method.makesClusters || question.method == .colocationLocal {
                        answer.features = answer.features.map { feature in
                            var feature = feature
                            feature.properties.removeAll { ["medoid", "contribution"].contains($0.name) }
                            return feature
                        }
                    }
                    if var explanation = answer.analysis.explanation {
                        explanation.english.replace(#/contribution [0-9]+/#, with: "")
                        explanation.german.replace(#/Beitrag [0-9]+/#, with: "")
                        answer.analysis.explanation = explanation
                    }
                    return [try answer.geoJSON(), try answer.csv()]
                case .pattern(let question):
                    let answer = try await city.installation.findPattern(
                        question, of: proceeding, scope: city.anonymous)
                    return [try answer.geoJSON(), try answer.csv()]
                }
            } catch let error as PlatformError {
                #expect([.invalidInput, .badRequest].contains(error.code), "\(error)")
                return [Array("\(error)".utf8)]
            }
        }
    }

    /// Four groups of one category, and another all over them.
    private static func planted() -> PlantedContributions {
        var planted = PatternTests.grouped()
        planted.spread(
            30, around: 9.91, 53.385, width: 0.04, from: 1_777_593_600_000, days: 60, category: "Radverkehr")
        return planted
    }

    /// Quick questions of every method, on cells of a width where the method has cells.
    private static func all(cell: Double) -> [Question] {
        HotspotQuestion.Method.allCases.map { method in
            var question = HotspotQuestion(method: method)
            question.cell = cell
            question.permutations = 99
            return .hotspots(question)
        }
            + PatternQuestion.Method.allCases.map { method in
                var question = PatternQuestion(method: method)
                question.cell = cell
                (question.simulations, question.steps, question.permutations) = (19, 5, 99)
                return .pattern(question)
            } + variants(cell: cell)
    }

    /// Quick questions with what changes how a method works.
    private static func variants(cell: Double) -> [Question] {
        func hotspots(
            _ method: HotspotQuestion.Method, _ change: (inout HotspotQuestion) -> Void
        ) -> Question {
            var question = HotspotQuestion(method: method)
            (question.cell, question.permutations) = (cell, 99)
            change(&question)
            return .hotspots(question)
        }
        var weighted = PatternQuestion(method: .ripley)
        (weighted.weight, weighted.simulations, weighted.steps) = (.support, 19, 5)
        return [
            hotspots(.gi) { ($0.tails, $0.inference) = (.folded, .exact) },
            hotspots(.gi) { $0.cells.orientation = .pointy },
            hotspots(.geary) { ($0.tails, $0.neighbourhood.rule) = (.directed, .inverse) },
            hotspots(.grid) { $0.weight = .approval }, hotspots(.kde) { $0.sensitivity = true },
            hotspots(.kde) { $0.apportion = .share }, hotspots(.scan) { ($0.rounds, $0.isGumbel) = (2, true) },
            hotspots(.emerging) { $0.baseline = .slice }, .pattern(weighted),
        ]
    }

    @Test(arguments: all(cell: 400))
    func neitherTheOrderOfRowsNorTheNumberOfThreadsHasASay(_ question: Question) async throws {
        let planted = Self.planted()
        // Two cities: an answer that one has kept is no proof.
        let (first, second) = (try await planted.city(), try await planted.reversed.city())
        let one = try await withTaskExecutorPreference(OneThread()) { try await question.told(by: first) }
        let other = try await question.told(by: second)
        #expect(one == other)
        #expect(one.count == 2, "\(String(decoding: one[0], as: UTF8.self))")
        // Whatever weakens the answer is told in German, too.
        let told = try JSONValue.parse(one[0], limits: .importing)["analysis"]
        for caution in try #require(told?["cautions"]?.array) {
            #expect(caution["de"] != caution["en"], "\(caution["en"]?.string ?? "")")
        }
    }

    @Test(arguments: all(cell: 100_000))
    func aCellLargerThanTheAreaIsAnsweredOrRefusedWithAReason(_ question: Question) async throws {
        let city = try await Self.planted().city()
        #expect(try await question.told(by: city).allSatisfy { !$0.isEmpty })
    }
}
