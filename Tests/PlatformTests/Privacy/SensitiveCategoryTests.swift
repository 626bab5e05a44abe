import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What the public is told of contributions of a sensitive category: nothing that rests on fewer than ten people.
struct SensitiveCategoryTests {
    /// So many contributions of the private category at each of some places, far from each other.
    private func city(_ counts: [Int], isSensitive: Bool) async throws -> TestCity {
        var planted = PlantedContributions()
        for (place, count) in counts.enumerated() {
            for index in 0..<count {
                planted.add(
                    9.88 + 0.02 * Double(place) + Double(index) * 1e-5, 53.39, at: 1_777_593_600_000 + Int64(index),
                    category: "Radverkehr")
            }
        }
        return try await planted.privateCity(isSensitive: isSensitive)
    }

    private func answer(_ question: HotspotQuestion, _ city: TestCity, _ scope: Scope) async throws -> HotspotAnswer {
        try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
    }

    private func counts(_ answer: HotspotAnswer) -> [Double] {
        answer.features.compactMap { feature in feature.properties.first { $0.name == "count" }?.value.double }
    }

    private func number(_ name: String, _ answer: HotspotAnswer) -> Double? {
        guard case .number(let value)? = answer.analysis.parameters.first(where: { $0.name == name })?.value else {
            return nil
        }
        return value
    }

    @Test func cellsWithFewerThanTenPeopleAreWithheld() async throws {
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        let usual = try await city([14, 12, 7], isSensitive: false)
        #expect(try await counts(answer(question, usual, usual.anonymous)).sorted() == [7, 12, 14])
        let sensitive = try await city([14, 12, 7], isSensitive: true)
        // The seven, and the next ones so that the total does not give them away.
        let shown = try await answer(question, sensitive, sensitive.anonymous)
        #expect(counts(shown) == [14])
        #expect(number("leastPeople", shown) == 5 && number("leastPeopleSensitive", shown) == 10)
        let told = try await answer(question, sensitive, sensitive.staff)
        #expect(counts(told).sorted() == [7, 12, 14] && number("leastPeople", told) == nil)
    }

    @Test func hullsAroundFewerThanTenPeopleAreLeftOut() async throws {
        var question = HotspotQuestion(method: .dbscan)
        (question.reach, question.minPoints) = (100, 5)
        let sensitive = try await city([14, 12, 7], isSensitive: true)
        #expect(try await answer(question, sensitive, sensitive.staff).features.count == 3)
        #expect(try await answer(question, sensitive, sensitive.anonymous).features.count == 2)
    }

    @Test func anAnswerOnFewerThanTenPeopleTellsNothing() async throws {
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        let usual = try await city([8], isSensitive: false)
        #expect(try await counts(answer(question, usual, usual.anonymous)) == [8])
        let sensitive = try await city([8], isSensitive: true)
        #expect(try await answer(question, sensitive, sensitive.anonymous).features.isEmpty)
    }

    @Test func onlyAPrivateCategoryCanBeSensitive() async throws {
        let city = try await city([5], isSensitive: true)
        let proceeding = try await city.proceeding()
        var categories = try await city.installation.categories(of: proceeding, scope: city.staff)
        #expect(categories.filter(\.isSensitive).map(\.id) == ["radverkehr"])
        for index in categories.indices { categories[index].isPrivate = false }
        await #expect(throws: PlatformError.self) {
            try await city.installation.replaceCategories(categories, of: proceeding, scope: city.staff)
        }
    }
}
