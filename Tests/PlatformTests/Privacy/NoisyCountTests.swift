import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Counts with noise, which is secret and the same for the same contributions.
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

    @Test func theSameContributionsHaveTheSameNoiseHoweverTheyAreAskedFor() async throws {
        let city = try await PatternTests.grouped().city()
        let first = try await counts(Self.question(1), city)
        #expect(first.count > 10)
        #expect(try await counts(Self.question(1), city) == first)
        // Another filter, which lets the same through.
        var filter = ContributionFilter()
        filter.categories = ["sonstiges", "radverkehr"]
        #expect(try await counts(Self.question(1), city, filter: filter) == first)
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

    @Test func littleNoiseLeavesTheCounts() async throws {
        let city = try await PatternTests.grouped().city()
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
