import GeoCore
import Platform
import Testing

/// Cells that the border of the area cuts off, in tests of neighbourhoods.
///
/// Contributions lie anywhere in a rectangle whose border runs through cells of 500 m.
struct BorderCellTests {
    private static func city() async throws -> TestCity {
        var planted = PlantedContributions(seed: 3)
        planted.spread(4_000, around: 9.91, 53.39, width: 0.08, from: 1_767_567_600_000, days: 80)
        let city = try await planted.city()
        try await city.setArea(BoundingBox(minX: 9.87, minY: 53.366, maxX: 9.95, maxY: 53.414))
        return city
    }

    private static func answer(_ method: HotspotQuestion.Method, of city: TestCity) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: method)
        question.cell = 500
        return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
    }

    private static func figure(_ name: String, of feature: HotspotAnswer.Feature) -> JSONValue? {
        feature.properties.first { $0.name == name }?.value
    }

    private static func summary(_ name: String, of answer: HotspotAnswer) -> Double? {
        guard case .number(let number)? = answer.analysis.summary.first(where: { $0.name == name })?.value else {
            return nil
        }
        return number
    }

    @Test func evenlyRandomContributionsAreNotColdAlongTheBorder() async throws {
        let answer = try await Self.answer(.gi, of: Self.city())
        #expect(Self.summary("coldCells", of: answer) == 0)
        #expect(Self.summary("hotCells", of: answer) == 0)
    }

    @Test(arguments: [
        (HotspotQuestion.Method.gi, "bin", JSONValue.integer(0)),
        (.moran, "quadrant", .string("none")), (.geary, "association", .string("none")),
    ])
    func cellsWhoseMiddleLiesOutsideAreToldAndNotTested(
        _ method: HotspotQuestion.Method, _ name: String, _ none: JSONValue
    ) async throws {
        let answer = try await Self.answer(method, of: Self.city())
        let untested = answer.features.filter { Self.figure("z", of: $0) == .null }
        #expect(untested.count == Self.summary("untestedCells", of: answer).map { Int($0) })
        #expect(untested.count > 30)
        for feature in untested {
            #expect(Self.figure("p", of: feature) == .null && Self.figure("q", of: feature) == .null)
            #expect(Self.figure("stability", of: feature) == .null && Self.figure(name, of: feature) == none)
        }
        let counts = answer.features.compactMap { Self.figure("count", of: $0)?.double }
        #expect(counts.reduce(0, +) == Double(answer.analysis.used))
        #expect(answer.analysis.used == 4_000)
    }

    @Test func theExplanationSaysThatTheyAreNotTested() async throws {
        let answer = try await Self.answer(.gi, of: Self.city())
        let untested = try #require(Self.summary("untestedCells", of: answer))
        let told = try #require(answer.analysis.explanation)
        #expect(told.english.contains("\(Int(untested)) more cells at the border, whose middle lies outside the area,"))
        #expect(told.german.contains("\(Int(untested)) weitere Zellen am Rand"))
    }

    @Test func theSizeOfTheAnswerHasTheScoreOfTheAnswerInTheSeries() async throws {
        let answer = try await Self.answer(.moran, of: Self.city())
        let told = try #require(Self.summary("moransZ", of: answer))
        let sizes = try #require(answer.series.first { $0.name == "cell" }).values
        let scores = try #require(answer.series.first { $0.name == "moranZ" }).values
        let row = try #require(sizes.firstIndex(of: .number(500)))
        let score = try #require(scores[row].double)
        #expect(abs(score - told) < 1e-9 * max(1, abs(told)))
    }
}
