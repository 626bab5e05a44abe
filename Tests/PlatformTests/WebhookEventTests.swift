import Foundation
import GeoCore
import OutboundHTTP
import Participation
import Platform
import Storage
import TestSupport
import Testing

/// What receivers are told of proceedings, appointments and downloads, in the transaction of the change.
struct WebhookEventTests {
    private let city: TestCity
    private let all: Webhook
    private let one: Webhook
    private static let time: Int64 = 1_777_593_600_000

    init() async throws {
        city = try await TestCity()
        let (installation, staff) = (city.installation, city.staff)
        all = try await installation.addWebhook(
            url: "https://example.org/all", events: [], proceeding: nil, scope: staff
        ).webhook
        one = try await installation.addWebhook(
            url: "https://example.org/one", events: [], proceeding: city.proceeding(), scope: staff
        ).webhook
    }

    private func log(_ webhook: Webhook) async throws -> [WebhookDelivery] {
        try await city.installation.deliveries(of: webhook.id, limit: 100, after: nil, scope: city.staff).items
            .reversed()
    }

    private func change(_ patch: String) async throws {
        _ = try await city.installation.change(
            city.proceeding(), patch: JSONValue.parse(Array(patch.utf8)), version: nil, scope: city.staff)
    }

    private func offer(_ title: String) async throws -> Download {
        let file = city.folder.path("plan.pdf")
        try Data("%PDF-1.7 \(title)".utf8).write(to: URL(fileURLWithPath: file))
        return try await city.installation.addDownload(
            Download(title: title), path: file, name: "plan.pdf", to: city.proceeding(), scope: city.staff
        ).download
    }

    private func meet(_ title: String) async throws -> Appointment {
        try await city.installation.addAppointment(
            NewAppointment(title: title, start: Self.time, end: Self.time + 3_600_000), to: city.proceeding(),
            scope: city.staff
        ).appointment
    }

    @Test func tellsOfAppointments() async throws {
        let (installation, staff, proceeding) = (city.installation, city.staff, try await city.proceeding())
        let appointment = try await meet("Auftakt")
        var change = AppointmentChange()
        change.title = "Auftakt"
        let same = try await installation.changeAppointment(
            appointment.id, change, of: proceeding, precondition: .any, scope: staff)
        #expect(same.version == appointment.version)
        change.title = "Auftakt im Rathaus"
        _ = try await installation.changeAppointment(
            appointment.id, change, of: proceeding, precondition: .any, scope: staff)
        try await installation.removeAppointment(appointment.id, of: proceeding, scope: staff)
        for webhook in [all, one] {
            let told = try await log(webhook)
            #expect(told.map(\.event) == ["appointment.created", "appointment.changed", "appointment.deleted"])
            #expect(told.allSatisfy { $0.item == appointment.id && $0.created == Self.time })
        }
    }

    @Test func tellsOfDownloadsWhenTheirFileIsIn() async throws {
        let (installation, staff, proceeding) = (city.installation, city.staff, try await city.proceeding())
        let download = try await offer("Ein Plan")
        var change = DownloadChange()
        change.isArchived = true
        _ = try await installation.changeDownload(download.id, change, of: proceeding, scope: staff)
        try await installation.removeDownload(download.id, of: proceeding, scope: staff)
        let told = try await log(one)
        #expect(told.map(\.event) == ["download.created", "download.changed", "download.deleted"])
        #expect(told.allSatisfy { $0.item == download.id && $0.created == Self.time })
    }

    @Test func tellsOfAProceedingThatChangesOrIsPutAway() async throws {
        try await change(#"{"name": "Anders"}"#)
        try await change(#"{"state": "archived"}"#)
        try await change(#"{"name": "Noch anders", "state": "active"}"#)
        _ = try await city.installation.replaceTypes(
            [ContributionType(id: "idee", name: "Idee")], of: city.proceeding(), version: nil, scope: city.staff)
        let told = try await log(one)
        #expect(
            told.map(\.event) == [
                "proceeding.changed", "proceeding.archived", "proceeding.changed", "proceeding.changed",
            ])
        #expect(told.allSatisfy { $0.item == nil && $0.proceeding == "musterstadt-mobil" })
    }

    @Test func aChangeOfDataIsNoneOfTheProceeding() async throws {
        _ = try await city.installation.submitContribution(
            NewContribution(
                title: "Mehr Bänke", text: "Am Ufer fehlen Bänke für alle.", category: "radverkehr",
                geometry: .point(Position(9.9, 53.39))),
            to: city.proceeding(), scope: city.anonymous)
        #expect(try await log(all).map(\.event) == ["contribution.created"])
    }

    @Test func tellsReceiversOfTheTenantOfAProceedingThatIsGone() async throws {
        _ = try await meet("Auftakt")
        _ = try await offer("Ein Plan")
        let before = try await log(all).map(\.id)
        try await city.installation.delete(city.proceeding(), version: nil, scope: city.staff)
        let told = try await log(all)
        // What waited goes with it, and nothing is told of its parts.
        #expect(told.map(\.event) == ["proceeding.deleted"])
        #expect(told.first?.proceeding == "musterstadt-mobil" && told.first?.created == Self.time)
        #expect(before.allSatisfy { $0 < told.first?.id ?? 0 })
        await #expect(throws: PlatformError.self) { try await log(one) }
    }

    @Test func theEventOfAProceedingThatIsGoneIsDelivered() async throws {
        let server = try LoopbackServer { _ in .init(status: 204) }
        defer { server.stop() }
        _ = try await city.installation.addWebhook(
            url: server.origin + "/hook", events: [.proceedingDeleted], proceeding: nil, scope: city.staff)
        try await city.installation.delete(city.proceeding(), version: nil, scope: city.staff)
        #expect(try await city.installation.deliverWebhooks(policy: .init(origins: [server.origin])) == 2)
        let request = try #require(server.requests.first)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["event"] as? String == "proceeding.deleted" && body["item"] is NSNull)
        #expect(body["proceeding"] as? String == "musterstadt-mobil" && body["tenant"] as? String == "musterstadt")
    }

    @Test func tellsOfACopyWhenItIsWholeAndNotOfItsParts() async throws {
        _ = try await meet("Auftakt")
        _ = try await offer("Ein Plan")
        let before = try await log(all).count
        _ = try await city.installation.clone(
            city.proceeding(), changes: JSONValue.parse(Array(#"{"id": "kopie", "name": "Kopie"}"#.utf8)),
            scope: city.staff)
        let told = try await log(all).dropFirst(before)
        #expect(told.map(\.event) == ["proceeding.created"] && told.first?.proceeding == "kopie")
    }

    @Test func aChangeThatIsRolledBackTellsNothing() async throws {
        let (scope, proceeding) = (city.staff, try await city.proceeding())
        await #expect(throws: PlatformError.self) {
            try await city.installation.engine.write { connection in
                try scope.writer(connection).delete(proceeding, now: Self.time)
                throw PlatformError(.conflict, "stop")
            }
        }
        #expect(try await log(all).isEmpty)
    }

    @Test(arguments: FeedEvent.allCases)
    func everyEventCanBeAskedForByItsName(event: FeedEvent) async throws {
        let added = try await city.installation.addWebhook(
            url: "https://example.org/named", events: [event], proceeding: nil, scope: city.staff)
        let stored = try await city.installation.webhooks(scope: city.staff)
        #expect(stored.first { $0.id == added.webhook.id }?.events == [event])
    }
}
