import GeoCore
import Participation
import Platform
import Storage
import Synchronization
import Testing

/// An installation whose clock the test moves.
final class MovableClock: Sendable {
    private let state = Mutex<Int64>(1_777_593_600_000)
    var now: Int64 { state.withLock { $0 } }
    func advance(minutes: Int64) { state.withLock { $0 += minutes * 60_000 } }
}

struct EditContributionTests {
    private static func draft(
        _ text: String = "Hier fehlt ein sicherer Radweg.", at place: Position? = Position(9.9, 53.39)
    ) -> NewContribution {
        NewContribution(
            title: "Neuer Radweg", text: text, category: "radverkehr", geometry: place.map { .point($0) })
    }

    private struct Case {
        let clock = MovableClock()
        let city: TestCity
        let proceeding: Proceeding
        let id: Int64
        let receipt: String
        var author: Scope { city.participant("autorin") }
        var other: Scope { city.participant("andere") }

        init(scope name: String? = "autorin") async throws {
            city = try await TestCity(now: { [clock] in clock.now })
            proceeding = try await city.proceeding()
            let scope = name.map { [city] in city.participant($0) } ?? city.anonymous
            let made = try await city.installation.submitContribution(
                EditContributionTests.draft(), to: proceeding, scope: scope)
            (id, receipt) = (made.contribution.id, made.receipt)
        }

        func edit(
            _ text: String = "Auf beiden Seiten fehlt ein Radweg.", _ precondition: Precondition = .any,
            receipt: String? = nil, scope: Scope
        ) async throws -> Contribution {
            var change = ContributionChange()
            change.text = text
            return try await city.installation.editContribution(
                id, change, of: proceeding, precondition: precondition, receipt: receipt, scope: scope)
        }

        func withdraw(receipt: String? = nil, scope: Scope) async throws {
            try await city.installation.withdrawContribution(id, of: proceeding, receipt: receipt, scope: scope)
        }

        func code(_ body: () async throws -> Void) async -> PlatformError.Code? {
            do {
                try await body()
                return nil
            } catch {
                return (error as? PlatformError)?.code
            }
        }
    }

    @Test func anAuthorChangesWordsAndPlaceAndTheIndexesFollow() async throws {
        let one = try await Case()
        one.clock.advance(minutes: 5)
        var change = ContributionChange()
        change.text = "Ein Zebrastreifen wäre besser."
        change.geometry = .set(.point(Position(9.95, 53.45)))
        let stored = try await one.city.installation.editContribution(
            one.id, change, of: one.proceeding, precondition: .versions([1]), scope: one.author)
        #expect(stored.version == 2 && stored.edited == one.clock.now && stored.changed == one.clock.now)
        #expect(stored.title == "Neuer Radweg" && stored.author == "autorin")
        let read = try await one.city.installation.contribution(one.id, of: one.proceeding, scope: one.city.anonymous)
        #expect(read == stored)
        for (words, count) in [("Zebrastreifen", 1), ("sicherer", 0)] {
            var filter = ContributionFilter()
            filter.words = words
            filter.boxes = [BoundingBox(minX: 9.94, minY: 53.44, maxX: 9.96, maxY: 53.46)]
            let page = try await one.city.installation.contributions(
                of: one.proceeding, filter: filter, limit: 10, after: nil, scope: one.city.anonymous)
            #expect(page.items.count == count)
        }
        #expect(try await one.city.installation.integrityFaults() == [])
    }

    @Test func onlyTheAuthorMayAndOnlyTheVersionMeant() async throws {
        let one = try await Case()
        #expect(await one.code { _ = try await one.edit(scope: one.other) } == .forbidden)
        #expect(await one.code { _ = try await one.edit(scope: one.city.anonymous) } == .forbidden)
        #expect(await one.code { _ = try await one.edit(receipt: "falsch", scope: one.other) } == .forbidden)
        #expect(await one.code { _ = try await one.edit("x", .versions([7]), scope: one.author) } == .stale)
        #expect(await one.code { _ = try await one.edit("kurz", scope: one.author) } == .invalidInput)
        #expect(await one.code { try await one.withdraw(scope: one.other) } == .forbidden)
        // A moderator keeps order, but does not put words into a citizen's mouth.
        #expect(await one.code { _ = try await one.edit(scope: one.city.staff) } == .forbidden)
        var change = ContributionChange()
        change.type = .set("Idee")
        let sorted = try await one.city.installation.editContribution(
            one.id, change, of: one.proceeding, precondition: .any, scope: one.city.staff)
        #expect(sorted.type == "Idee" && sorted.edited == nil && sorted.version == 2)
    }

    @Test func theWindowEnds() async throws {
        let one = try await Case()
        one.clock.advance(minutes: 59)
        _ = try await one.edit(scope: one.author)
        one.clock.advance(minutes: 1)
        #expect(await one.code { _ = try await one.edit("Noch etwas mehr Text.", scope: one.author) } == .forbidden)
        #expect(await one.code { try await one.withdraw(scope: one.author) } == .forbidden)
        // The receipt proves authorship for good.
        #expect(await one.code { try await one.withdraw(receipt: one.receipt, scope: one.city.anonymous) } == nil)
    }

    @Test func aReceiptServesThoseWithoutToken() async throws {
        let one = try await Case(scope: nil)
        #expect(one.receipt.count == 64)
        let item = ItemReference.contribution(one.id)
        let installation = one.city.installation
        #expect(try await installation.isReceipt(one.receipt, of: item, in: one.proceeding, scope: one.city.anonymous))
        #expect(try await !installation.isReceipt("", of: item, in: one.proceeding, scope: one.city.anonymous))
        let other = ItemReference.contribution(one.id + 1)
        #expect(
            try await !installation.isReceipt(one.receipt, of: other, in: one.proceeding, scope: one.city.anonymous))
        let stored = try await one.edit(receipt: one.receipt, scope: one.city.anonymous)
        #expect(stored.version == 2 && stored.author == nil)
        // Still the same receipt after the change.
        try await one.withdraw(receipt: one.receipt, scope: one.city.anonymous)
        try await one.withdraw(receipt: one.receipt, scope: one.city.anonymous)
        #expect(
            await one.code {
                _ = try await installation.contribution(one.id, of: one.proceeding, scope: one.city.staff)
            } == .notFound)
    }

    @Test func aRepeatedRequestGetsTheSameReceipt() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        let key = try IdempotencyKey(key: "k-1", body: [1])
        func submit(_ scope: Scope) async throws -> (Int64, String) {
            let made = try await city.installation.submitContribution(
                Self.draft(), to: proceeding, scope: scope, idempotency: key)
            return (made.contribution.id, made.receipt)
        }
        let first = try await submit(city.anonymous)
        #expect(try await submit(city.anonymous) == first)
        let other = try await submit(city.participant("a"))
        #expect(other.0 != first.0 && other.1 != first.1)
    }

    @Test func authorsSeeTheirOwnWhateverItsState() async throws {
        let one = try await Case()
        var strict = one.proceeding
        strict.settings.moderation = .pre
        let installation = one.city.installation
        let held = try await installation.submitContribution(
            Self.draft("Etwas ganz anderes."), to: strict, scope: one.author)
        #expect(held.contribution.state == .pending)
        let id = held.contribution.id
        for scope in [one.other, one.city.anonymous] {
            #expect(
                await one.code { _ = try await installation.contribution(id, of: strict, scope: scope) } == .notFound)
        }
        #expect(try await installation.readContribution(id, of: strict, scope: one.author).isOwn)
        let own = try await installation.ownContributions(limit: 1, after: nil, scope: one.author)
        #expect(own.items.map(\.contribution.id) == [id])
        let rest = try await installation.ownContributions(limit: 1, after: own.next, scope: one.author)
        #expect(rest.items.map(\.contribution.id) == [one.id] && rest.next == nil)
        #expect(try await installation.ownContributions(limit: 9, after: nil, scope: one.other).items.isEmpty)
        #expect(
            await one.code {
                _ = try await installation.ownContributions(limit: 9, after: nil, scope: one.city.anonymous)
            } == .unauthenticated)
    }

    @Test func participantsGetAllThatIsHeldOfThem() async throws {
        let one = try await Case()
        let installation = one.city.installation
        var items: [ItemReference] = [.contribution(one.id)]
        for text in ["Ja, das stimmt.", "Nein, gar nicht.", "Doch, das stimmt."] {
            let made = try await installation.submitComment(
                NewComment(text: text), on: .contribution(one.id), of: one.proceeding, scope: one.author)
            items.append(.comment(made.comment.id, on: .contribution(one.id)))
        }
        for item in items {
            _ = try await installation.castVote(.against, on: item, of: one.proceeding, scope: one.author)
        }
        let comments = try await installation.ownComments(limit: 2, after: nil, scope: one.author)
        #expect(comments.items.map(\.comment.text) == ["Doch, das stimmt.", "Nein, gar nicht."])
        let rest = try await installation.ownComments(limit: 2, after: comments.next, scope: one.author)
        #expect(rest.items.map(\.comment.text) == ["Ja, das stimmt."] && rest.next == nil)
        let votes = try await installation.ownVotes(limit: 3, after: nil, scope: one.author)
        let last = try await installation.ownVotes(limit: 3, after: votes.next, scope: one.author)
        #expect((votes.items + last.items).map(\.item) == items.map(\.id).sorted() && last.next == nil)
        #expect(votes.items.allSatisfy { $0.vote == .against && $0.proceeding == one.proceeding.id })
        #expect(try await installation.ownVotes(limit: 3, after: nil, scope: one.other).items.isEmpty)
    }

    @Test func theSameTextNearbyIsToldNotStoredTwice() async throws {
        let one = try await Case()
        let installation = one.city.installation
        let twin = Self.draft("  hier fehlt ein SICHERER Radweg!", at: Position(9.9005, 53.39))
        let error = await #expect(throws: PlatformError.self) {
            try await installation.submitContribution(twin, to: one.proceeding, scope: one.author)
        }
        #expect(error?.code == .conflict && error?.contribution == one.id)
        // Another place, another participant, an hour later: it may be meant.
        let far = Self.draft(at: Position(9.91, 53.39))
        _ = try await installation.submitContribution(far, to: one.proceeding, scope: one.author)
        _ = try await installation.submitContribution(twin, to: one.proceeding, scope: one.other)
        one.clock.advance(minutes: 61)
        _ = try await installation.submitContribution(twin, to: one.proceeding, scope: one.author)
    }

    @Test func anAuthorOfACommentChangesAndWithdrawsIt() async throws {
        let one = try await Case()
        let installation = one.city.installation
        let made = try await installation.submitComment(
            NewComment(text: "Stimmt schon."), on: .contribution(one.id), of: one.proceeding, scope: one.author)
        let answer = try await installation.submitComment(
            NewComment(parent: made.comment.id, text: "Nein, gar nicht."), on: .contribution(one.id),
            of: one.proceeding,
            scope: one.city.anonymous
        )
        var change = CommentChange()
        change.text = "Stimmt genau"
        func edit(_ precondition: Precondition, _ scope: Scope) async throws -> Participation.Comment {
            try await installation.editComment(
                made.comment.id, change, on: .contribution(one.id), of: one.proceeding, precondition: precondition,
                scope: scope)
        }
        #expect(await one.code { _ = try await edit(.any, one.other) } == .forbidden)
        #expect(await one.code { _ = try await edit(.versions([2]), one.author) } == .stale)
        let stored = try await edit(.versions([1]), one.author)
        #expect(stored.text == "Stimmt genau" && stored.version == 2 && stored.edited != nil)
        try await installation.withdrawComment(
            made.comment.id, on: .contribution(one.id), of: one.proceeding, scope: one.author)
        let page = try await installation.comments(
            on: .contribution(one.id), of: one.proceeding, limit: 10, after: nil, scope: one.city.anonymous)
        #expect(page.items.isEmpty)
        let seen = try await installation.contribution(one.id, of: one.proceeding, scope: one.city.anonymous)
        #expect(seen.commentCount == 0)
        // Nobody answers below what is gone.
        for parent in [made.comment.id, answer.comment.id] {
            let draft = NewComment(parent: parent, text: "Wem gilt das?")
            #expect(
                await one.code {
                    _ = try await installation.submitComment(
                        draft, on: .contribution(one.id), of: one.proceeding, scope: one.other)
                } == .invalidInput)
        }
    }
}
