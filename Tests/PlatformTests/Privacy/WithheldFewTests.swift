import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What the public is told of few contributions where some of them are private.
struct WithheldFewTests {
    /// Twelve in one cell, six in another, two in a third.
    private func city() async throws -> TestCity {
        var planted = PlantedContributions()
        for (count, place) in [(12, (9.88, 53.39)), (6, (9.90, 53.39)), (2, (9.92, 53.39))] {
            for index in 0..<count {
                planted.add(
                    place.0 + Double(index) * 1e-5, place.1, at: 1_777_593_600_000 + Int64(index),
                    category: "Radverkehr")
            }
        }
        return try await planted.privateCity()
    }

    /// The counts of the shapes that are told.
    private func counts(_ answer: HotspotAnswer) -> [Double] {
        answer.features.map { feature in feature.properties.first { $0.name == "count" }?.value.double ?? 0 }
    }

    @Test func cellsWithFewAndOneMoreAreWithheldFromThePublic() async throws {
        let city = try await city()
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        let told = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(counts(told).sorted() == [2, 6, 12])
        let shown = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        // Six would give two away by the total, and a cell that is there only because somebody wrote there tells where.
        #expect(counts(shown) == [12])
        #expect(shown.analysis.warnings.contains { $0.contains("withheld") })
        #expect(!String(decoding: try shown.csv(), as: UTF8.self).contains(",2,"))
        // Again from what is kept, and the other way round.
        let again = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(counts(again) == counts(told))
    }

    /// Beside twelve private ones: five of one person, five of five people, and four of four.
    private func cityOfPeople() async throws -> TestCity {
        var planted = PlantedContributions()
        for (count, place, category) in [(12, 9.88, "Radverkehr"), (4, 9.94, "Sonstiges")] {
            for index in 0..<count {
                planted.add(
                    place + Double(index) * 1e-5, 53.39, at: 1_777_593_600_000 + Int64(index), category: category)
            }
        }
        let city = try await planted.privateCity()
        for (place, people) in [(9.90, 1), (9.92, 5)] {
            for number in 0..<5 {
                let draft = NewContribution(
                    title: "Bank Nummer \(number)", text: "Hier fehlt eine Bank, sage ich zum \(number). Mal.",
                    category: "gruen", geometry: .point(Position(place + Double(number) * 1e-5, 53.39)))
                _ = try await city.installation.submitContribution(
                    draft, to: city.proceeding(), scope: city.participant("p\(people)-\(number % people)"))
            }
        }
        return city
    }

    @Test func fiveContributionsOfOnePersonAreWithheldAndThoseOfFivePeopleShown() async throws {
        let city = try await cityOfPeople()
        var question = HotspotQuestion(method: .grid)
        question.cell = 500
        let told = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(counts(told).sorted() == [4, 5, 5, 12])
        let shown = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(counts(shown).sorted() == [5, 12])
        question = HotspotQuestion(method: .dbscan)
        question.reach = 300
        question.minPoints = 2
        let hulls = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(counts(hulls).sorted() == [5, 12])
    }

    /// The counts of four areas around these, `nil` where they are withheld.
    private func areaCounts(_ city: TestCity, _ scopes: [Scope]) async throws -> [[Int?]] {
        let units = [9.88, 9.90, 9.92, 9.94].enumerated().map { number, place in
            """
            {"type":"Feature","properties":{"name":"Teil \(number)"},"geometry":{"type":"Polygon","coordinates":[[
            [\(place - 0.008),53.37],[\(place + 0.008),53.37],[\(place + 0.008),53.41],[\(place - 0.008),53.41],
            [\(place - 0.008),53.37]]]}}
            """
        }
        let file = try city.file(
            "teile.geojson", #"{"type":"FeatureCollection","features":["# + units.joined(separator: ",") + "]}")
        _ = try await city.importLayer(file, id: "teile")
        func told(_ scope: Scope) async throws -> [Int?] {
            try await city.installation.areaStatistics(
                layer: "teile", of: city.proceeding(), options: AreaOptions(focus: "gruen"), scope: scope
            ).units.map { $0.isSuppressed ? nil : $0.count }
        }
        var counts: [[Int?]] = []
        for scope in scopes { counts.append(try await told(scope)) }
        return counts
    }

    @Test func areasTellOfPeopleAndNotOfContributions() async throws {
        let city = try await cityOfPeople()
        let counts = try await areaCounts(city, [city.staff, city.anonymous])
        #expect(counts == [[12, 5, 5, 4], [12, nil, 5, nil]])
    }

    @Test func aProceedingMayWithholdAreasOfFewThoughEveryContributionIsPublic() async throws {
        let city = try await cityOfPeople()
        var categories = try await city.installation.categories(of: city.proceeding(), scope: city.staff)
        for index in categories.indices { categories[index].isPrivate = false }
        try await city.installation.replaceCategories(categories, of: city.proceeding(), scope: city.staff)
        #expect(try await areaCounts(city, [city.anonymous]) == [[12, 5, 5, 4]])
        _ = try await city.installation.change(
            city.proceeding(),
            patch: .object([.init("settings", .object([.init("withholdsSmallAreas", .bool(true))]))]),
            version: nil, scope: city.staff)
        let counts = try await areaCounts(city, [city.staff, city.anonymous])
        #expect(counts == [[12, 5, 5, 4], [12, nil, 5, nil]])
    }

    @Test func sharesThatTellOfFewAreWithheldFromThePublic() async throws {
        var planted = PlantedContributions()
        for (place, few, many) in [((9.88, 53.39), 10, 8), ((9.92, 53.39), 2, 9)] {
            for index in 0..<(few + many) {
                planted.add(
                    place.0 + Double(index) * 1e-6, place.1, at: 1_777_593_600_000 + Int64(index),
                    category: index < few ? "Radverkehr" : "Sonstiges")
            }
        }
        let city = try await planted.privateCity()
        var question = HotspotQuestion(method: .locationQuotient)
        question.cell = 500
        let told = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        #expect(counts(told).sorted() == [11, 18])
        // Nine of eleven tell that two are of the private category.
        let shown = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(shown.features.isEmpty)
    }

    @Test func littleNoiseDoesNotTellThePublicOfFew() async throws {
        let city = try await city()
        try await city.setPrivacyBudget(100)
        func told(_ epsilon: Double?, _ name: String, _ scope: Scope) async throws -> [String: JSONValue] {
            var question = HotspotQuestion(method: .grid)
            (question.cell, question.epsilon, question.apportion) = (500, epsilon, .point)
            let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
            return Dictionary(
                uniqueKeysWithValues: answer.features.map { feature in
                    (feature.id, feature.properties.first { $0.name == name }?.value ?? .null)
                })
        }
        let few = try #require(try await told(nil, "count", city.staff).first { $0.value == .integer(2) }?.key)
        #expect(try await told(10, "noisyCount", city.anonymous)[few] == .null)
        #expect(try await told(10, "noisyCount", city.staff)[few]?.double != nil)
    }

    @Test func hullsAroundFewAreNotDrawnForThePublic() async throws {
        let city = try await city()
        var question = HotspotQuestion(method: .dbscan)
        question.reach = 300
        question.minPoints = 2
        let told = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.staff)
        let shown = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(told.features.count == 3)
        #expect(shown.features.count == 2)
        question = HotspotQuestion(method: .optics)
        question.reach = 300
        question.minPoints = 2
        let order = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(order.series.isEmpty)
        // An order without a single cluster tells of every contribution too.
        question.minPoints = 13
        let loose = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        #expect(loose.features.isEmpty && loose.series.isEmpty)
    }
}
