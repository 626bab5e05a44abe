import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What analysts are told, who count contributions that are not published and may read none of them.
struct UnreadableRowTests {
    /// Seven contributions in a row, of which the middle one is hidden.
    private func city() async throws -> (city: TestCity, numbers: [Int64], hidden: Int64, analyst: Scope) {
        let city = try await TestCity()
        var numbers: [Int64] = []
        for number in 0..<7 {
            let draft = NewContribution(
                title: "Bank \(number)", text: "Hier fehlt eine Bank, sage ich zum \(number). Mal.",
                category: number.isMultiple(of: 2) ? "radverkehr" : "gruen",
                geometry: .point(Position(9.90 + Double(number) * 1e-4, 53.39)))
            let made = try await city.installation.submitContribution(
                draft, to: city.proceeding(), scope: city.participant("person-\(number)"))
            numbers.append(made.contribution.id)
        }
        _ = try await city.installation.moderate(
            [ModerationTarget(numbers[3])], ModerationDecision(.hide, reason: .offTopic), of: city.proceeding(),
            scope: city.staff)
        let analyst = Viewer(account: "stadt:anna", grants: [Grant(.analyst)])
        return (city, numbers, numbers[3], Scope(tenant: city.staff.tenant, viewer: analyst))
    }

    private func answer(
        _ method: HotspotQuestion.Method, _ city: TestCity, _ scope: Scope
    ) async throws -> HotspotAnswer {
        var question = HotspotQuestion(method: method)
        if method == .colocationLocal {
            (question.focus, question.against) = ("gruen", "radverkehr")
        } else {
            (question.reach, question.minPoints, question.namesMembers) = (100, 3, true)
        }
        return try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
    }

    @Test(arguments: [HotspotQuestion.Method.dbscan, .optics])
    func clustersCountThemAndNameNone(_ method: HotspotQuestion.Method) async throws {
        let (city, numbers, hidden, analyst) = try await self.city()
        func figures(_ scope: Scope) async throws -> [String: JSONValue] {
            let feature = try #require(try await answer(method, city, scope).features.first)
            return Dictionary(uniqueKeysWithValues: feature.properties.map { ($0.name, $0.value) })
        }
        let told = try await figures(city.staff)
        let shown = try await figures(analyst)
        #expect(told["count"] == .integer(7) && shown["count"] == .integer(7))
        // The middle of seven in a row.
        #expect(told["medoid"] == .integer(hidden))
        #expect(["medoid", "medoidLongitude", "medoidLatitude"].allSatisfy { shown[$0] == .null })
        guard case .array(let members)? = shown["members"] else {
            Issue.record("members are not told")
            return
        }
        #expect(members.count == 6 && !members.contains(.integer(hidden)))
        #expect(members.allSatisfy { member in numbers.contains { member == .integer($0) } })
    }

    @Test func ordersAndNeighboursLeaveThemOut() async throws {
        let (city, _, hidden, analyst) = try await self.city()
        func order(_ scope: Scope) async throws -> [JSONValue] {
            let series = try await answer(.optics, city, scope).series
            #expect(Set(series.map(\.values.count)).count == 1)
            return series.first { $0.name == "contribution" }?.values ?? []
        }
        #expect(try await order(city.staff).count == 7)
        let shown = try await order(analyst)
        #expect(shown.count == 6 && !shown.contains(.integer(hidden)))
        func neighbours(_ scope: Scope) async throws -> [JSONValue?] {
            try await answer(.colocationLocal, city, scope).features.map { feature in
                feature.properties.first { $0.name == "contribution" }?.value
            }
        }
        #expect(try await neighbours(city.staff).contains(.integer(hidden)))
        let about = try await neighbours(analyst)
        #expect(about.count == 2 && !about.contains(.integer(hidden)))
    }

    @Test func rankingsCountThemAndNameNone() async throws {
        let (city, numbers, hidden, analyst) = try await self.city()
        let square = """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon",\
            "coordinates":[[[9.89,53.38],[9.91,53.38],[9.91,53.40],[9.89,53.40],[9.89,53.38]]]}}]}
            """
        _ = try await city.importLayer(city.file("square.geojson", square), id: "square")
        func ranked(_ scope: Scope) async throws -> FeatureRanking {
            try await city.installation.rankFeatures(layer: "square", of: city.proceeding(), scope: scope)
        }
        #expect(try await ranked(city.staff).features.first?.readable == numbers)
        let shown = try await ranked(analyst)
        #expect(shown.features.first?.contributions.count == 7)
        #expect(shown.features.first?.readable == numbers.filter { $0 != hidden })
        #expect(!String(decoding: shown.geoJSON, as: UTF8.self).contains("\"\(hidden)\""))
    }
}
