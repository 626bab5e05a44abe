import Foundation
import GeoCore
import Participation
import Platform
import SQLiteEngine
import Storage
import Synchronization
import TestSupport
import Testing

struct RetainTests {
    private static let day: Int64 = 86_400_000

    @Test func cutsErasesAndDeletesWhenItIsTimeAndTellsItBefore() async throws {
        let clock = Mutex<Int64>(1_777_593_600_000)
        let folder = try TemporaryDirectory()
        let installation = Installation(
            engine: try EmbeddedStore(path: folder.path("store.sqlite")), now: { clock.withLock { $0 } })
        let tenant = try await installation.createTenant(Tenant(id: "stadt", name: "Stadt"), isDefault: true)
        let staff = Scope(tenant: tenant, viewer: .staff)
        let citizen = Scope(tenant: tenant, viewer: Viewer(participant: "p-1"))
        let start = clock.withLock { $0 }
        let document = """
            {"id": "rad", "name": "Rad", "schedule": {"phase1Start": "2026-01-01", "phase1End": "2026-06-30"},
            "settings": {"retention": {"participantDays": 10, "unpublishedDays": 400, "redactedDays": 5}}}
            """
        let proceeding = try await installation.createProceeding(
            ProceedingDocument(json: Array(document.utf8), tenant: tenant), scope: staff)
        #expect(
            proceeding.settings.retention == RetentionTimes(participantDays: 10, unpublishedDays: 400, redactedDays: 5))
        func submit(_ text: String) async throws -> Int64 {
            try await installation.submitContribution(
                NewContribution(title: "Ein Beitrag", text: text), to: proceeding, scope: citizen
            ).contribution.id
        }
        let shown = try await submit("Bleibt für immer sichtbar.")
        let hidden = try await submit("Wird verborgen und später gelöscht.")
        _ = try await installation.castVote(.for, on: .contribution(shown), of: proceeding, scope: citizen)
        _ = try await installation.moderate(
            [ModerationTarget(hidden)], ModerationDecision(.hide, reason: .insult), of: proceeding, scope: staff)
        _ = try await installation.moderate(
            [ModerationTarget(shown)], ModerationDecision(.redact, reason: .other, passages: ["für immer"]),
            of: proceeding, scope: staff)
        #expect(try await installation.retain(isTrial: true, scope: staff).isEmpty)

        clock.withLock { $0 = start + 6 * Self.day }
        #expect(try await installation.retain(isTrial: true, scope: staff).map(\.counts.earlierTexts) == [1])
        // After the end of June, and ten days.
        clock.withLock { $0 = start + 80 * Self.day }
        let trial = try await installation.retain(isTrial: true, scope: staff)
        #expect(trial.map(\.counts.participantLinks) == [3])
        #expect(try await installation.retain(isTrial: true, scope: staff).map(\.counts) == trial.map(\.counts))
        #expect(try await installation.retain(isTrial: false, scope: staff).map(\.counts) == trial.map(\.counts))
        #expect(try await installation.retain(isTrial: true, scope: staff).isEmpty)
        let left = try await installation.contribution(shown, of: proceeding, scope: staff)
        #expect(left.author == nil && left.votesUp == 1 && left.text == "Bleibt ▮▮▮ sichtbar.")

        clock.withLock { $0 = start + 401 * Self.day }
        #expect(try await installation.retain(isTrial: false, scope: staff).map(\.counts.items) == [1])
        let record = try await installation.moderationRecord(
            of: ModerationTarget(hidden), in: proceeding, scope: staff)
        #expect(record.item.state == .erased)
        await #expect(throws: PlatformError.self) { try await installation.retain(isTrial: true, scope: citizen) }
    }
}
