import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

struct ErasureTests {
    private let city: TestCity
    private let proceeding: Proceeding
    private let participant: Scope

    init() async throws {
        city = try await TestCity()
        proceeding = try await city.proceeding()
        participant = Scope(tenant: city.staff.tenant, viewer: Viewer(participant: "5f1c-tester"))
    }

    private func submit(
        _ title: String, _ text: String, at place: Position = Position(9.9, 53.39), key: String? = nil
    ) async throws -> Int64 {
        let draft = NewContribution(title: title, text: text, category: "radverkehr", geometry: .point(place))
        return try await city.installation.submitContribution(
            draft, to: proceeding, scope: participant,
            idempotency: try key.map { try IdempotencyKey(key: $0, body: Array(text.utf8)) }
        ).contribution.id
    }

    /// How many files of the data folder hold some bytes, letters in any case.
    private func files(holding needle: [UInt8]) throws -> [String] {
        let folder = city.folder.url
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter { name in
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            let small = Data(data.map { (65...90).contains($0) ? $0 + 32 : $0 })
            return data.range(of: Data(needle)) != nil || small.range(of: Data(needle)) != nil
        }
    }

    private func erase(_ id: Int64) async throws {
        _ = try await city.installation.moderate(
            [ModerationTarget(id)], ModerationDecision(.erase, reason: .request), of: proceeding, scope: city.staff)
    }

    /// Authors' erasures cut off the log once in ten minutes; what was too soon follows, though nobody erases any more.
    @Test func whatAuthorsEraseIsOutOfTheFilesSoonToo() async throws {
        let clock = TestClock()
        let city = try await TestCity { clock.now }
        let proceeding = try await city.proceeding()
        func write(_ word: String) async throws -> Int64 {
            let draft = NewContribution(
                title: "Beitrag \(word)", text: "Das Wort ist \(word) und steht sonst nirgends.",
                category: "radverkehr", geometry: .point(Position(9.9, 53.39)))
            return try await city.installation.submitContribution(draft, to: proceeding, scope: participant)
                .contribution.id
        }
        func isInAFile(_ word: String) throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: city.folder.url.path).contains { name in
                try Data(contentsOf: city.folder.url.appendingPathComponent(name)).range(of: Data(word.utf8)) != nil
            }
        }
        let (first, second) = (try await write("Quastenflosser"), try await write("Schnabeltier"))
        try await city.installation.eraseOwn(.contribution(first), of: proceeding, scope: participant)
        #expect(try !isInAFile("Quastenflosser"))
        try await city.installation.eraseOwn(.contribution(second), of: proceeding, scope: participant)
        try await city.installation.purgeWhatIsPending()
        #expect(try isInAFile("Schnabeltier"))
        clock.advance(seconds: 601)
        try await city.installation.purgeWhatIsPending()
        #expect(try !isInAFile("Schnabeltier"))
    }

    /// Words, a place, an author and a key that stand in no other row.
    @Test func theErasedWordsAreInNoFileOfTheDataFolder() async throws {
        for number in 0..<120 {
            _ = try await submit(
                "Beitrag Nummer \(number)",
                "Ein ganz gewöhnlicher Text, der die Seiten der Datei füllt, Nummer \(number).")
        }
        let place = Position(9.912345678, 53.387654321)
        let id = try await submit(
            "Zwiebelfisch im Hof", "Quastenflosser und Schnabeltiere wohnen bei Familie Unkenruf.", at: place,
            key: "schluessel-xyzzy")
        let comment = try await city.installation.submitComment(
            NewComment(text: "Nacktmulle auch!"), on: .contribution(id), of: proceeding, scope: participant
        ).comment
        _ = try await city.installation.moderate(
            [ModerationTarget(id)],
            ModerationDecision(
                .redact, reason: .personalData, note: "Notiz Axolotlbecken", passages: ["Familie Unkenruf"]),
            of: proceeding, scope: city.staff)
        _ = try await city.installation.castVote(.for, on: .contribution(id), of: proceeding, scope: participant)
        for number in 120..<160 {
            _ = try await submit("Beitrag Nummer \(number)", "Noch ein gewöhnlicher Text danach, Nummer \(number).")
        }
        var place64 = place.x.bitPattern.littleEndian
        let bytes = withUnsafeBytes(of: &place64) { Array($0) }
        let needles =
            ["wiebelfisch", "astenflosse", "nkenruf", "acktmull", "xolotlbeck", "luessel-xyzzy"].map { Array($0.utf8) }
            + [bytes]
        // What is to be gone was there.
        for needle in needles where needle != Array("luessel-xyzzy".utf8) {
            #expect(try !files(holding: needle).isEmpty, "\(String(decoding: needle, as: UTF8.self))")
        }

        try await erase(comment.id)
        try await erase(id)
        for needle in needles {
            #expect(try files(holding: needle) == [], "\(String(decoding: needle, as: UTF8.self))")
        }
        #expect(try await city.installation.engine.integrityFaults() == [])
        let record = try await city.installation.moderationRecord(
            of: ModerationTarget(id), in: proceeding, scope: city.staff)
        #expect(record.item.state == .erased && record.item.text.isEmpty && record.texts.isEmpty)
        #expect(record.events.map(\.action) == ["redact", "erase"] && record.events.allSatisfy { $0.note == nil })
    }

    @Test func erasesAllOfAParticipantAndTakesTheVotesBack() async throws {
        let own = try await submit("Eigener Beitrag", "Von dem, der alles löschen lässt.")
        let draft = NewContribution(
            title: "Fremder Beitrag", text: "Von jemand anderem geschrieben.", category: "radverkehr",
            geometry: .point(Position(9.9, 53.39)))
        let other = try await city.installation.submitContribution(draft, to: proceeding, scope: city.anonymous)
            .contribution.id
        _ = try await city.installation.submitComment(
            NewComment(text: "Mein Senf dazu."), on: .contribution(other), of: proceeding, scope: participant)
        _ = try await city.installation.castVote(.for, on: .contribution(other), of: proceeding, scope: participant)
        await #expect(throws: PlatformError.self) {
            try await city.installation.eraseParticipant("5f1c-tester", scope: participant)
        }
        let erased = try await city.installation.eraseParticipant("5f1c-tester", scope: city.staff)
        #expect(erased.items == 2 && erased.votes == 1)
        let left = try await city.installation.contribution(other, of: proceeding, scope: city.anonymous)
        #expect(left.votesUp == 0 && left.commentCount == 0)
        await #expect(throws: PlatformError.self) {
            try await city.installation.contribution(own, of: proceeding, scope: city.staff)
        }
    }

    @Test func tellsHarvestersWhatChangedAndWhatWent() async throws {
        let first = try await submit("Erster Beitrag", "Bleibt sichtbar stehen.")
        let second = try await submit("Zweiter Beitrag", "Wird gleich verborgen.")
        let third = try await submit("Dritter Beitrag", "Wird gleich gelöscht.")
        let held = try await submit("Vierter Beitrag", "Ruft an: 0171 3920012")
        _ = try await city.installation.moderate(
            [ModerationTarget(second)], ModerationDecision(.reject, reason: .offTopic), of: proceeding,
            scope: city.staff)
        try await erase(third)
        var stones: [Tombstone] = []
        var rows: [Int64] = []
        var cursor: Cursor?
        repeat {
            let page = try await city.installation.contributionChanges(
                of: proceeding, since: 0, limit: 1, after: cursor, scope: city.anonymous)
            for item in page.items {
                switch item {
                case .changed(let row): rows.append(row.id)
                case .gone(let stone): stones.append(stone)
                }
            }
            cursor = page.next
        } while cursor != nil && rows.count + stones.count < 10
        // The held one was never shown: nothing tells that it is there.
        #expect(rows == [first] && held > third)
        #expect(stones.map(\.id) == [second, third] && stones.map(\.state) == [.hidden, .erased])
        let later = try await city.installation.contributionChanges(
            of: proceeding, since: city.installation.now() + 1, limit: 10, after: nil, scope: city.anonymous)
        #expect(later.items.isEmpty)
    }

    @Test func aTreeThatComesBackIsHarvestedAgain() async throws {
        let id = try await submit("Ein Beitrag", "Mit einem Baum von Kommentaren.")
        func comment(_ text: String, below parent: Int64? = nil) async throws -> Int64 {
            try await city.installation.submitComment(
                NewComment(parent: parent, text: text), on: .contribution(id), of: proceeding, scope: city.anonymous
            ).comment.id
        }
        let top = try await comment("Oben auf das.")
        let below = try await comment("Darunter das.", below: top)
        func changes() async throws -> [String] {
            try await city.installation.commentChanges(
                on: .contribution(id), of: proceeding, since: 0, limit: 10, after: nil, scope: city.anonymous
            ).items.map { change in
                switch change {
                case .changed(let comment): "\(comment.id)"
                case .gone(let stone): "-\(stone.id)"
                }
            }
        }
        #expect(try await changes() == ["\(top)", "\(below)"])
        _ = try await city.installation.moderate(
            [ModerationTarget(top)], ModerationDecision(.hide, reason: .insult), of: proceeding, scope: city.staff)
        #expect(try await changes() == ["-\(top)", "-\(below)"])
    }
}
