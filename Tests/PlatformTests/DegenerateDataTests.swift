import GeoCore
import Platform
import Storage
import Testing

/// Data with too little in them for most methods.
struct DegenerateDataTests {
    /// Quick questions of every method.
    private static func quick(_ method: PatternQuestion.Method) -> PatternQuestion {
        var question = PatternQuestion(method: method)
        question.simulations = 19
        question.steps = 5
        question.permutations = 99
        if method != .knox { question.reach = 500 }
        question.cell = 400
        return question
    }

    /// None, one, two, all in a row, all at one place, all at two places.
    private static let degenerate: [[(Double, Double)]] = [
        [], [(9.9, 53.39)], [(9.9, 53.39), (9.901, 53.39)], (0..<8).map { (9.9 + Double($0) * 0.001, 53.39) },
        (0..<8).map { _ in (9.9, 53.39) }, (0..<8).map { (9.9 + Double($0 % 2) * 0.01, 53.39) },
    ]

    @Test(arguments: PatternQuestion.Method.allCases)
    func nothingIsAnsweredAsNothing(_ method: PatternQuestion.Method) async throws {
        let city = try await TestCity()
        let answer = try await city.installation.findPattern(
            Self.quick(method), of: city.proceeding(), scope: city.anonymous)
        #expect(answer.analysis.cautions.map(\.kind) == [.noContributions] && answer.analysis.used == 0)
        #expect(answer.analysis.summary.isEmpty && answer.features.isEmpty && answer.series.isEmpty)
    }

    @Test(arguments: degenerate.indices)
    func degenerateDataAreAnsweredOrRefused(_ number: Int) async throws {
        var planted = PlantedContributions()
        for (index, place) in Self.degenerate[number].enumerated() {
            planted.add(place.0, place.1, at: PatternTests.start + Int64(index) * PlantedContributions.day)
        }
        let city = number == 0 ? try await TestCity() : try await planted.city()
        for method in PatternQuestion.Method.allCases {
            do {
                let answer = try await city.installation.findPattern(
                    Self.quick(method), of: city.proceeding(), scope: city.anonymous)
                _ = try JSONValue.parse(answer.geoJSON(), limits: .importing)
                #expect(!(try answer.csv()).isEmpty)
                #expect(!answer.svg(language: "en").isEmpty)
            } catch let error as PlatformError {
                #expect([.invalidInput, .badRequest].contains(error.code), "\(method): \(error)")
            }
        }
        for method in HotspotQuestion.Method.allCases {
            do {
                let answer = try await city.installation.findHotspots(
                    HotspotQuestion(method: method), of: city.proceeding(), scope: city.anonymous)
                _ = try JSONValue.parse(answer.geoJSON(), limits: .importing)
            } catch let error as PlatformError {
                #expect([.invalidInput, .badRequest].contains(error.code), "\(method): \(error)")
            }
        }
    }
}
