import GeoCore
import Participation
import Platform
import Storage
import Testing

struct ModerateTests {
    private let city: TestCity
    private let proceeding: Proceeding

    init() async throws {
        city = try await TestCity()
        proceeding = try await city.proceeding()
    }

    private func submit(
        _ text: String = "Hier fehlt ein sicherer Radweg.", title: String = "Neuer Radweg", key: String? = nil
    ) async throws -> Contribution {
        let draft = NewContribution(
            title: title, text: text, category: "radverkehr", geometry: .point(Position(9.9, 53.39)))
        return try await city.installation.submitContribution(
            draft, to: proceeding, scope: city.anonymous,
            idempotency: try key.map { try IdempotencyKey(key: $0, body: Array(text.utf8)) }
        ).contribution
    }

    private func comment(_ text: String, on contribution: Int64, below parent: Int64? = nil) async throws
        -> Participation.Comment
    {
        try await city.installation.submitComment(
            NewComment(parent: parent, text: text), on: .contribution(contribution), of: proceeding,
            scope: city.anonymous
        ).comment
    }

    @discardableResult
    private func decide(
        _ action: ModerationAction, _ id: Int64, version: Int64? = nil, passages: [String] = []
    ) async throws -> ModeratedItem {
        let decision = ModerationDecision(action, reason: .other, passages: passages)
        let items = try await city.installation.moderate(
            [ModerationTarget(id, version: version)], decision, of: proceeding, scope: city.staff)
        return try #require(items.first)
    }

    private func count(of contribution: Int64) async throws -> Int64 {
        try await city.installation.contribution(contribution, of: proceeding, scope: city.anonymous).commentCount
    }

    private func found(_ words: String, _ scope: Scope? = nil) async throws -> [Int64] {
        var filter = ContributionFilter()
        filter.words = words
        filter.boxes = [.world]
        return try await city.installation.contributions(
            of: proceeding, filter: filter, limit: 10, after: nil, scope: scope ?? city.anonymous
        ).items.map(\.id)
    }

    private func queue() async throws -> [ModeratedItem] {
        try await city.installation.moderationQueue(of: proceeding, limit: 100, after: nil, scope: city.staff).page
            .items
    }

    @Test func holdsATextWithATelephoneNumberUntilItIsPublished() async throws {
        let held = try await submit("Ruft mich an: 0171 3920012, ich helfe mit.", key: "k1")
        #expect(held.state == .pending)
        #expect(try await found("helfe") == [])
        // The same request again is answered with what it made.
        #expect(try await submit("Ruft mich an: 0171 3920012, ich helfe mit.", key: "k1").id == held.id)
        #expect(try await queue().map(\.reference.id) == [held.id])
        #expect(try await queue().first?.need.signs == .personalData)
        let item = try await decide(.publish, held.id, version: 1)
        #expect(item.state == .published && item.version == 2)
        #expect(try await found("helfe") == [held.id])
        #expect(try await queue().isEmpty)
    }

    @Test func holdsWordsOfTheListsOfTenantAndProceeding() async throws {
        try await city.installation.replaceHeldWords(["Idiot*"], of: nil, scope: city.staff)
        try await city.installation.replaceHeldWords(["Hundekot"], of: proceeding, scope: city.staff)
        #expect(try await submit("Nur Idioten planen so etwas.").state == .pending)
        #expect(try await submit("Überall liegt Hundekot herum.").state == .pending)
        #expect(try await submit().state == .published)
        await #expect(throws: PlatformError.self) {
            try await city.installation.replaceHeldWords(["x"], of: nil, scope: city.anonymous)
        }
    }

    @Test func hidesAndShowsAgain() async throws {
        let id = try await submit().id
        try await decide(.hide, id)
        #expect(try await found("Radweg") == [])
        #expect(try await found("Radweg", city.staff) == [id])
        await #expect(throws: PlatformError.self) {
            try await city.installation.contribution(id, of: proceeding, scope: city.anonymous)
        }
        try await decide(.publish, id)
        #expect(try await found("Radweg") == [id])
        let record = try await city.installation.moderationRecord(
            of: ModerationTarget(id), in: proceeding, scope: city.staff)
        #expect(record.events.map(\.action) == ["hide", "publish"])
        #expect(record.events.map(\.account) == ["operator", "operator"])
    }

    @Test func aHiddenCommentTakesItsTreeOutOfTheCount() async throws {
        let id = try await submit().id
        let top = try await comment("Stimmt genau!", on: id)
        let below = try await comment("Finde ich auch.", on: id, below: top.id)
        _ = try await comment("Ich nicht.", on: id, below: below.id)
        _ = try await comment("Noch etwas dazu.", on: id)
        #expect(try await count(of: id) == 4)
        try await decide(.hide, below.id)
        #expect(try await count(of: id) == 2)
        try await decide(.hide, top.id)
        #expect(try await count(of: id) == 1)
        // Staff answers below what is hidden: nothing that counts.
        _ = try await city.installation.submitComment(
            NewComment(parent: top.id, text: "Zur Erklärung."), on: .contribution(id), of: proceeding, scope: city.staff
        )
        #expect(try await count(of: id) == 1)
        try await decide(.publish, top.id)
        #expect(try await count(of: id) == 3)
        let held = try await comment("Ruf an: 0171 3920012", on: id)
        #expect(try await count(of: id) == 3)
        try await decide(.publish, held.id)
        #expect(try await count(of: id) == 4)
    }

    @Test func keywordsWithARedactedPassageGo() async throws {
        var draft = NewContribution(
            title: "Falschparker", text: "Dort steht immer ein Auto.", category: "radverkehr",
            geometry: .point(Position(9.9, 53.39)))
        draft.pickedKeywords = ["Herr Meier", "Parken"]
        let id = try await city.installation.submitContribution(draft, to: proceeding, scope: city.anonymous)
            .contribution.id
        let item = try await decide(.redact, id, passages: ["Meier"])
        #expect(item.isRedacted && item.text == draft.text)
        let shown = try await city.installation.contribution(id, of: proceeding, scope: city.anonymous)
        #expect(shown.pickedKeywords == ["Parken"])
    }

    @Test func redactsWithAMarkAndKeepsTheOldTextForModerators() async throws {
        let id = try await submit("Herr Meier parkt dort immer falsch.").id
        let item = try await decide(.redact, id, passages: ["Herr Meier"])
        #expect(item.text == "▮▮▮ parkt dort immer falsch." && item.isRedacted)
        let shown = try await city.installation.contribution(id, of: proceeding, scope: city.anonymous)
        #expect(shown.text == item.text && shown.isRedacted && shown.state == .published)
        #expect(try await found("Meier") == [])
        #expect(try await found("parkt") == [id])
        #expect(try await city.installation.engine.integrityFaults() == [])
        let record = try await city.installation.moderationRecord(
            of: ModerationTarget(id), in: proceeding, scope: city.staff)
        #expect(record.texts.map(\.text) == ["Herr Meier parkt dort immer falsch."])
        await #expect(throws: PlatformError.self) { try await decide(.redact, id, passages: ["Schulze"]) }
    }

    @Test func redactsWhatLooksLikePersonalDataAndGoesOnWaiting() async throws {
        let id = try await submit("Schreibt an max@example.org, danke!").id
        #expect(try await decide(.redact, id).text == "Schreibt an ▮▮▮, danke!")
        #expect(try await queue().map(\.need.signs) == [.beforehand])
        #expect(try await decide(.publish, id).state == .published)
    }

    @Test func decidesOnAllOrNone() async throws {
        let first = try await submit().id
        let second = try await submit("Ein ganz anderer Vorschlag.").id
        try await decide(.hide, second)
        let decision = ModerationDecision(.hide, reason: .offTopic)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.moderate(
                [ModerationTarget(first, version: 1), ModerationTarget(second, version: 2), ModerationTarget(999)],
                decision, of: proceeding, scope: city.staff)
        }
        #expect(error?.violations.map(\.code) == ["transition", "notFound"])
        #expect(error?.violations.map(\.pointer) == ["/items/1", "/items/2"])
        #expect(try await found("Radweg") == [first])
    }

    @Test func refusesADecisionOnWhatHasChanged() async throws {
        let id = try await submit().id
        let error = await #expect(throws: PlatformError.self) { try await decide(.hide, id, version: 7) }
        #expect(error?.code == .stale)
        #expect(try await found("Radweg") == [id])
    }

    @Test func isForModeratorsOfTheProceedingAlone() async throws {
        let id = try await submit().id
        let elsewhere = Scope(
            tenant: city.staff.tenant,
            viewer: Viewer(account: "m", grants: [Grant(.moderator, proceeding: proceeding.key + 1)]))
        let here = Scope(
            tenant: city.staff.tenant,
            viewer: Viewer(account: "m", grants: [Grant(.moderator, proceeding: proceeding.key)]))
        for scope in [city.anonymous, elsewhere] {
            let error = await #expect(throws: PlatformError.self) {
                try await city.installation.moderate(
                    [ModerationTarget(id)], ModerationDecision(.hide, reason: .other), of: proceeding, scope: scope)
            }
            #expect(error?.code == .forbidden)
        }
        let items = try await city.installation.moderate(
            [ModerationTarget(id)], ModerationDecision(.hide, reason: .other), of: proceeding, scope: here)
        #expect(items.map(\.state) == [.hidden])
    }

    @Test func tellsModeratorsOfABurstOfVotesAndCountsThemAll() async throws {
        let id = try await submit().id
        func vote(_ number: Int, from origin: UInt64) async throws -> Int64 {
            let scope = Scope(tenant: city.staff.tenant, viewer: Viewer(participant: "p\(number)"))
            return try await city.installation.castVote(
                .for, on: .contribution(id), of: proceeding, origin: origin, scope: scope
            ).totals.up
        }
        for number in 1...9 { _ = try await vote(number, from: 7) }
        for number in 10...18 { _ = try await vote(number, from: UInt64(number)) }
        #expect(try await queue().isEmpty)
        #expect(try await vote(19, from: 7) == 19)
        #expect(try await queue().map(\.need.signs) == [.voteBurst])
    }

    @Test func ordersTheQueueByNeedAndPagesIt() async throws {
        let waiting = try await [
            submit("Ruf an: 0171 3920012"), submit("Erster ruhiger Beitrag."), submit("Wagen HH-AB 1234 stört."),
        ].map(\.id)
        let (scope, proceeding) = (city.staff, proceeding)
        try await city.installation.engine.write { connection in
            let writer = scope.writer(connection)
            try writer.noteNeed(of: .contribution(waiting[1]), signs: .voteBurst, in: proceeding, now: 5)
            // A second sign adds to the first.
            try writer.noteNeed(of: .contribution(waiting[2]), signs: .wordList, in: proceeding, now: 5)
        }
        var pages: [[Int64]] = []
        var cursor: Cursor?
        repeat {
            let page = try await city.installation.moderationQueue(
                of: proceeding, limit: 1, after: cursor, scope: city.staff)
            #expect(page.count == 3)
            pages.append(page.page.items.map(\.reference.id))
            cursor = page.page.next
        } while cursor != nil && pages.count < 5
        #expect(pages == [[waiting[2]], [waiting[0]], [waiting[1]]])
    }
}
