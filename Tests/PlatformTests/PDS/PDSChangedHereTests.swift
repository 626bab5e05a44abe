import Foundation
import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What planners and moderators change in what came in, and what a repeated import makes of it.
struct PDSChangedHereTests {
    private static func change(_ sample: PDSSample, _ patch: String) async throws {
        _ = try await sample.installation.change(
            sample.proceeding(), patch: JSONValue.parse(Array(patch.utf8)), version: nil, scope: sample.staff)
    }

    private static func names(_ value: Any?) -> Set<String> {
        Set((value as? [String: NSDictionary] ?? [:]).values.compactMap { $0["name"] as? String })
    }

    @Test func whatPlannersChangedStaysUntilTheSourceTellsItAnew() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        try await Self.change(
            sample,
            #"{"name": "Ufer", "owner": "Hafenamt", "publisher": "Amt", "schedule": {"phase2End": "2028-05-01T00:00:00Z"}}"#
        )
        var categories = try await sample.installation.categories(of: sample.proceeding(), scope: sample.staff)
        for index in categories.indices where categories[index].name == "Verkehr" {
            categories[index].name = "Mobilität"
        }
        try await sample.installation.replaceCategories(categories, of: sample.proceeding(), scope: sample.staff)
        let before = try await sample.proceeding()
        let again = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(try await sample.proceeding() == before)
        #expect(again.projects.map(\.unchanged) == [3])
        #expect(again.notes == ["hafenrand_2: kept as changed here: name, owner, schedule, publisher, categories"])
        #expect(try await sample.installation.categories(of: before, scope: sample.staff) == categories)
        // PDS tells what holds here, also of its state and who runs it.
        let told = try await sample.projects().properties[0]
        #expect(told["nameFull"] as? String == "Ufer" && told["dateEnd"] as? String == "2028-05-01T00:00:00Z")
        #expect(told["proceedingState"] as? String == "active" && told["publisher"] as? String == "Amt")
        #expect(Self.names(told["projectOwner"]) == ["Hafenamt"])
        #expect(Self.names(told["standardCategories"]) == ["Grün & Freiraum", "Mobilität"])
        // A member that the source changes comes in alone.
        let changed = PDSSample.project.replacing("Was soll am Ufer entstehen?", with: "Was soll hier hin?")
        try await sample.take(changed)
        let after = try await sample.proceeding()
        #expect(after.description == "Was soll hier hin?" && after.name == "Ufer")
        #expect(after.schedule == before.schedule)
        try await sample.take(changed.replacing("Hafenrand", with: "Hafenkante"))
        #expect(try await sample.proceeding().name == "Hafenkante")
    }

    /// One import changes texts of the proceeding and of its categories; both are kept in one entry.
    @Test func aCategoryRenamedWithAFieldStandsInTheWayOfNoLaterChange() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project)
        let before = try await sample.proceeding().version
        let renamed = PDSSample.project.replacing("2025-04-30T21:59:59Z", with: "2025-05-31T21:59:59Z")
            .replacing(#""name":"Verkehr""#, with: #""name":"Mobilität""#)
        try await sample.take(renamed)
        #expect(try await sample.proceeding().version == before + 1)
        try await Self.change(sample, #"{"name": "Ufer"}"#)
        let texts = try await sample.installation.earlierTexts(
            of: .proceeding, in: sample.proceeding(), scope: sample.staff)
        #expect(texts.map(\.version) == [before, before + 1])
        #expect(texts.map(\.title) == ["Hafenrand", "Hafenrand"])
        #expect(texts.first?.other.values.contains("Verkehr") == true)
    }

    @Test func whatModeratorsCorrectedStays() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let proceeding = try await sample.proceeding()
        let id = try await sample.installation.engine.read {
            try sample.staff.reader($0).contribution(pdsNumber: 103, of: proceeding)
        }
        // It has no type, although the proceeding has types by now: that does not stand in the way.
        var change = ContributionChange()
        change.category = .set("verkehr")
        _ = try await sample.installation.editContribution(
            #require(id), change, of: proceeding, precondition: .any, scope: sample.staff)
        let again = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(again.projects.map(\.kept) == [1] && again.projects.map(\.unchanged) == [2])
        #expect(again.projects.map(\.updated) == [0])
        // Votes that the source counted since come in and change nothing else.
        try await sample.take(
            PDSSample.project, PDSSample.contributions.replacing("\"votingPro\":2", with: "\"votingPro\":9"))
        let told = try await sample.contributions(number: 103).properties[0]
        #expect(told["category"] as? String == "Verkehr" && told["votingPro"] as? Int == 9)
    }

    @Test func anOfficialStatusIsNoReasonToWriteAContributionAnew() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        _ = try await sample.installation.engine.write {
            try $0.execute("UPDATE contribution SET status = \(OfficialStatus.done.rawValue) WHERE external_id = '101'")
        }
        let again = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(again.projects.map(\.unchanged) == [3] && again.projects.map(\.updated) == [0])
    }

    @Test func aContributionWithoutATimeKeepsThatOfItsFirstImport() async throws {
        let sample = try await PDSSample()
        let text = """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{},"properties":{"id":"5","title":"Titel",
            "contributionContent":"Text","belongToProject":"alt"}}]}
            """
        try await sample.take(text)
        let later = Installation(engine: sample.installation.engine, now: { 1_777_593_600_000 + 86_400_000 })
        let again = try await later.importPDS(
            files: [PDSFile(sample.file("later.json", text))], scope: sample.staff)
        #expect(again.projects.map(\.unchanged) == [1])
        let told = try await sample.contributions(of: "alt").properties[0]
        #expect(told["dateCreated"] as? String == "2026-05-01T00:00:00Z")
    }

    /// What is taken out of a text does not stay behind as a digest from which it could be guessed.
    @Test func aRedactionForgetsWhatTheSourceSaid() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let proceeding = try await sample.proceeding()
        func told() async throws -> [[UInt8]] {
            try await sample.installation.engine.read { connection in
                try connection.rows("SELECT told FROM contribution WHERE external_id = '101'") { $0.blob(0) }
            }
        }
        #expect(try await told()[0].count == 48)
        try await sample.installation.engine.write { connection in
            let writer = sample.staff.writer(connection)
            let id = try writer.reader.contribution(pdsNumber: 101, of: proceeding) ?? 0
            try writer.rewriteText(
                of: .contribution(id), title: "Mehr Bänke", text: "Am Ufer […].", cause: "redacted", in: proceeding,
                now: 1_777_593_600_000)
        }
        #expect(try await told()[0].prefix(16).allSatisfy { $0 == 0 })
        let again = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(again.projects.map(\.unchanged) == [3])
        #expect(try await told()[0].prefix(16).allSatisfy { $0 == 0 })
    }

    private static func picks(_ sample: PDSSample, _ keywords: [String], reason: ModerationReason) async throws {
        let proceeding = try await sample.proceeding()
        let id = try await sample.installation.engine.read {
            try sample.staff.reader($0).contribution(pdsNumber: 101, of: proceeding)
        }
        var change = ContributionChange()
        change.pickedKeywords = keywords
        _ = try await sample.installation.editContribution(
            #require(id), change, of: proceeding, precondition: .any, reason: reason, scope: sample.staff)
    }

    @Test func pickedKeywordsOfHereStayUntilTheSourceTellsThemAnew() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        try await Self.picks(sample, ["Kai", "Bank"], reason: .other)
        func picked() async throws -> String? {
            try await sample.contributions(number: 101).properties[0]["keywordPicked"] as? String
        }
        let again = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(again.projects.map(\.unchanged) == [3])
        #expect(try await picked() == "Kai,Bank")
        let other = PDSSample.contributions.replacing(
            #""keywordSuggested":"Bank, Ufer""#, with: #""keywordSuggested":"Sitz""#)
        #expect(try await sample.take(PDSSample.project, other).projects.map(\.updated) == [1])
        #expect(try await picked() == "Kai,Bank")
        try await sample.take(
            PDSSample.project, other.replacing(#""keywordPicked":"Ufer""#, with: #""keywordPicked":"Strand""#))
        #expect(try await picked() == "Strand")
    }

    /// Not even when the source tells others, which may name the same; nor does a digest stay behind.
    @Test func pickedKeywordsThatWereTakenOutDoNotComeBack() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        try await Self.picks(sample, [], reason: .personalData)
        func stored() async throws -> [(picked: String, told: [UInt8])] {
            try await sample.installation.engine.read { connection in
                try connection.rows("SELECT picked, told FROM pds_contribution WHERE number = 101") {
                    (picked: $0.text(0), told: $0.blob(1))
                }
            }
        }
        #expect(try await stored().map { $0.told } == [[]])
        for text in [
            PDSSample.contributions,
            PDSSample.contributions.replacing(#""keywordPicked":"Ufer""#, with: #""keywordPicked":"Ufer, Kai""#),
        ] {
            try await sample.take(PDSSample.project, text)
            #expect(try await stored().map { $0.picked } == [""])
            #expect(try await stored().allSatisfy { $0.told.allSatisfy { $0 == 0 } })
        }
    }

    @Test func suggestedKeywordsWithARedactedPassageGoForGood() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let proceeding = try await sample.proceeding()
        let id = try await sample.installation.engine.read {
            try sample.staff.reader($0).contribution(pdsNumber: 101, of: proceeding)
        }
        let target = try ModerationTarget(#require(id))
        let decision = ModerationDecision(.redact, reason: .personalData, passages: ["Bank"])
        _ = try await sample.installation.moderate([target], decision, of: proceeding, scope: sample.staff)
        for _ in 0..<2 {
            let told = try await sample.contributions(number: 101).properties[0]
            #expect(told["keywordSuggested"] as? String == "Ufer" && told["keywordPicked"] as? String == "Ufer")
            try await sample.take(PDSSample.project, PDSSample.contributions)
        }
    }

    @Test func aCategoryThatWasTakenFromTheListIsNotOfferedAgainWithTheRowsThatNameIt() async throws {
        let sample = try await PDSSample()
        // Told by a project, and by contributions alone.
        for files in [[PDSSample.project, PDSSample.contributions], [PDSSample.contributions]] {
            let sample = files.count == 2 ? sample : try await PDSSample()
            func take(_ texts: [String]) async throws {
                for text in texts { try await sample.take(text) }
            }
            try await take(files)
            let proceeding = try await sample.proceeding()
            let all = try await sample.installation.categories(of: proceeding, scope: sample.staff)
            var left = all
            left.removeAll { $0.name == "Verkehr" }
            #expect(left.count == all.count - 1)
            try await sample.installation.replaceCategories(left, of: proceeding, scope: sample.staff)
            left = all
            for index in left.indices where left[index].name == "Verkehr" { left[index].archived = true }
            try await take(files)
            let new = PDSSample.contributions.replacing(#""id":"103""#, with: #""id":"104""#)
                .replacing(#""category":"none""#, with: #""category":"Verkehr""#)
            try await take([new])
            #expect(try await sample.installation.categories(of: proceeding, scope: sample.staff) == left)
            let told = try await sample.contributions(number: 102).properties[0]
            #expect(told["category"] as? String == "Verkehr")
        }
    }
}
