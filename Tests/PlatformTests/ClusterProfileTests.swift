import GEOSGeometry
import GeoCore
import Participation
import Storage
import Testing

@testable import Platform

/// What clusters tell of those in them.
struct ClusterProfileTests {
    private static let start: Int64 = 1_777_593_600_000

    /// Two groups of contributions of several people each: one of benches and bicycles, one of bus stops.
    private func city(_ city: TestCity) async throws -> TestCity {
        let proceeding = try await city.proceeding()
        for number in 0..<8 {
            let bench = NewContribution(
                title: "Sitzbank \(number)", text: "Hier fehlen Sitzbänke im Schatten, meine ich zum \(number). Mal.",
                category: number < 6 ? "gruen" : "radverkehr",
                geometry: .point(Position(9.90 + Double(number) * 1e-4, 53.39)))
            let stop = NewContribution(
                title: "Haltestelle \(number)",
                text: "Die Haltestelle liegt in der Sonne, meine ich zum \(number). Mal.",
                category: "gruen", geometry: .point(Position(9.93 + Double(number) * 1e-4, 53.39)))
            for draft in [bench, stop] {
                _ = try await city.installation.submitContribution(
                    draft, to: proceeding, scope: city.participant("person-\(min(number, 6))"))
            }
        }
        return city
    }

    private func clusters(
        _ city: TestCity, _ scope: Scope, _ change: (inout HotspotQuestion) -> Void = { _ in }
    ) async throws -> [[String: JSONValue]] {
        var question = HotspotQuestion(method: .dbscan)
        (question.reach, question.minPoints, question.namesMembers) = (100, 3, true)
        change(&question)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: scope)
        return answer.features.map { feature in
            Dictionary(uniqueKeysWithValues: feature.properties.map { ($0.name, $0.value) })
        }
    }

    @Test func clustersTellCategoriesPeopleTheirMiddleAndTheirWords() async throws {
        let city = try await city(TestCity())
        let found = try await clusters(city, city.anonymous)
        try #require(found.count == 2)
        #expect(
            found[0]["categories"]
                == .object([.init("gruen", .integer(6)), .init("radverkehr", .integer(2))]))
        #expect(try await clusters(city, city.staff).first?["contributors"] == .integer(7))
        // Eight in a row: the fourth is as near to all others as the fifth, and came first.
        let middle = try #require(found[0]["medoidLongitude"]?.double)
        #expect(abs(middle - 9.9003) < 1e-9 || abs(middle - 9.9004) < 1e-9)
        #expect(found[0]["medoidLatitude"] == .number(53.39))
        guard case .array(let words)? = found[0]["terms"], case .array(let members)? = found[0]["members"] else {
            Issue.record("terms and members are not told")
            return
        }
        #expect(words.contains(.string("sitzbank")) && words.contains(.string("schatten")))
        #expect(!words.contains(.string("haltestelle")))
        #expect(members.count == 8 && members.contains(found[0]["medoid"] ?? .null))
    }

    @Test func termsAndMembersAreLeftOutWhereNobodyWantsThem() async throws {
        let city = try await city(TestCity())
        let found = try await clusters(city, city.anonymous) { ($0.terms, $0.namesMembers) = (false, false) }
        #expect(found.allSatisfy { $0["terms"] == nil && $0["members"] == nil && $0["medoid"] != nil })
    }

    @Test func termsOfMoreContributionsThanCanBeReadAreRefused() throws {
        try HotspotComputation.requireTerms(of: 100_000)
        let error = #expect(throws: PlatformError.self) { try HotspotComputation.requireTerms(of: 100_001) }
        #expect(error?.code == .invalidInput)
        for word in ["100000", "100001", "terms=false"] { #expect(error?.description.contains(word) ?? false) }
    }

    @Test func numbersOfPeopleAreForThoseWhoMayKnow() async throws {
        let city = try await TestCity()
        for number in 0..<6 {
            let draft = NewContribution(
                title: "Bank \(number)", text: "Hier fehlt eine Bank, sage ich zum \(number). Mal.", category: "gruen",
                geometry: .point(Position(9.90 + Double(number) * 1e-4, 53.39)))
            _ = try await city.installation.submitContribution(
                draft, to: city.proceeding(), scope: city.participant("person-\(number % 2)"))
        }
        #expect(try await clusters(city, city.staff).map { $0["contributors"] } == [.integer(2)])
        #expect(try await clusters(city, city.anonymous).map { $0["contributors"] } == [.null])
    }

    @Test func filtersDoNotTellThePublicWhichContributionsAreOfOnePerson() async throws {
        let city = try await TestCity()
        var numbers: [Int64] = []
        for number in 0..<7 {
            let draft = NewContribution(
                title: "Bank \(number)", text: "Hier fehlt eine Bank, sage ich zum \(number). Mal.", category: "gruen",
                geometry: .point(Position(9.90 + Double(number) * 1e-4, 53.39)))
            let made = try await city.installation.submitContribution(
                draft, to: city.proceeding(), scope: city.participant("person-\(min(number, 5))"))
            numbers.append(made.contribution.id)
        }
        // Five of five people beside the last two, which are of a sixth.
        for rest in [[5], [6], [5, 6]] {
            var filter = ContributionFilter()
            filter.selection = Array(numbers[..<5]) + rest.map { numbers[$0] }
            var question = HotspotQuestion(method: .dbscan)
            (question.reach, question.minPoints, question.terms) = (100, 3, true)
            let answer = try await city.installation.findHotspots(
                question, of: city.proceeding(), filter: filter, scope: city.anonymous)
            let figures = try #require(answer.features.first).properties
            #expect(figures.first { $0.name == "count" }?.value == .integer(Int64(5 + rest.count)))
            #expect(figures.first { $0.name == "contributors" }?.value == .null)
        }
    }

    @Test func termsTellWhatContributionsUseWhoeverWroteThem() async throws {
        func terms(people: Int) async throws -> [JSONValue?] {
            let city = try await TestCity()
            for (longitude, word) in [(9.90, "Sitzbank"), (9.93, "Haltestelle")] {
                for number in 0..<6 {
                    let draft = NewContribution(
                        title: "\(word) \(number)", text: "Die \(word) fehlt hier, sage ich zum \(number). Mal.",
                        category: "gruen",
                        geometry: .point(Position(longitude + Double(number) * 1e-4, 53.39)))
                    _ = try await city.installation.submitContribution(
                        draft, to: city.proceeding(), scope: city.participant("person-\(number % people)"))
                }
            }
            return try await clusters(city, city.anonymous).map { $0["terms"] }
        }
        let ofMany = try await terms(people: 6)
        #expect(ofMany.count == 2 && !ofMany.contains(.array([])))
        #expect(try await terms(people: 2) == ofMany)
    }

    @Test func privateCategoriesHideTheirFewTheirMiddleAndTheirMembers() async throws {
        var planted = PlantedContributions()
        for index in 0..<16 {
            planted.add(
                9.9 + Double(index) * 1e-4, 53.39, at: Self.start + Int64(index),
                category: index < 6 ? "Radverkehr" : index < 13 ? "Sonstiges" : "Grün")
        }
        let city = try await planted.privateCity()
        let told = try #require(try await clusters(city, city.staff).first)
        let shown = try #require(try await clusters(city, city.anonymous).first)
        func categories(_ figures: [String: JSONValue]) -> [JSONValue] {
            guard case .object(let members)? = figures["categories"] else { return [] }
            return members.map(\.value)
        }
        #expect(categories(told) == [.integer(7), .integer(6), .integer(3)])
        // Three of the third category, and with them the next of those that everybody can count.
        #expect(categories(shown) == [.integer(6)])
        #expect(told["medoid"] != .null && shown["medoid"] == .null)
        #expect(told["members"] != .null && shown["members"] == .null)
        #expect(shown["medoidLongitude"] != told["medoidLongitude"])
        let distance = try #require(shown["medoidLongitude"]?.double) - (told["medoidLongitude"]?.double ?? 0)
        #expect(abs(distance) < 100 / 66_000.0)
    }

    @Test func aRowOfContributionsHasAHullThatIsValid() async throws {
        var planted = PlantedContributions()
        for index in 0..<60 {
            planted.add(
                9.89 + Double(index) * 0.0005, 53.38 + Double(index) * 0.0003, at: 1_777_593_600_000 + Int64(index))
        }
        let city = try await planted.city()
        var question = HotspotQuestion(method: .dbscan)
        (question.reach, question.minPoints) = (150, 3)
        let answer = try await city.installation.findHotspots(question, of: city.proceeding(), scope: city.anonymous)
        let document = try JSONValue.parse(answer.geoJSON(), limits: .importing)
        let shape = try #require(document["features"]?.array?.first?["geometry"])
        let geometry = try GeoJSONGeometry.parse(shape)
        #expect(try geometry.validity() == .valid)
    }
}
