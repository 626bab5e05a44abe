import GeoCore
import Participation
import Platform
import Storage
import Testing

/// What holds for contributions holds for conceptions and for comments on them: the same queue, history, erasure and
/// retention.
struct ConceptionTests {
    private let city: TestCity
    private let proceeding: Proceeding
    private let clock: MovableClock

    init() async throws {
        let clock = MovableClock()
        self.clock = clock
        city = try await TestCity(now: { clock.now })
        let document = """
            {"id": "kai", "name": "Kai", "schedule": {"phase2Start": "2026-04-01", "phase2End": "2026-06-30"}}
            """
        proceeding = try await city.installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: city.staff.tenant), scope: city.staff)
    }

    private func add(_ title: String = "Variante A: Allee", isDraft: Bool = false) async throws -> Int64 {
        try await city.installation.addConception(
            NewConception(title: title, text: "Zwei Reihen Bäume, dazwischen ein Weg."), isDraft: isDraft,
            to: proceeding, scope: city.staff
        ).conception.id
    }

    private func comment(
        _ text: String, on id: Int64, below parent: Int64? = nil, scope: Scope? = nil
    ) async throws -> Participation.Comment {
        try await city.installation.submitComment(
            NewComment(parent: parent, text: text), on: .conception(id), of: proceeding, scope: scope ?? city.anonymous
        ).comment
    }

    private func shown(_ id: Int64) async throws -> Conception {
        try await city.installation.conception(id, of: proceeding, scope: city.anonymous)
    }

    private func decide(_ action: ModerationAction, _ id: Int64, passages: [String] = []) async throws {
        _ = try await city.installation.moderate(
            [ModerationTarget(id)], ModerationDecision(action, reason: .other, passages: passages), of: proceeding,
            scope: city.staff)
    }

    private func record(_ id: Int64) async throws -> ModerationRecord {
        try await city.installation.moderationRecord(of: ModerationTarget(id), in: proceeding, scope: city.staff)
    }

    @Test func suspectedPersonalDataWaitsForAModerator() async throws {
        let id = try await add()
        let held = try await comment("Ruf an: 0171 3920012", on: id)
        #expect(held.state == .pending)
        #expect(try await shown(id).commentCount == 0)
        let queue = try await city.installation.moderationQueue(of: proceeding, limit: 9, after: nil, scope: city.staff)
        #expect(queue.page.items.map(\.reference) == [.comment(held.id, on: .conception(id))])
        try await decide(.redact, held.id)
        try await decide(.publish, held.id)
        #expect(try await shown(id).commentCount == 1)
        let found = try await record(held.id)
        #expect(found.item.text == "Ruf an: ▮▮▮" && found.texts.map(\.cause) == ["redacted"])
    }

    @Test func aConceptionIsRedactedAndItsOldTextKept() async throws {
        let id = try await add()
        try await decide(.redact, id, passages: ["Zwei Reihen"])
        let conception = try await shown(id)
        #expect(conception.text == "▮▮▮ Bäume, dazwischen ein Weg." && conception.isRedacted && conception.version == 2)
        #expect(try await record(id).texts.first?.text.hasPrefix("Zwei Reihen") == true)
    }

    @Test func aBurstOfVotesFromOneNetworkIsTold() async throws {
        let id = try await add()
        for index in 0..<10 {
            _ = try await city.installation.castVote(
                .for, on: .conception(id), of: proceeding, origin: 7, scope: city.participant("p\(index)"))
        }
        #expect(try await shown(id).votesUp == 10)
        #expect(try await record(id).item.need.signs == .voteBurst)
    }

    @Test func participantsReadWhatIsHeldOfThem() async throws {
        let (id, scope) = (try await add(), city.participant("a"))
        let made = try await comment("Schön ist das.", on: id, scope: scope)
        _ = try await city.installation.castVote(.against, on: .conception(id), of: proceeding, scope: scope)
        let comments = try await city.installation.ownComments(limit: 9, after: nil, scope: scope).items
        #expect(comments.map(\.comment.root) == [.conception(id)] && comments.map(\.comment.id) == [made.id])
        let votes = try await city.installation.ownVotes(limit: 9, after: nil, scope: scope).items
        #expect(votes.map(\.kind) == [.conception] && votes.map(\.item) == [id])
    }

    @Test func erasingAParticipantTakesCommentsAndVotesBack() async throws {
        let (id, scope) = (try await add(), city.participant("a"))
        let top = try await comment("Schön ist das.", on: id, scope: scope)
        _ = try await comment("Finde ich auch", on: id, below: top.id)
        _ = try await city.installation.castVote(.for, on: .conception(id), of: proceeding, scope: scope)
        let erased = try await city.installation.eraseParticipant("a", scope: city.staff)
        #expect(erased.items == 1 && erased.votes == 1)
        let conception = try await shown(id)
        #expect(conception.votesUp == 0 && conception.commentCount == 0)
        #expect(try await record(top.id).item.state == .erased)
        #expect(try await city.installation.engine.integrityFaults() == [])
    }

    @Test func anAuthorErasesACommentWithTheReceiptAndNobodyAConception() async throws {
        let id = try await add()
        let made = try await city.installation.submitComment(
            NewComment(text: "Schön ist das."), on: .conception(id), of: proceeding, scope: city.anonymous)
        let item = ItemReference.comment(made.comment.id, on: .conception(id))
        #expect(
            try await city.installation.isReceipt(made.receipt, of: item, in: proceeding, scope: city.anonymous))
        try await city.installation.eraseOwn(item, of: proceeding, receipt: made.receipt, scope: city.anonymous)
        #expect(try await record(made.comment.id).item.text.isEmpty)
        let error = await #expect(throws: PlatformError.self) {
            try await city.installation.eraseOwn(
                .conception(id), of: proceeding, receipt: made.receipt, scope: city.participant("a"))
        }
        #expect(error?.code == .forbidden)
    }

    @Test func retentionErasesWhatNobodySeesAndCutsTheLinks() async throws {
        let (id, hidden) = (try await add(), try await add("Variante B: Platz"))
        let kept = try await comment("Schön ist das.", on: id, scope: city.participant("a"))
        let below = try await comment("Schade ist das.", on: hidden)
        try await decide(.hide, hidden)
        clock.advance(minutes: 366 * 1440)
        _ = try await city.installation.retain(isTrial: false, scope: city.staff)
        #expect(try await record(hidden).item.state == .erased)
        #expect(try await shown(id).commentCount == 1)
        let own = try await city.installation.ownComments(limit: 9, after: nil, scope: city.participant("a"))
        #expect(own.items.isEmpty, "the comment \(kept.id) is nobody's any more")
        // What stands on what was erased goes when that is as old.
        clock.advance(minutes: 366 * 1440)
        _ = try await city.installation.retain(isTrial: false, scope: city.staff)
        #expect(try await record(below.id).item.state == .erased)
    }

    @Test func receiversAreToldOfConceptionsAndOfCommentsOnThem() async throws {
        let (webhook, _) = try await city.installation.addWebhook(
            url: "https://example.org/hook", events: [], proceeding: proceeding, scope: city.staff)
        let id = try await add()
        let made = try await comment("Schön ist das.", on: id)
        try await decide(.hide, id)
        let change = {
            var change = ConceptionChange(); change.order = 3; return change
        }()
        _ = try await city.installation.changeConception(
            id, change, of: proceeding, precondition: .any, scope: city.staff)
        let log = try await city.installation.deliveries(of: webhook.id, limit: 9, after: nil, scope: city.staff).items
        #expect(
            log.reversed().map(\.event)
                == ["conception.created", "comment.created", "conception.state", "conception.changed"])
        #expect(log.reversed().map(\.item) == [id, made.id, id, id])
        #expect(log.compactMap(\.root) == [.conception(id)])
    }

    @Test func isNotCopiedWithItsProceedingAndGoesWithIt() async throws {
        let id = try await add()
        _ = try await comment("Schön ist das.", on: id)
        let copy = try await city.installation.clone(
            proceeding, changes: .object([.init("id", .string("kai-2"))]), scope: city.staff)
        let copied = try await city.installation.conceptions(of: copy, limit: 9, after: nil, scope: city.staff)
        #expect(copied.items.isEmpty)
        try await city.installation.delete(proceeding, version: nil, scope: city.staff)
        let left = try await city.installation.engine.read { connection in
            try ["conception", "comment", "vote", "earlier_text"].map { table in
                try connection.first("SELECT count(*) FROM \(raw: table)") { $0.integer(0) } ?? 0
            }
        }
        #expect(left == [0, 0, 0, 0])
        #expect(try await city.installation.engine.integrityFaults() == [])
    }
}
