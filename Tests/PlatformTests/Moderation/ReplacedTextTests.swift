import Foundation
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// What imports replace is kept as history.
struct ReplacedTextTests {
    private func file(_ title: String, _ comments: [String]) -> String {
        let list = comments.map { #"{"commentContent":"\#($0)","dateCreated":"2026-04-21T10:00:00Z"}"# }
        return #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[9.9,53.39]},
            "properties":{"id":7,"title":"\#(title)","contributionContent":"Ein Text","dateCreated":"2026-04-20T10:00:00Z",
            "commentedBy":[\#(list.joined(separator: ","))]}}]}
            """#
    }

    @Test func commentsThatAFileReplacesStayInTheHistoryOfTheirContribution() async throws {
        let city = try await TestCity()
        func take(_ title: String, _ comments: [String]) async throws {
            _ = try await city.importContributions(try city.file("a.geojson", file(title, comments)))
        }
        try await take("Alt", ["Bleibt.", "Geht."])
        let proceeding = try await city.proceeding()
        let id = try #require(
            try await city.installation.contributions(
                of: proceeding, filter: .init(), limit: 10, after: nil, scope: city.anonymous
            ).items.first?.id)
        func texts() async throws -> [EarlierText] {
            try await city.installation.moderationRecord(of: ModerationTarget(id), in: proceeding, scope: city.staff)
                .texts
        }
        try await take("Neu", ["Bleibt.", "Kommt."])
        try await take("Neuer", [])
        #expect(try await texts().filter { $0.comment == nil }.map(\.title) == ["Alt", "Neu"])
        let gone = try await texts().filter { $0.comment != nil }
        // By number: what stays keeps its own.
        #expect(gone.map(\.text) == ["Bleibt.", "Geht.", "Kommt."])
        let left = try await city.installation.contribution(id, of: proceeding, scope: city.anonymous)
        #expect(left.commentCount == 0)
        #expect(gone.allSatisfy { $0.cause == "imported" } && Set(gone.map(\.comment)).count == 3)

        _ = try await city.installation.moderate(
            [ModerationTarget(id)], ModerationDecision(.erase, reason: .request), of: proceeding, scope: city.staff)
        #expect(try await texts().isEmpty)
    }

    @Test func textsOfOneCommentThatAFileTookOffAreErasedAlone() async throws {
        let city = try await TestCity()
        for (title, comments) in [("Titel", ["Eins.", "Zwei."]), ("Anderer Titel", [])] {
            _ = try await city.importContributions(try city.file("a.geojson", file(title, comments)))
        }
        let proceeding = try await city.proceeding()
        let id = try #require(
            try await city.installation.contributions(
                of: proceeding, filter: .init(), limit: 10, after: nil, scope: city.anonymous
            ).items.first?.id)
        func texts() async throws -> [EarlierText] {
            try await city.installation.moderationRecord(of: ModerationTarget(id), in: proceeding, scope: city.staff)
                .texts
        }
        let number = try #require(try await texts().first { $0.text == "Eins." }?.comment)
        func decide(_ action: ModerationAction) async throws -> [ModeratedItem] {
            try await city.installation.moderate(
                [ModerationTarget(number)], ModerationDecision(action, reason: .request), of: proceeding,
                scope: city.staff)
        }
        await #expect(throws: PlatformError.self) { try await decide(.hide) }
        let erased = try await decide(.erase)
        #expect(erased.map(\.state) == [.erased] && erased.map(\.reference.root.id) == [id])
        #expect(try await texts().filter { $0.comment != nil }.map(\.text) == ["Zwei."])
        await #expect(throws: PlatformError.self) { try await decide(.erase) }
    }

    @Test func aProjectOfPDSThatComesAgainKeepsItsOldTexts() async throws {
        let sample = try await PDSSample()
        try await sample.take(PDSSample.project)
        try await sample.take(PDSSample.project)
        let proceeding = try #require(
            try await sample.installation.proceedings(limit: 1, after: nil, scope: sample.staff).items.first)
        func texts() async throws -> [EarlierText] {
            try await sample.installation.earlierTexts(of: .proceeding, in: proceeding, scope: sample.staff)
        }
        #expect(try await texts().isEmpty)
        try await sample.take(
            PDSSample.project.replacing("Was soll am Ufer entstehen?", with: "Was kommt?")
                .replacing(#""description":"Parks""#, with: #""description":"Wiesen""#)
                .replacing(#""name":"Altona""#, with: #""name":"Ottensen""#))
        let kept = try #require(try await texts().first)
        #expect(kept.title == "Hafenrand" && kept.text == "Was soll am Ufer entstehen?" && kept.cause == "imported")
        #expect(Set(kept.other.values) == ["Parks", "Altona"])
        #expect(try await texts().count == 1)
    }
}
