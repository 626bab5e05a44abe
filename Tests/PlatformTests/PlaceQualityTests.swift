import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// How good places are, when a proceeding has no area yet or gets another one.
struct PlaceQualityTests {
    private static func counts(_ city: TestCity) async throws -> [String: Int] {
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        return Dictionary(uniqueKeysWithValues: statistics.quality.map { ($0.name, $0.count) })
    }

    private static func setArea(_ area: JSONValue, of city: TestCity) async throws {
        _ = try await city.installation.change(
            city.proceeding(), patch: .object([.init("area", area)]), version: nil, scope: city.staff)
    }

    @Test func placesAreJudgedAnewWhenTheAreaChanges() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let before = try await Self.counts(city)
        let document = try await ProceedingDocument.value(of: city.proceeding())
        let area = try #require(document["area"])
        try await Self.setArea(.null, of: city)
        let without = try await Self.counts(city)
        #expect(without["outsideArea"] ?? 0 == 0 && without["unlocated"] == before["unlocated"])
        #expect(without["inside"] ?? 0 > before["inside"] ?? 0)
        try await Self.setArea(area, of: city)
        #expect(try await Self.counts(city) == before)
        var filter = ContributionFilter()
        filter.insideArea = false
        let outside = try await city.installation.contributions(
            of: city.proceeding(), filter: filter, limit: 100, after: nil, scope: city.staff)
        #expect(
            outside.items.count == (before["outsideArea"] ?? 0) + (before["nearby"] ?? 0) + (before["suspect"] ?? 0))
    }

    @Test func whoHarvestsHearsOfPlacesThatAreJudgedAnew() async throws {
        let clock = TestClock()
        let city = try await TestCity(now: { clock.now })
        let draft = NewContribution(
            title: "Bank am Teich", text: "Hier fehlt eine Bank.", category: "radverkehr",
            geometry: .point(Position(9.912345, 53.387654)))
        let id = try await city.installation.submitContribution(draft, to: city.proceeding(), scope: city.anonymous)
            .contribution.id
        clock.advance(seconds: 60)
        let elsewhere = try JSONValue.parse(
            Array(#"{"type": "Polygon", "coordinates": [[[8, 50], [8.1, 50], [8.1, 50.1], [8, 50.1], [8, 50]]]}"#.utf8))
        try await Self.setArea(elsewhere, of: city)
        let now = try await city.installation.contribution(id, of: city.proceeding(), scope: city.anonymous)
        #expect(now.quality == .outsideArea && now.changed == clock.now)
    }

    @Test func anImportWithoutAnAreaSaysThatNothingWasJudgedAndHowManyPlacesLieFarAway() async throws {
        let city = try await TestCity()
        try await Self.setArea(.null, of: city)
        let folder = try TemporaryDirectory()
        let url = URL(fileURLWithPath: folder.path("notes.csv"))
        var text = "id,title,text,category,longitude,latitude\n"
        for row in 0..<9 { text += "\(row),Bank \(row),Hier fehlt eine Bank.,radverkehr,9.9\(row),53.4\n" }
        text += "9,Bank 9,Hier fehlt eine Bank.,radverkehr,-117.2,-40.1\n10,Bank 10,Ohne Ort.,radverkehr,,\n"
        try Data(text.utf8).write(to: url)
        let report = try await city.importContributions(url)
        #expect(report.quality == ["notJudged": 10, "unlocated": 1])
        #expect(
            report.notes.last
                == "has no area, so that places cannot be held against it; 1 of 10 lie more than 2 degrees from the "
                + "middle of all")
    }
}
