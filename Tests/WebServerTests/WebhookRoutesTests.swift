import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import OutboundHTTP
import ServiceLifecycle
import TestSupport
import Testing

@testable import WebServer

struct WebhookRoutesTests {
    @Test func keepsWebhooksForAdministratorsAndShowsTheSecretOnce() async throws {
        let city = try await CityServer()
        let body =
            #"{"url": "https://example.org/hook", "events": ["contribution.created"], "proceeding": "radverkehr"}"#
        #expect(try await city.post("/api/v1/webhooks", body).status == .unauthorized)
        let made = try await city.post("/api/v1/webhooks", body, headers: CityServer.staff)
        #expect(made.status == .created && made.text.contains(#""secret":""#))
        let list = try await city.send("/api/v1/webhooks", headers: CityServer.staff)
        #expect(list.text.contains("https://example.org/hook") && !list.text.contains("secret"))
        #expect(list.text.contains(#""proceeding":"radverkehr""#))
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        let log = try await city.send(path + "/deliveries", headers: CityServer.staff)
        #expect(log.text.contains(#""event":"contribution.created""#) && log.text.contains(#""outcome":"waiting""#))
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .notFound)
        #expect(try await city.send(path + "/deliveries", headers: CityServer.staff).status == .notFound)
    }

    @Test(arguments: [
        #"{"url": "file:///etc/passwd"}"#, #"{"events": []}"#, #"{"url": "https://a.b", "events": ["x"]}"#,
        #"{"url": "https://a.b", "events": "x"}"#, #"{"url": "https://a.b", "secret": "mine"}"#,
    ])
    func refusesWhatIsNoWebhook(body: String) async throws {
        let city = try await CityServer()
        let answer = try await city.post("/api/v1/webhooks", body, headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent)
    }

    @Test func anotherTenantsWebhookIsNotThere() async throws {
        let city = try await CityServer()
        let made = try await city.post(
            "/api/v1/webhooks", #"{"url": "https://example.org/hook"}"#, headers: CityServer.staff)
        let path = try #require(made.headers[.location])
        let other = "/t/bonn" + path
        #expect(try await city.send(other, method: .delete, headers: CityServer.staff).status == .notFound)
        #expect(try await city.send(other + "/deliveries", headers: CityServer.staff).status == .notFound)
        #expect(try await city.send("/api/v1/webhooks", headers: CityServer.staff).text.contains("example.org"))
    }

    @Test(.timeLimit(.minutes(5)))
    func aRunningServerDelivers() async throws {
        let receiver = try LoopbackServer { _ in .init(status: 204) }
        defer { receiver.stop() }
        let city = try await CityServer {
            $0.outbound = OutboundPolicy(origins: [receiver.origin])
            $0.port = 0
            $0.noticeTime = .milliseconds(10)
        }
        _ = try await city.post(
            "/api/v1/webhooks", #"{"url": "\#(receiver.origin)/hook"}"#, headers: CityServer.staff)
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(configuration: .init(services: [city.server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            while receiver.requests.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(receiver.requests.map(\.path) == ["/hook"])
    }

    @Test func theCockpitTellsTotalsAndChangesItsTagWithThem() async throws {
        let city = try await CityServer()
        let first = try await city.send("/api/v1/cockpit")
        let tag = try #require(first.headers[.eTag])
        #expect(try await city.send("/api/v1/cockpit", headers: [.ifNoneMatch: tag]).status == .notModified)
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        let later = try await city.send("/api/v1/cockpit", headers: [.ifNoneMatch: tag])
        #expect(later.text.hasPrefix(#"{"totals":{"proceedings":1,"contributions":1,"comments":0,"#))
        #expect(later.text.contains(#""phases":{"unstarted":0,"phase1":1"#))
    }

    @Test func theProfileOfDIPASIsATable() async throws {
        let city = try await CityServer()
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        let answer = try await city.send("/api/v1/proceedings/radverkehr/export?profile=dipas")
        #expect(answer.headers[.contentType] == "text/csv; charset=utf-8; header=present")
        #expect(answer.text.contains("Node ID;Category;Rubric;"))
        #expect(try await city.send("/api/v1/proceedings/radverkehr/export?profile=other").status == .badRequest)
        #expect(
            try await city.send("/api/v1/proceedings/radverkehr/export?profile=dipas&f=geojson").status == .badRequest)
    }
}
