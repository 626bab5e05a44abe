import GeoCore
import Participation
import Platform
import Storage
import Testing

struct SimilarContributionsTests {
    private static func city() async throws -> (city: TestCity, proceeding: Proceeding, ids: [Int64]) {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        let rows: [(String, String, Position?)] = [
            ("Zebrastreifen vor der Grundschule", "Vor der Grundschule fehlt ein Zebrastreifen.", Position(9.9, 53.39)),
            ("Zebrastreifen an der Apotheke", "Bei der Apotheke fehlt ein Fußgängerüberweg.", Position(9.93, 53.40)),
            ("Mehr Bänke im Stadtpark", "Im Stadtpark gibt es zu wenige Sitzplätze.", Position(9.9001, 53.3901)),
            ("Grundschulen brauchen Zebrastreifen", "Alle Grundschulen brauchen sichere Wege.", nil),
        ]
        var ids: [Int64] = []
        for (title, text, place) in rows {
            let draft = NewContribution(
                title: title, text: text, category: "radverkehr", geometry: place.map { .point($0) })
            let made = try await city.installation.submitContribution(draft, to: proceeding, scope: city.anonymous)
            ids.append(made.contribution.id)
        }
        return (city, proceeding, ids)
    }

    @Test func offersWhatSaysTheSameNearby() async throws {
        let (city, proceeding, ids) = try await Self.city()
        let found = try await city.installation.similarContributions(
            to: "Wir brauchen Zebrastreifen bei der Grundschule", at: Position(9.9002, 53.39), limit: 5,
            of: proceeding, scope: city.anonymous)
        #expect(found.first?.contribution.id == ids[0])
        #expect((found.first?.distance ?? 999) < 20)
        // A neighbour about something else is no double.
        #expect(!found.contains { $0.contribution.id == ids[2] })
        let rates = found.map(\.similarity)
        #expect(rates == rates.sorted(by: >) && rates.allSatisfy { (0...1).contains($0) })
    }

    @Test func comparesByWordsWithoutAPlace() async throws {
        let (city, proceeding, ids) = try await Self.city()
        let found = try await city.installation.similarContributions(
            to: ids[0], limit: 1, of: proceeding, scope: city.anonymous)
        #expect(found.count == 1 && found.first?.contribution.id != ids[0])
        let draft = try await city.installation.similarContributions(
            to: "zebrastreifen grundschulen", at: nil, limit: 5, of: proceeding, scope: city.anonymous)
        #expect(draft.contains { $0.contribution.id == ids[3] })
        let none = try await city.installation.similarContributions(
            to: "", at: nil, limit: 5, of: proceeding, scope: city.anonymous)
        #expect(none.isEmpty)
    }

    @Test func offersNothingThatIsNotPublished() async throws {
        let (city, proceeding, ids) = try await Self.city()
        var strict = proceeding
        strict.settings.moderation = .pre
        let draft = NewContribution(
            title: "Geheimnisvoller Zebrastreifen", text: "Vor der Grundschule fehlt Geheimnisvolles.",
            category: "radverkehr", geometry: .point(Position(9.9, 53.39)))
        let held = try await city.installation.submitContribution(draft, to: strict, scope: city.anonymous)
        #expect(held.contribution.state == .pending)
        let found = try await city.installation.similarContributions(
            to: draft.title + " " + draft.text, at: Position(9.9, 53.39), limit: 20, of: proceeding,
            scope: city.anonymous)
        #expect(found.first?.contribution.id == ids[0])
        #expect(!found.contains { $0.contribution.id == held.contribution.id })
    }

    @Test func keepsOneReportOfAParticipant() async throws {
        let (city, proceeding, ids) = try await Self.city()
        let item = ItemReference.contribution(ids[0])
        func report(_ reason: ReportReason, _ scope: Scope, _ text: String? = nil) async throws -> Int64 {
            try await city.installation.report(
                NewReport(reason: reason, text: text), on: item, of: proceeding, scope: scope
            ).id
        }
        let first = try await report(.insult, city.participant("a"))
        #expect(try await report(.illegal, city.participant("a")) == first)
        #expect(try await report(.insult, city.participant("b")) != first)
        #expect(try await report(.other, city.anonymous, "Spam") != first)
        let error = await #expect(throws: PlatformError.self) { _ = try await report(.other, city.anonymous, " ") }
        #expect(error?.violations.map(\.pointer) == ["/text"])
        let missing = await #expect(throws: PlatformError.self) {
            try await city.installation.report(
                NewReport(reason: .insult), on: .comment(ids[1], on: .contribution(ids[0])), of: proceeding,
                scope: city.anonymous)
        }
        #expect(missing?.code == .notFound)
    }
}
