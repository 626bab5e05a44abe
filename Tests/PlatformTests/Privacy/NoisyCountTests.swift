import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Counts with noise, which is secret and the same for the same question on the same data.
struct NoisyCountTests {
    private static func question(_ epsilon: Double, cell: Double = 600) -> HotspotQuestion {
        var question = HotspotQuestion(method: .grid)
        (question.cell, question.epsilon) = (cell, epsilon)
        return question
    }

    private func counts(
        _ question: HotspotQuestion, _ city: TestCity, filter: ContributionFilter = ContributionFilter()
    ) async throws -> [Int] {
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: city.anonymous)
        return answer.features.compactMap { feature in
            feature.properties.first { $0.name == "noisyCount" }?.value.double.flatMap { Int(exactly: $0) }
        }
    }

    @Test func theSameQuestionHasTheSameNoiseAndEveryOtherHasItsOwn() async throws {
        let city = try await PatternTests.grouped().city()
        let first = try await counts(Self.question(1), city)
        #expect(first.count > 10)
        #expect(try await counts(Self.question(1), city) == first)
        // Another filter, which lets the same through: equal noise would tell that it leaves nobody out.
        var filter = ContributionFilter()
        filter.categories = ["sonstiges", "radverkehr"]
        let filtered = try await counts(Self.question(1), city, filter: filter)
        #expect(filtered.count == first.count && filtered != first)
        filter.categories.reverse()
        #expect(try await counts(Self.question(1), city, filter: filter) == filtered)
        // The same contributions in another version of the data.
        _ = try await city.installation.engine.writeAlone {
            try $0.execute("UPDATE proceeding SET data_version = data_version + 1")
        }
        #expect(try await counts(Self.question(1), city) != first)
        // Another tenant has another key, and so has the same contributions with other noise.
        let other = try await PatternTests.grouped().city()
        #expect(try await counts(Self.question(1), other) != first)
    }

    @Test func emptyCellsHaveNoiseAndNothingIsToldWithoutIt() async throws {
        let city = try await PatternTests.grouped().city()
        let answer = try await city.installation.findHotspots(
            Self.question(0.5), of: city.proceeding(), scope: city.anonymous)
        let noisy = try await counts(Self.question(0.5), city)
        #expect(noisy.contains { $0 < 0 })
        #expect(answer.analysis.used == max(0, noisy.reduce(0, +)) && answer.analysis.leftOut.isEmpty)
        #expect(answer.features.allSatisfy { feature in !feature.properties.contains { $0.name == "count" } })
        #expect(answer.analysis.parameters.first { $0.name == "epsilon" }?.value == .number(0.5))
        #expect(!answer.analysis.summary.contains { ["occupiedCells", "maximum"].contains($0.name) })
    }

    @Test func hotSpotsOfNoisyCountsKnowOfTheirNoise() async throws {
        let city = try await PatternTests.grouped().city()
        try await city.setPrivacyBudget(100)
        func find(_ epsilon: Double) async throws -> HotspotAnswer {
            var question = HotspotQuestion(method: .gi)
            (question.cell, question.neighbours, question.epsilon) = (600, 1, epsilon)
            return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        }
        let (little, much) = (try await find(10), try await find(0.05))
        let variances = [little, much].map { answer -> Double in
            guard
                case .number(let value)? = answer.analysis.parameters.first(where: { $0.name == "noiseVariance" })?
                    .value
            else { return -1 }
            return value
        }
        // a = exp(−epsilon / 3).
        #expect(variances[0] > 0 && variances[0] < 0.1 && variances[1] > 7000)
        func hot(_ answer: HotspotAnswer) -> Double? {
            guard case .number(let value)? = answer.analysis.summary.first(where: { $0.name == "hotCells" })?.value
            else { return nil }
            return value
        }
        #expect(try #require(hot(little)) > 0)
        #expect(try #require(hot(much)) == 0)
        // The true counts are told nowhere.
        #expect(little.features.allSatisfy { feature in !feature.properties.contains { $0.name == "count" } })
    }

    @Test func littleNoiseLeavesTheCounts() async throws {
        let city = try await PatternTests.grouped().city()
        try await city.setPrivacyBudget(20)
        var question = Self.question(10)
        question.clip = 1
        let noisy = try await counts(question, city)
        var plain = HotspotQuestion(method: .grid)
        (plain.cell, plain.apportion) = (600, .point)
        let answer = try await city.installation.findHotspots(plain, of: city.proceeding(), scope: city.anonymous)
        let exact = answer.features.compactMap { $0.value }
        // A deviation of a hundredth: hardly a cell differs.
        #expect(abs(noisy.reduce(0, +) - Int(exact.reduce(0, +))) <= 3)
        #expect(noisy.count { $0 != 0 } - exact.count <= 3)
    }
}
