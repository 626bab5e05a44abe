import GeoCore
import Participation
import Platform
import Storage
import Testing

/// Categories and types that are taken from a list though contributions have them.
struct EntriesInUseTests {
    private let city: TestCity

    init() async throws { city = try await TestCity() }

    private func submit(category: String, type: String? = nil) async throws -> Int64 {
        let draft = NewContribution(
            title: "Bank am Teich", text: "Hier fehlt eine Bank im Schatten.", category: category, type: type,
            geometry: .point(Position(9.912345, 53.387654)))
        return try await city.installation.submitContribution(draft, to: city.proceeding(), scope: city.anonymous)
            .contribution.id
    }

    private func categories() async throws -> [Participation.Category] {
        try await city.installation.categories(of: city.proceeding(), scope: city.staff)
    }

    private func replace(_ categories: [Participation.Category]) async throws {
        try await city.installation.replaceCategories(categories, of: city.proceeding(), scope: city.staff)
    }

    @Test func aCategoryThatContributionsHaveStaysArchived() async throws {
        let id = try await submit(category: "radverkehr")
        let before = try await categories()
        try await replace(before.filter { $0.id != "radverkehr" })
        let after = try await categories()
        #expect(after.map(\.id) == before.map(\.id))
        #expect(after.filter(\.archived).map(\.id) == ["radverkehr"])
        let stored = try await city.installation.contribution(id, of: city.proceeding(), scope: city.anonymous)
        #expect(stored.category == "radverkehr")
        await #expect(throws: PlatformError.self) { _ = try await submit(category: "radverkehr") }
    }

    @Test func aCategoryThatNothingHasGoes() async throws {
        let before = try await categories()
        try await replace(before.filter { $0.id != "radverkehr" })
        #expect(try await categories() == before.filter { $0.id != "radverkehr" })
    }

    @Test func placesOfAPrivateCategoryStayHiddenWhenItIsTakenFromTheList() async throws {
        var all = try await categories()
        for index in all.indices where all[index].id == "radverkehr" { all[index].isPrivate = true }
        try await replace(all)
        let id = try await submit(category: "radverkehr")
        let shown = try await city.installation.contribution(id, of: city.proceeding(), scope: city.anonymous).geometry
        #expect(shown != .point(Position(9.912345, 53.387654)))
        try await replace(all.filter { $0.id != "radverkehr" })
        let still = try await city.installation.contribution(id, of: city.proceeding(), scope: city.anonymous).geometry
        #expect(still == shown)
    }

    @Test func aTypeThatContributionsHaveStaysArchivedAndComesBackWhenListedAgain() async throws {
        let (idea, praise) = (ContributionType(id: "idee", name: "Idee"), ContributionType(id: "lob", name: "Lob"))
        func replace(_ types: [ContributionType]) async throws -> [ContributionType] {
            try await city.installation.replaceTypes(types, of: city.proceeding(), version: nil, scope: city.staff)
                .details.types
        }
        _ = try await replace([idea, praise])
        _ = try await submit(category: "radverkehr", type: "idee")
        var archived = idea
        archived.archived = true
        #expect(try await replace([]) == [archived])
        #expect(try await replace([idea]) == [idea])
    }
}
