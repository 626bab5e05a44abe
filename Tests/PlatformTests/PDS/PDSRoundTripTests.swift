import Foundation
import Participation
import Platform
import Storage
import Testing

struct PDSRoundTripTests {
    @Test func whatGoesInComesOutEqualInEveryMember() async throws {
        let sample = try await PDSSample()
        let report = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(report.skipped == 0 && report.notes.isEmpty && report.imported == 3)
        #expect(try await sample.projects("hafenrand_2") == PDSSample.object(PDSSample.project))
        #expect(try await sample.contributions() == PDSSample.object(PDSSample.contributions))
    }

    @Test func servesTheListAndOneProjectAlike() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project)
        let all = try await sample.projects().properties
        #expect(all.count == 1)
        #expect(all == (try await sample.projects("hafenrand_2").properties))
        #expect(all == (try await sample.projects("hafenrand-2").properties))
        #expect(try await sample.projects("anderes").properties.isEmpty)
    }

    @Test func anotherTimeChangesNothing() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let version = try await sample.proceeding().dataVersion
        let again = try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(again.projects.map(\.unchanged) == [3] && again.projects.map(\.comments) == [0])
        #expect(again.projects.map(\.isNew) == [false])
        #expect(try await sample.proceeding().dataVersion == version)
        #expect(try await sample.contributions() == PDSSample.object(PDSSample.contributions))
    }

    @Test func bringsChangesAndKeepsWhatWasMadeHere() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let proceeding = try await sample.proceeding()
        let own = try await sample.installation.engine.write { connection in
            let writer = sample.staff.writer(connection)
            let id = try writer.reader.contribution(pdsNumber: 101, of: proceeding) ?? 0
            return try writer.insert(
                Comment(on: .contribution(id), text: "Von hier", created: 1_777_593_600_000), of: proceeding)
        }
        let changed = PDSSample.contributions.replacing("\"votingPro\":4", with: "\"votingPro\":\"6\"")
            .replacing("Zu teuer.", with: "Viel zu teuer.")
        let report = try await sample.take(PDSSample.project, changed)
        #expect(report.projects.map(\.updated) == [1] && report.projects.map(\.changedComments) == [1])
        let first = try #require(try await sample.contributions().properties.first)
        #expect(first["votingPro"] as? Int == 6 && first["commentsNumber"] as? Int == 4)
        let texts = (first["commentedBy"] as? [NSDictionary])?.compactMap { $0["commentContent"] as? String }
        #expect(texts == ["Gute Idee.", "Viel zu teuer.", "Von hier"])
        #expect(own.id > 103)
        // The words from before are there for moderators.
        let earlier = try await sample.installation.engine.read {
            try $0.rows("SELECT text, cause FROM earlier_text") { "\($0.text(0)) \($0.text(1))" }
        }
        #expect(earlier == ["Zu teuer. imported"])
    }

    @Test func findsOneContributionByTheNumberOfItsSource() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        #expect(
            try await sample.contributions(.contributions, number: 102).properties.map { $0["id"] as? String } == [
                "102"
            ])
        #expect(try await sample.contributions(.contributions, number: 1).properties.isEmpty)
        let comments = try await sample.contributions(.comments, number: 101).properties
        #expect(comments.count == 1 && comments[0].allKeys as? [String] == ["comments"])
        #expect(try await sample.contributions(.comments).properties.count == 1)
    }

    @Test func hiddenRowsAndTheirTreesNeverShowNotEvenToStaff() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let proceeding = try await sample.proceeding()
        try await sample.installation.engine.write { connection in
            try connection.execute("UPDATE contribution SET state = 2 WHERE external_id = '102'")
            try connection.execute(
                "UPDATE comment SET state = 2 WHERE id IN (SELECT id FROM pds_comment WHERE name = '9')")
            try sample.staff.writer(connection).touch(proceeding)
        }
        let shown = try await sample.contributions().properties
        #expect(shown.map { $0["id"] as? String } == ["101", "103"])
        #expect(shown[0]["commentsNumber"] as? Int == 1)
        #expect((shown[0]["commentedBy"] as? [NSDictionary])?.map { $0["id"] as? String } == ["10"])
        #expect(try await sample.contributions(.contributions, number: 102).properties.isEmpty)
        #expect(try await sample.projects().properties[0]["hasParticipatoryText"] as? [String] == ["101", "103"])
    }

    @Test func internalProceedingsAreNotThere() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project)
        _ = try await sample.installation.engine.write { try $0.execute("UPDATE proceeding SET public = 0") }
        #expect(try await sample.projects().properties.isEmpty)
        #expect(try await sample.projects("hafenrand_2").properties.isEmpty)
    }

    @Test func blanksAroundWordsComeOutAsTheyWentIn() async throws {
        let sample = try await PDSSample()
        let text = PDSSample.contributions
            .replacing(#""title":"Mehr Bänke""#, with: #""title":" Mehr  Bänke ""#)
            .replacing(#""contributionContent":"Im ganzen Gebiet.""#, with: #""contributionContent":"Im Gebiet.\n ""#)
            .replacing(#""commentContent":"Zu teuer.""#, with: #""commentContent":" Zu teuer. ""#)
        for _ in 0..<2 {
            try await sample.take(PDSSample.project, text)
            let first = try await sample.contributions(number: 101).properties[0]
            #expect(first["title"] as? String == " Mehr  Bänke ")
            let comments = (first["commentedBy"] as? [NSDictionary] ?? []).compactMap {
                $0["commentContent"] as? String
            }
            #expect(comments.contains(" Zu teuer. "), "\(comments)")
            let second = try await sample.contributions(number: 102).properties[0]
            #expect(second["contributionContent"] as? String == "Im Gebiet.\n ")
        }
        // Blanks alone are no news.
        let again = try await sample.take(PDSSample.project, text)
        #expect(again.projects.map(\.unchanged) == [3])
    }

    @Test func nestsDeepAnswersOnlyAsFarAsReadersGoAndLosesNone() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project, PDSSample.contributions)
        let proceeding = try await sample.proceeding()
        try await sample.installation.engine.write { connection in
            let writer = sample.staff.writer(connection)
            let id = try writer.reader.contribution(pdsNumber: 103, of: proceeding) ?? 0
            var parent: Int64?
            for _ in 0..<300 {
                parent = try writer.insert(
                    Comment(on: .contribution(id), parent: parent, text: "tiefer", created: 1_777_593_600_000),
                    of: proceeding
                ).id
            }
        }
        let answer = try await sample.contributions(.commented, number: 103).properties[0]
        #expect(answer["commentsNumber"] as? Int == 300)
        var (count, deepest) = (0, 0)
        var waiting = [(answer["commentedBy"] as? [NSDictionary] ?? [], 1)]
        while let (list, depth) = waiting.popLast() {
            count += list.count
            deepest = max(deepest, depth)
            for comment in list {
                if let below = comment["commentedBy"] as? [NSDictionary], !below.isEmpty {
                    waiting.append((below, depth + 1))
                }
            }
        }
        #expect(count == 300 && deepest == 51)
    }
}
