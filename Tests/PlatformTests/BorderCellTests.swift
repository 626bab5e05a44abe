import Analysis
import GeoCore
import Testing

@testable import Platform

/// Cells that the border of the area cuts off, in tests of neighbourhoods.
///
/// Contributions lie anywhere in a rectangle whose border runs through cells of 500 m.
struct BorderCellTests {
    private static func city(seed: UInt64 = 1) async throws -> TestCity {
        var planted = PlantedContributions(seed: seed)
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

    /// At 0.05 one of twenty is expected to find something.
    @Test func evenlyRandomContributionsAreSeldomHotOrCold() async throws {
        var found = 0
        for seed in 1...8 as ClosedRange<UInt64> {
            let answer = try await Self.answer(.gi, of: Self.city(seed: seed))
            let (hot, cold) = (Self.summary("hotCells", of: answer), Self.summary("coldCells", of: answer))
            if hot != 0 || cold != 0 { found += 1 }
        }
        #expect(found <= 1)
    }

    @Test func scoresAreThoseOfTheCellsWhoseMiddleLiesInTheArea() async throws {
        let answer = try await Self.answer(.gi, of: Self.city())
        let rings = try #require(answer.analysis.parameters.first { $0.name == "neighbours" }?.value)
        guard case .number(let rings) = rings else {
            Issue.record("no rings are told")
            return
        }
        let tested = answer.features.filter { Self.figure("z", of: $0) != .null }
        let cells = try tested.map { feature in
            let numbers = feature.id.split(separator: "_").compactMap { Int32($0) }
            let (q, r) = (try #require(numbers.first), try #require(numbers.last))
            return CellIndex(q: q, r: r)
        }
        let set = try CellSet(cells)
        #expect(set.count == cells.count)
        var counts = [Double](repeating: 0, count: set.count)
        for (cell, feature) in zip(cells, tested) {
            let place = try #require(set.place(of: cell))
            counts[place] = try #require(Self.figure("count", of: feature)?.double)
        }
        let grid = try CellLayout().grid(width: 500)
        let expected = try getisOrdGStar(counts, weights: set.contiguity(grid: grid, rings: Int(rings)))
        for (cell, feature) in zip(cells, tested) {
            let place = try #require(set.place(of: cell))
            let z = try #require(expected.z[place])
            let told = try #require(Self.figure("z", of: feature)?.double)
            #expect(abs(z - told) < 1e-9)
        }
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
    }

    @Test func runsThatDrawNothingSaySoWhereTheAnswerDraws() async throws {
        let city = try await Self.city()
        func rule(_ inference: HotspotQuestion.Inference) async throws -> String? {
            var question = HotspotQuestion(method: .gi)
            (question.cell, question.inference, question.permutations) = (
                1000, inference, inference == .normal ? nil : 999
            )
            let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
            return answer.analysis.parameters.first { $0.name == "sensitivity" }?.rule
        }
        let (drawn, normal) = (try await rule(.permutation), try await rule(.normal))
        #expect(drawn == "by the normal law, without draws, in each run" && normal == nil)
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
