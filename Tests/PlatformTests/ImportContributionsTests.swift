import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

struct ImportContributionsTests {
    @Test func countsTheSampleCityAsItsGeneratorDid() async throws {
        let city = try await TestCity()
        let report = try await city.importContributions()
        #expect(report.imported == 2000 && report.skipped == 0)
        #expect(report.quality == ["inside": 1980, "outsideArea": 7, "suspect": 7, "unlocated": 6])
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.anonymous)
        #expect(statistics.comments == 1389)
        let changes = try await city.installation.engine.read { connection throws in
            try connection.rows("SELECT DISTINCT changed FROM comment") { $0.integer(0) }
        }
        #expect(changes == [1_777_593_600_000])
        #expect(statistics.votesUp == 10409 && statistics.votesDown == 2778)
        let counts = Dictionary(uniqueKeysWithValues: statistics.categories.map { ($0.label, $0.count) })
        #expect(counts["Radverkehr"] == 472 && counts["ÖPNV"] == 274 && counts["Sonstiges"] == 57)
        #expect(statistics.days.reduce(0) { $0 + $1.count } == 2000)
    }

    @Test func changesNothingWhenTheSameFileComesAgain() async throws {
        let city = try await TestCity()
        _ = try await city.importContributions()
        let again = try await city.importContributions()
        #expect(again.unchanged == 2000 && again.imported == 0 && again.updated == 0)
    }

    /// Numbers of votes weigh in analyses: none is taken for another.
    @Test(arguments: ["NaN", "-5", "abc", "1e308", "1e400", "2.5", "inf", "0x3", "0x1p2", "1.000", "3."])
    func refusesVotesThatAreNoNumber(_ votes: String) async throws {
        let city = try await TestCity()
        let file = try city.file("a.csv", "id,title,text,lon,lat,votesUp\n1,Titel,Ein Text,9.9,53.4,\(votes)\n")
        let error = await #expect(throws: PlatformError.self) { try await city.importContributions(file) }
        #expect(error?.detail.hasPrefix("row 2, votesUp: ") == true, "\(String(describing: error))")
        #expect(error?.detail.contains("from 0 to 1000000000, for example 12") == true)
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        #expect(statistics.contributions == 0)
    }

    @Test(arguments: [("12", 12), (" 7 ", 7), ("007", 7), ("12.0", 12), ("", 0)])
    func takesVotesThatAreWholeDecimalNumbers(_ votes: String, _ count: Int) async throws {
        let city = try await TestCity()
        let file = try city.file("a.csv", "id,title,text,lon,lat,votesUp\n1,Titel,Ein Text,9.9,53.4,\(votes)\n")
        let report = try await city.importContributions(file)
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        #expect(report.imported == 1 && statistics.votesUp == count)
    }

    @Test(arguments: ["NaN", "1e400", "1e308", "-1", "2.5"])
    func refusesVotesOfAFeatureThatAreNoNumber(_ votes: String) async throws {
        let city = try await TestCity()
        let feature = { (votes: String) in
            #"{"type":"Feature","geometry":null,"properties":{"title":"Titel","text":"Ein Text","votesDown":\#(votes)}}"#
        }
        let text = #"{"type":"FeatureCollection","features":[\#(feature("1")),\#(feature(votes))]}"#
        let file = try city.file("a.geojson", text)
        let error = await #expect(throws: PlatformError.self) { try await city.importContributions(file) }
        #expect(error?.detail.hasPrefix("row 2, votesDown: ") == true, "\(String(describing: error))")
        #expect(error?.detail.contains("for example 12") == true)
    }

    @Test func bringsChangedRowsUpToDate() async throws {
        let city = try await TestCity()
        let text = #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[9.9,53.39]},
            "properties":{"id":7,"title":"Alt","contributionContent":"Ein Text","dateCreated":"2026-04-20T10:00:00Z"}}]}
            """#
        let first = try await city.importContributions(try city.file("a.geojson", text))
        #expect(first.imported == 1)
        let changed = try city.file("a.geojson", text.replacingOccurrences(of: "Alt", with: "Neu"))
        #expect(try await city.importContributions(changed).updated == 1)
        let page = try await city.installation.contributions(
            of: city.proceeding(), filter: .init(), limit: 10, after: nil, scope: city.anonymous)
        #expect(page.items.map(\.title) == ["Neu"])
    }

    /// What a moderator corrected stays, also where the category is called otherwise by now, until the source tells it anew.
    @Test func keepsWhatWasCorrectedHereUntilTheSourceTellsItAnew() async throws {
        let city = try await TestCity()
        let text = #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[9.9,53.39]},
            "properties":{"id":7,"title":"Alt","contributionContent":"Ein Text","category":"Laufwege"}}]}
            """#
        _ = try await city.importContributions(try city.file("a.geojson", text))
        let proceeding = try await city.proceeding()
        func one() async throws -> Contribution {
            let page = try await city.installation.contributions(
                of: proceeding, filter: .init(), limit: 10, after: nil, scope: city.staff)
            return try #require(page.items.first)
        }
        var categories = try await city.installation.categories(of: proceeding, scope: city.staff)
        for index in categories.indices where categories[index].id == "laufwege" { categories[index].name = "Zu Fuß" }
        try await city.installation.replaceCategories(categories, of: proceeding, scope: city.staff)
        let again = try await city.importContributions(try city.file("a.geojson", text))
        #expect(again.unchanged == 1 && again.updated == 0)
        #expect(try await city.installation.categories(of: proceeding, scope: city.staff).count == categories.count)
        var change = ContributionChange()
        change.category = .set("radverkehr")
        change.geometry = .set(.point(Position(9.91, 53.4)))
        _ = try await city.installation.editContribution(
            one().id, change, of: proceeding, precondition: .any, scope: city.staff)
        let version = try await one().version
        let kept = try await city.importContributions(try city.file("a.geojson", text))
        #expect(kept.kept == 1 && kept.updated == 0 && kept.unchanged == 0)
        #expect(try await one().version == version)
        // Another field of the source comes in and leaves these alone.
        let renamed = text.replacing("Alt", with: "Neu")
        #expect(try await city.importContributions(try city.file("a.geojson", renamed)).updated == 1)
        let after = try await one()
        #expect(after.title == "Neu" && after.category == "radverkehr")
        #expect(after.geometry == .point(Position(9.91, 53.4)))
        let sorted = renamed.replacing("Laufwege", with: "Spielplätze")
        #expect(try await city.importContributions(try city.file("a.geojson", sorted)).updated == 1)
        #expect(try await one().category == "spielplaetze")
        #expect(try await city.installation.integrityFaults() == [])
    }

    @Test func newCommentsOfARowThatIsAsItWasComeInToo() async throws {
        let city = try await TestCity()
        func read(_ comments: String) async throws -> ImportReport {
            let text = #"""
                {"type":"FeatureCollection","features":[{"type":"Feature","geometry":
                {"type":"Point","coordinates":[9.9,53.39]},"properties":{"id":7,"title":"Alt",
                "contributionContent":"Ein Text","dateCreated":"2026-04-01T10:00:00Z"\#(comments)}}]}
                """#
            return try await city.importContributions(try city.file("a.geojson", text))
        }
        func texts() async throws -> [String] {
            let proceeding = try await city.proceeding()
            let page = try await city.installation.contributions(
                of: proceeding, filter: .init(), limit: 10, after: nil, scope: city.anonymous)
            let id = try #require(page.items.first?.id)
            return try await city.installation.comments(
                on: .contribution(id), of: proceeding, limit: 10, after: nil, scope: city.anonymous
            ).items.map(\.text)
        }
        let first = #"{"commentContent":"Ja","dateCreated":"2026-04-02T10:00:00Z"}"#
        let second = #"{"commentContent":"Nein","dateCreated":"2026-04-03T10:00:00Z"}"#
        _ = try await read(#","commentedBy":[\#(first)]"#)
        #expect(try await read(#","commentedBy":[\#(first)]"#).unchanged == 1)
        let report = try await read(#","commentedBy":[\#(first),\#(second)]"#)
        #expect(report.updated == 1 && report.unchanged == 0)
        #expect(try await texts() == ["Ja", "Nein"])
        // A file without comments tells nothing of them.
        #expect(try await read("").unchanged == 1)
        #expect(try await texts() == ["Ja", "Nein"])
        #expect(try await city.installation.integrityFaults() == [])
    }

    @Test func refusesTheWholeFileForOneBadRow() async throws {
        let city = try await TestCity()
        let file = try city.file(
            "bad.csv", "title;text;lon;lat\nEins;Text;9,9;53,39\nZwei;Text;9,91;53,38\nDrei;Text;abc;53,37\n")
        let error = await #expect(throws: PlatformError.self) { try await city.importContributions(file) }
        #expect(error?.detail.contains("row 4, lon") == true)
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        #expect(statistics.contributions == 0)
        let report = try await city.importContributions(file, skipInvalid: true)
        #expect(report.imported == 2 && report.skipped == 1)
    }

    @Test func leavesNothingWhenTheDiskFillsInTheMiddle() async throws {
        let city = try await TestCity()
        let pages = try await city.limitPages(beyond: 20)
        await #expect(throws: StorageError.self) { try await city.importContributions() }
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.staff)
        #expect(statistics.contributions == 0)
        #expect(
            try await city.installation.categories(of: city.proceeding(), scope: city.staff).count == pages.categories)
        _ = try await city.limitPages(beyond: 1_000_000)
        #expect(try await city.importContributions().imported == 2000)
        #expect(try await city.installation.engine.integrityFaults() == [])
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func tellsRowsThatStandTwiceInTheRealExport() async throws {
        let city = try await TestCity()
        let report = try await city.importContributions(
            SharedMaterial.geodata("contributions/dipas_hamburg_dev.geojson"))
        #expect(report.read == 974 && report.imported == 949 && report.unchanged == 25)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func keepsCommentsWithTheirAnswers() async throws {
        let city = try await TestCity()
        let report = try await city.importContributions(
            SharedMaterial.geodata("contributions/bonn_raddialog_2017_dev.geojson"))
        #expect(report.imported == 1193)
        let statistics = try await city.installation.statistics(of: city.proceeding(), scope: city.anonymous)
        // 1,037 comments, 135 of them with an answer below.
        #expect(statistics.comments == 1172)
    }
}
