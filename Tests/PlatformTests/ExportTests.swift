import Foundation
import GeoCore
import Participation
import Platform
import TestSupport
import Testing

struct ExportTests {
    @Test func holdsEveryContributionOnce() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let collection = try JSONValue.parse(await city.export(.geojson, scope: city.anonymous), limits: .importing)
        let features = try #require(collection["features"]?.array)
        #expect(features.count == 2000)
        #expect(Set(features.compactMap { $0["id"]?.string }).count == 2000)
        let lines = try await city.export(.geojsonseq, scope: city.anonymous).split(separator: 0x0A)
        #expect(lines.count == 2000 && lines.allSatisfy { $0.first == 0x1E })
    }

    @Test func comesBackEqualWhenImportedAgain() async throws {
        let (first, second) = (try await TestCity(), try await TestCity())
        _ = try await first.importContributions()
        let url = URL(fileURLWithPath: first.folder.path("export.geojson"))
        try Data(await first.export(.geojson, scope: first.staff)).write(to: url)
        let report = try await second.importContributions(url)
        #expect(report.imported == 2000)
        let one = try await first.installation.statistics(of: first.proceeding(), scope: first.staff)
        let two = try await second.installation.statistics(of: second.proceeding(), scope: second.staff)
        #expect(one.days == two.days && one.hours == two.hours && one.votesUp == two.votesUp)
        #expect(one.categories.map(\.count) == two.categories.map(\.count))
    }

    @Test func disarmsFormulasInTables() async throws {
        let city = try await TestCity()
        _ = try await city.installation.submitContribution(
            NewContribution(
                title: "=HYPERLINK(\"http://x\")", text: "Ein Text, mit Komma und \"Anführung\".",
                category: "radverkehr", geometry: .point(Position(9.9, 53.39))), to: city.proceeding(),
            scope: city.anonymous)
        let text = String(decoding: try await city.export(.csv, scope: city.anonymous), as: UTF8.self)
        #expect(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\",\"Ein Text, mit Komma und \"\"Anführung\"\".\""))
    }
}
