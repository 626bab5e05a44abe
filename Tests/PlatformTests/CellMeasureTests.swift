import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What cells and area units tell beside their count.
struct CellMeasureTests {
    private static let start: Int64 = 1_777_593_600_000

    private func figures(
        _ city: TestCity, _ scope: Scope, _ method: HotspotQuestion.Method = .grid,
        filter: ContributionFilter = ContributionFilter()
    ) async throws -> [[String: JSONValue]] {
        var question = HotspotQuestion(method: method)
        (question.cell, question.hasMeasures, question.division) = (500, true, .category)
        if method == .gi { question.sensitivity = false }
        let answer = try await city.installation.findHotspots(
            question, of: city.proceeding(), filter: filter, scope: scope)
        return answer.features.map { feature in
            Dictionary(uniqueKeysWithValues: feature.properties.map { ($0.name, $0.value) })
        }
    }

    /// The numbers of a mix by category.
    private func mix(_ value: JSONValue?) -> [String: Int64] {
        guard case .object(let members)? = value else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: members.compactMap { member in
                if case .integer(let number) = member.value { (member.name, number) } else { nil }
            })
    }

    @Test(arguments: [HotspotQuestion.Method.grid, .gi])
    func measuresStandSideBySideAndAddUp(_ method: HotspotQuestion.Method) async throws {
        var planted = PlantedContributions()
        for index in 0..<40 {
            planted.add(
                9.86 + Double(index % 8) * 0.004, 53.39, at: Self.start + Int64(index),
                category: index < 12 ? "Radverkehr" : "Sonstiges", votes: index)
        }
        let city = try await planted.city()
        let cells = try await figures(city, city.anonymous, method)
        func sum(_ name: String) -> Double { cells.reduce(0) { $0 + ($1[name]?.double ?? 0) } }
        #expect(sum("count") == 40)
        #expect(sum("votesUp") == Double((0..<40).reduce(0, +)))
        #expect(sum("votesDown") == 0 && sum("comments") == 0)
        #expect(cells.reduce(0) { $0 + (mix($1["categories"])["radverkehr"] ?? 0) } == 12)
        for cell in cells {
            #expect(mix(cell["categories"]).values.reduce(0, +) == Int64(cell["count"]?.double ?? -1))
            // Nobody is known of who wrote what was imported.
            #expect(cell["contributors"] == (cell["count"] == .integer(0) ? .integer(0) : .null))
        }
    }

    @Test func oneWhoWroteOftenIsOneForThoseWhoMayKnow() async throws {
        let city = try await TestCity()
        for (place, people) in [(9.90, 2), (9.92, 6)] {
            for number in 0..<6 {
                let draft = NewContribution(
                    title: "Bank Nummer \(number)", text: "Hier fehlt eine Bank, sage ich zum \(number). Mal.",
                    category: "gruen", geometry: .point(Position(place + Double(number) * 1e-5, 53.39)))
                _ = try await city.installation.submitContribution(
                    draft, to: city.proceeding(), scope: city.participant("p\(people)-\(number % people)"))
            }
        }
        func contributors(_ scope: Scope) async throws -> [JSONValue?] {
            try await figures(city, scope).sorted {
                ($0["contributors"]?.double ?? 0) < ($1["contributors"]?.double ?? 0)
            }
            .map { $0["contributors"] }
        }
        #expect(try await contributors(city.staff) == [.integer(2), .integer(6)])
        #expect(try await contributors(city.anonymous) == [.null, .null])
    }

    /// Two cells with seven private contributions and nine others each; in one there are three of a third category.
    private func privateCity() async throws -> TestCity {
        var planted = PlantedContributions()
        for (place, third) in [(9.88, 3), (9.92, 0)] {
            for index in 0..<(16 + third) {
                planted.add(
                    place + Double(index) * 1e-6, 53.39, at: Self.start + Int64(index),
                    category: index < 7 ? "Radverkehr" : index < 16 ? "Sonstiges" : "Grün und Erholung")
            }
        }
        return try await planted.privateCity()
    }

    @Test func categoriesOfFewAreWithheldFromThePublic() async throws {
        let city = try await privateCity()
        let told = try await figures(city, city.staff).map { mix($0["categories"]) }
        #expect(Set(told) == [["radverkehr": 7, "sonstiges": 9, "gruen": 3], ["radverkehr": 7, "sonstiges": 9]])
        let shown = try await figures(city, city.anonymous).map { mix($0["categories"]) }
        // Nine would tell of the three, beside the count of the cell.
        #expect(Set(shown) == [["radverkehr": 7], ["radverkehr": 7, "sonstiges": 9]])
    }

    @Test func severalPrivateCategoriesAreToldAllOrNone() async throws {
        let city = try await privateCity()
        var categories = try await city.installation.categories(of: city.proceeding(), scope: city.staff)
        for index in categories.indices where categories[index].id == "gruen" { categories[index].isPrivate = true }
        try await city.installation.replaceCategories(categories, of: city.proceeding(), scope: city.staff)
        let shown = try await figures(city, city.anonymous).map { mix($0["categories"]) }
        #expect(shown == [["sonstiges": 9], ["sonstiges": 9]])
    }

    @Test func areaUnitsTellTheirCategories() async throws {
        let city = try await privateCity()
        let units = [9.88, 9.92].enumerated().map { number, place in
            """
            {"type":"Feature","properties":{"name":"Teil \(number)"},"geometry":{"type":"Polygon","coordinates":[[
            [\(place - 0.008),53.37],[\(place + 0.008),53.37],[\(place + 0.008),53.41],[\(place - 0.008),53.41],
            [\(place - 0.008),53.37]]]}}
            """
        }
        let file = try city.file(
            "teile.geojson", #"{"type":"FeatureCollection","features":["# + units.joined(separator: ",") + "]}")
        _ = try await city.importLayer(file, id: "teile")
        func told(_ scope: Scope, _ filter: ContributionFilter = ContributionFilter()) async throws
            -> [[String: Int64]]
        {
            try await city.installation.areaStatistics(
                layer: "teile", of: city.proceeding(), filter: filter, scope: scope
            ).units.map { mix($0.categories) }
        }
        let all = [["radverkehr": Int64(7), "sonstiges": 9, "gruen": 3], ["radverkehr": 7, "sonstiges": 9]]
        #expect(try await told(city.staff) == all)
        #expect(try await told(city.anonymous) == [["radverkehr": 7], ["radverkehr": 7, "sonstiges": 9]])
        // What a filter leaves out could be taken off the whole.
        var filter = ContributionFilter()
        filter.from = Self.start
        #expect(try await told(city.anonymous, filter) == [[:], ["sonstiges": 9]])
    }
}
