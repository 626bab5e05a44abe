import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ServerTests {
    @Test func answersUnderTheTenantAndWithoutPrefix() async throws {
        for prefix in ["", "/t/hamburg"] {
            let response = try await SampleServer().send(prefix + "/api/v1/sample/a-1?limit=7")
            #expect(response.status == .ok)
            #expect(response.text == #"{"limit":"7","name":"a-1"}"#)
        }
    }

    @Test func asksForCredentialsOnStaffRoutes() async throws {
        let response = try await SampleServer().send("/api/v1/sample/a", method: .put)
        #expect(response.status == .unauthorized)
        #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        #expect(response.text.contains("planner, tenantAdmin"))
    }

    @Test(
        arguments: [
            (nil, 401), ("Bearer wrong", 401), ("Bearer s3cre", 401), ("Bearer s3crett", 401), ("Basic s3cret", 401),
            ("s3cret", 401), ("Bearer s3cret", 200), ("bearer s3cret", 200),
        ] as [(String?, Int)])
    func opensStaffRoutesWithTheToken(_ field: String?, _ status: Int) async throws {
        var server = SampleServer()
        server.settings.adminToken = "s3cret"
        var headers: HTTPFields = [:]
        headers[.authorization] = field
        let response = try await server.send("/api/v1/sample/a", method: .put, headers: headers)
        #expect(response.status.code == status)
        if status == 401 { #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true) }
    }

    @Test func tellsWhetherItIsReady() async throws {
        #expect(try await SampleServer().send("/health/live").status == .ok)
        #expect(try await SampleServer().send("/health/ready").status == .ok)
        #expect(try await SampleServer(isStoreWritable: false).send("/health/ready").status == .serviceUnavailable)
        let stopping = SampleServer()
        stopping.state.stop()
        #expect(try await stopping.send("/health/ready").status == .serviceUnavailable)
        #expect(try await stopping.send("/health/live").status == .ok)
    }

    @Test func turnsAwayWhatIsTooMuchButNotHealth() async throws {
        var server = SampleServer()
        server.settings.maximumRequests = 0
        let response = try await server.send("/api/v1/sample/a")
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter].flatMap { Int($0) }.map { (1...5).contains($0) } == true)
        #expect(try await server.send("/health/live").status == .ok)
    }

    @Test func letsAnySiteReadPublicData() async throws {
        let response = try await SampleServer().send("/api/v1/sample/a", headers: [.origin: "https://example.org"])
        #expect(response.headers[.accessControlAllowOrigin] == "*")
        let preflight = try await SampleServer().send(
            "/api/v1/sample/a", method: .options,
            headers: [.origin: "https://example.org", .accessControlRequestMethod: "GET"])
        #expect(preflight.status == .noContent)
        #expect(preflight.headers[.accessControlAllowMethods] == "GET, HEAD")
        #expect(preflight.headers[.accessControlAllowCredentials] == nil)
    }

    @Test func knowsWhatTheClientHas() async throws {
        let fresh = try await SampleServer().send("/api/v1/large")
        #expect(fresh.headers[.eTag] == "\"v1\"")
        #expect(fresh.headers[.contentEncoding] == nil)
        for field in ["\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"] {
            let response = try await SampleServer().send("/api/v1/large", headers: [.ifNoneMatch: field])
            #expect(response.status == .notModified)
            #expect(response.body.readableBytes == 0)
        }
        #expect(try await SampleServer().send("/api/v1/large", headers: [.ifNoneMatch: "\"v2\""]).status == .ok)
    }

    @Test func compressesForThoseWhoAcceptIt() async throws {
        let response = try await SampleServer().send("/api/v1/large", headers: [.acceptEncoding: "br, gzip;q=0.5"])
        #expect(response.headers[.contentEncoding] == "gzip")
        #expect(response.headers[.vary] == "Accept-Encoding")
        #expect(response.body.readableBytes < 1000)
        #expect(Array(response.body.readableBytesView.prefix(2)) == [0x1F, 0x8B])
        let plain = try await SampleServer().send("/api/v1/large", headers: [.acceptEncoding: "gzip;q=0, *;q=1"])
        #expect(plain.body.readableBytes == 100_000)
    }

    @Test func runsAnalysesOffTheEventLoop() async throws {
        #expect(try await SampleServer().send("/api/v1/analysis").text == #"{"answer":42}"#)
        var full = SampleServer()
        full.settings.computeQueue = 0
        #expect(try await full.send("/api/v1/analysis").status == .serviceUnavailable)
    }

    @Test(.timeLimit(.minutes(5)))
    func anAnalysisThatCannotBeginSoonIsToComeAgain() async throws {
        var sample = SampleServer()
        sample.settings.analysisWait = .seconds(3)
        sample.settings.begunAnalyses = 1
        let probe = sample.probe
        try await sample.make().application.test(.router) { client in
            let slow = Task { try await client.execute(uri: "/api/v1/slow", method: .get) { $0.status } }
            await probe.waitForStart()
            let response = try await client.execute(uri: "/api/v1/analysis", method: .get) { $0 }
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] != nil)
            // Another tenant has nothing before it.
            let other = try await client.execute(uri: "/t/hamburg/api/v1/analysis", method: .get) { $0.status }
            #expect(other == .ok)
            slow.cancel()
            _ = try? await slow.value
        }
    }

    @Test func countsRequestsByRouteTemplate() async throws {
        let text = try await SampleServer().make().application.test(.router) { client in
            for name in ["a", "b"] {
                _ = try await client.execute(uri: "/t/x/api/v1/sample/\(name)", method: .get)
            }
            _ = try await client.execute(uri: "/nothing", method: .get)
            return try await client.execute(uri: "/metrics", method: .get)
        }
        #expect(text.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
        let line = #"mitplan_http_requests_total{method="GET",route="/api/v1/sample/{name}",status="2xx"} 2"#
        #expect(text.text.contains(line))
        #expect(text.text.contains("mitplan_http_requests_in_flight 0"))
        #expect(text.text.contains("process_resident_memory_bytes"))
    }

    @Test(arguments: ["de", "en"])
    func hasPagesInTwoLanguages(_ language: String) async throws {
        for path in ["/", "/docs"] {
            let page = try await SampleServer().send(path, headers: [.acceptLanguage: language])
            #expect(page.text.contains("<html lang=\"\(language)\">"))
            #expect(page.text.contains("class=\"skip\""))
            #expect(!page.text.contains("<script"))
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test func neverShowsTheSecretWhenItIsPrinted() async throws {
        var sample = SampleServer()
        sample.settings.adminToken = "a-secret-of-the-test"
        let server = try await sample.make { _ in }
        var text = "\(server) \(sample.settings) \(String(reflecting: server)) \([sample.settings])"
        dump(server, to: &text)
        dump(sample.settings, to: &text)
        #expect(!text.contains("a-secret"))
    }
}
