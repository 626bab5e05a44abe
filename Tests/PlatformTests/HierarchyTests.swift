import Platform
import Storage
import Testing

/// What is asked of clusters of different densities.
struct HierarchyTests {
    private func clusters(_ city: TestCity, _ change: (inout HotspotQuestion) -> Void) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: .hdbscan)
        change(&question)
        return try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
    }

    @Test func leavesAreAtLeastAsManyAsStableClusters() async throws {
        let city = try await TestCity.withContributions.value
        let stable = try await clusters(city) { _ in }
        let leaves = try await clusters(city) { $0.selection = .leaf }
        #expect(leaves.features.count >= stable.features.count)
        #expect(leaves.analysis.parameters.first { $0.name == "selection" }?.value == .text("leaf"))
    }

    @Test func oneGroupIsAClusterOnlyWhereThatIsAllowed() async throws {
        var planted = PlantedContributions(seed: 8)
        planted.spread(60, around: 9.9, 53.39, width: 0.002, from: 1_777_593_600_000, days: 1)
        let city = try await planted.city()
        let one = try await clusters(city) {
            $0.mayBeOne = true
            $0.minPoints = 30
            $0.minSamples = 5
        }
        #expect(one.features.count == 1)
        #expect(one.analysis.parameters.first { $0.name == "minSamples" }?.value == .number(5))
        let none = try await clusters(city) { $0.minPoints = 31 }
        #expect(none.features.isEmpty)
        #expect(none.analysis.cautions.first { $0.kind == .oneCluster }?.english.contains("single=true") == true)
        #expect(!one.analysis.cautions.contains { $0.kind == .oneCluster })
    }
}
