import Foundation
import GeoCore
import OutboundHTTP
import Participation
import Platform
import Storage
import Synchronization
import TestSupport
import Testing

struct WebhookTests {
    private func submit(_ city: TestCity, _ title: String = "Mehr Bänke") async throws -> Contribution {
        try await city.installation.submitContribution(
            NewContribution(
                title: title, text: "Am Ufer fehlen Bänke für alle.", category: "radverkehr",
                geometry: .point(Position(9.9, 53.39))),
            to: city.proceeding(), scope: city.anonymous
        ).contribution
    }

    private func add(
        _ city: TestCity, _ url: String, events: Set<FeedEvent> = [], proceeding: Proceeding? = nil
    ) async throws -> (webhook: Webhook, secret: String) {
        let (webhook, secret) = try await city.installation.addWebhook(
            url: url, events: events, proceeding: proceeding, scope: city.staff)
        return (webhook, try #require(secret))
    }

    private func log(_ city: TestCity, _ webhook: Webhook) async throws -> [WebhookDelivery] {
        try await city.installation.deliveries(of: webhook.id, limit: 100, after: nil, scope: city.staff).items
    }

    @Test func tellsOfAContributionWithASignatureThatHolds() async throws {
        let city = try await TestCity()
        let server = try LoopbackServer { _ in .init(status: 204) }
        defer { server.stop() }
        let (webhook, secret) = try await add(city, server.origin + "/hook")
        let contribution = try await submit(city)
        let policy = OutboundPolicy(origins: [server.origin])
        #expect(try await city.installation.deliverWebhooks(policy: policy) == 1)
        #expect(try await city.installation.deliverWebhooks(policy: policy) == 0)

        let request = try #require(server.requests.first)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["event"] as? String == "contribution.created" && body["item"] as? String == "\(contribution.id)")
        #expect(body["proceeding"] as? String == "musterstadt-mobil" && body["tenant"] as? String == "musterstadt")
        #expect(!String(decoding: request.body, as: UTF8.self).contains("Bänke"))
        let signature = try #require(request.fields["mitplan-signature"])
        let seconds = try #require(Int64(signature.dropFirst(2).prefix { $0 != "," }))
        #expect(signature == WebhookSignature.field(request.body, key: Array(secret.utf8), seconds: seconds))
        #expect(signature != WebhookSignature.field(request.body + [32], key: Array(secret.utf8), seconds: seconds))
        #expect(try await log(city, webhook).map(\.outcome) == [.delivered])
    }

    @Test func computesTheSignatureAsOthersDo() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
        #expect(
            WebhookSignature.field(Array("{}".utf8), key: Array("secret".utf8), seconds: 1_700_000_000)
                == "t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163")
    }

    @Test func aRefusedChangeTellsNothing() async throws {
        let city = try await TestCity()
        let (webhook, _) = try await add(city, "https://example.org/hook")
        await #expect(throws: PlatformError.self) { try await submit(city, "x") }
        #expect(try await log(city, webhook).isEmpty)
        // A transaction that is rolled back takes its event with it.
        let (proceeding, scope) = (try await city.proceeding(), city.staff)
        await #expect(throws: PlatformError.self) {
            try await city.installation.engine.write { connection in
                _ = try scope.writer(connection).insert(
                    [PlacedContribution(Contribution(title: "Titel", text: "Text", created: 0), point: nil)],
                    into: proceeding)
                throw PlatformError(.conflict, "stop")
            }
        }
        #expect(try await log(city, webhook).isEmpty)
    }

    @Test func triesAgainLaterAndLaterAndThenGivesUp() async throws {
        let clock = Mutex<Int64>(1_777_593_600_000)
        let city = try await TestCity(now: { clock.withLock { $0 } })
        let installation = city.installation
        let failing = Mutex(true)
        let server = try LoopbackServer { _ in .init(status: failing.withLock { $0 } ? 500 : 200) }
        defer { server.stop() }
        let (webhook, _) = try await add(city, server.origin)
        _ = try await submit(city)
        _ = try await submit(city, "Noch eine Bank")
        let policy = OutboundPolicy(origins: [server.origin])
        // The second waits too: nothing goes to a receiver that fails before the next attempt is due.
        #expect(try await installation.deliverWebhooks(policy: policy) == 1)
        #expect(try await installation.deliverWebhooks(policy: policy) == 0)
        clock.withLock { $0 += 29_999 }
        #expect(try await installation.deliverWebhooks(policy: policy) == 0)
        clock.withLock { $0 += 1 }
        #expect(try await installation.deliverWebhooks(policy: policy) == 1)
        #expect(try await log(city, webhook).map(\.attempts) == [0, 2])
        failing.withLock { $0 = false }
        clock.withLock { $0 += 60_000 }
        #expect(try await installation.deliverWebhooks(policy: policy) == 2)
        #expect(try await log(city, webhook).map(\.outcome) == [.delivered, .delivered])

        failing.withLock { $0 = true }
        _ = try await submit(city, "Und eine dritte Bank")
        for _ in 0..<30 {
            _ = try await installation.deliverWebhooks(policy: policy)
            clock.withLock { $0 += 21_600_000 }
        }
        let last = try #require(try await log(city, webhook).first)
        #expect(last.outcome == .givenUp && last.attempts == BackOff.mostAttempts && last.status == 500)
    }

    @Test func neverReachesAnAddressThatIsNotAllowed() async throws {
        let city = try await TestCity()
        let server = try LoopbackServer { _ in .init() }
        defer { server.stop() }
        let (webhook, _) = try await add(city, server.origin.replacing("http:", with: "https:"))
        _ = try await submit(city)
        #expect(try await city.installation.deliverWebhooks(policy: .publicHosts) == 1)
        let entry = try #require(try await log(city, webhook).first)
        #expect(entry.outcome == .waiting && entry.fault?.contains("not a public address") == true)
        #expect(server.requests.isEmpty)
    }

    @Test func tellsOnlyWhatWasAskedFor() async throws {
        let city = try await TestCity()
        let states = try await add(city, "https://example.org/a", events: [.contributionState])
        let all = try await add(city, "https://example.org/b", proceeding: city.proceeding())
        let stored = try await submit(city)
        try await city.installation.engine.write { connection in
            try connection.execute("UPDATE contribution SET state = 2 WHERE id = \(stored.id)")
            try connection.execute("UPDATE contribution SET state = 2 WHERE id = \(stored.id)")
        }
        #expect(try await log(city, states.webhook).map(\.event) == ["contribution.state"])
        #expect(try await log(city, all.webhook).map(\.event) == ["contribution.state", "contribution.created"])
        #expect(try await log(city, all.webhook).first?.state == .hidden)
        try await city.installation.removeWebhook(all.webhook.id, scope: city.staff)
        await #expect(throws: PlatformError.self) { try await log(city, all.webhook) }
    }

    @Test func importsAreNoNews() async throws {
        let city = try await TestCity()
        let (webhook, _) = try await add(city, "https://example.org/hook", events: [.contributionCreated])
        _ = try await city.importContributions()
        #expect(try await log(city, webhook).isEmpty)
    }

    @Test func belongsToAdministratorsAlone() async throws {
        let city = try await TestCity()
        for scope in [city.anonymous, Scope(tenant: city.staff.tenant, viewer: Viewer(grants: [Grant(.planner)]))] {
            await #expect(throws: PlatformError.self) { try await city.installation.webhooks(scope: scope) }
        }
    }

    @Test(arguments: [
        "", "ftp://example.org", "https://user:secret@example.org/", "https://exa mple.org", "javascript:1",
    ])
    func refusesAddressesThatAreNone(url: String) async throws {
        let city = try await TestCity()
        await #expect(throws: PlatformError.self) { try await add(city, url) }
    }

    @Test(arguments: [(1, 30_000), (2, 60_000), (3, 120_000), (11, 21_600_000), (18, 21_600_000)] as [(Int64, Int64)])
    func waitsTwiceAsLongEachTime(attempts: Int64, delay: Int64) {
        #expect(BackOff.delay(after: attempts) == delay)
    }

    @Test func tellsOfAnOfficialAnswer() async throws {
        let city = try await TestCity()
        let contribution = try await submit(city)
        let (webhook, _) = try await add(city, "https://example.org/hook")
        _ = try await city.installation.giveAnswer(
            OfficialAnswer(status: .accepted, text: "Das machen wir."), to: [contribution.id], of: city.proceeding(),
            scope: city.staff)
        let events = try await log(city, webhook)
        #expect(events.map(\.event) == ["answer.created"] && events.first?.root == .contribution(contribution.id))
    }

    @Test func tellsOfVotesOnlyWhereTheyWereAskedForByName() async throws {
        let city = try await TestCity()
        let contribution = try await submit(city)
        let (everything, _) = try await add(city, "https://example.org/all")
        let (votes, _) = try await add(city, "https://example.org/votes", events: [.contributionVotes])
        let item = ItemReference.contribution(contribution.id)
        for vote in [Vote.for, .for, .against, nil] {
            _ = try await city.installation.castVote(
                vote, on: item, of: city.proceeding(), scope: city.participant("a"))
        }
        // The same vote again is no change.
        let told = try await log(city, votes)
        #expect(told.map(\.event) == Array(repeating: "contribution.votes", count: 3))
        #expect(told.allSatisfy { $0.item == contribution.id && $0.created > 1_700_000_000_000 })
        #expect(try await log(city, everything).isEmpty)
    }

    @Test func leavesATraceOfWhoAddedAndRemovedIt() async throws {
        let city = try await TestCity()
        let (webhook, _) = try await add(city, "https://example.org/hook")
        try await city.installation.removeWebhook(webhook.id, scope: city.staff)
        let events = try await city.installation.auditEvents(limit: 2, scope: city.staff).items
        #expect(Set(events.map(\.action)) == ["webhook.add", "webhook.remove"])
        #expect(events.allSatisfy { $0.item == "webhooks/\(webhook.id)" })
    }
}
