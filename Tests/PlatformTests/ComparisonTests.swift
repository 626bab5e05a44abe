import Participation
import Platform
import Storage
import Testing

struct ComparisonTests {
    private func set(_ name: String, _ city: TestCity, _ category: String) async throws -> ComparedSet {
        var filter = ContributionFilter()
        filter.categories = [category]
        return ComparedSet(name: name, proceeding: try await city.proceeding(), filter: filter)
    }

    @Test func findsWhereTwoCategoriesDiffer() async throws {
        let city = try await TestCity.withContributions.value
        let comparison = try await city.installation.compare(
            set("cycling", city, "radverkehr"), with: set("play", city, "spiel"), cell: 500,
            scope: city.anonymous)
        #expect(comparison.cells.contains { $0.change > 0 } && comparison.cells.contains { $0.change < 0 })
        #expect(comparison.cells.reduce(0) { $0 + $1.first } == comparison.counts.first)
        #expect(comparison.cells.reduce(0) { $0 + $1.second } == comparison.counts.second)
        for cell in comparison.cells where cell.change != 0 { #expect((cell.q ?? 1) <= 0.05) }
    }

    @Test func aSetDoesNotDifferFromItself() async throws {
        let city = try await TestCity.withContributions.value
        let one = try await set("cycling", city, "radverkehr")
        let comparison = try await city.installation.compare(one, with: one, scope: city.anonymous)
        #expect(comparison.cells.allSatisfy { $0.change == 0 && $0.difference == 0 })
    }

    @Test func namesTheSetThatIsEmpty() async throws {
        let city = try await TestCity.withContributions.value
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.compare(
                set("cycling", city, "radverkehr"), with: set("airships", city, "luftschiffe"), scope: city.anonymous)
        }
        #expect(error?.detail.contains("airships") == true)
    }
}
