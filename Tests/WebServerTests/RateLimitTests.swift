import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import Storage
import Synchronization
import Testing

@testable import WebServer

struct RateLimitTests {
    /// A clock that a test sets.
    private final class Clock: Sendable {
        let seconds = Mutex(0.0)
        func advance(_ by: Double) { seconds.withLock { $0 += by } }
    }

    private func makeLimiter() -> (RateLimiter, Clock) {
        let clock = Clock()
        return (RateLimiter(now: { clock.seconds.withLock { $0 } }), clock)
    }

    private func count(
        _ limiter: RateLimiter, _ rateClass: RateClass, caller: String? = nil, network: NetworkPrefix.Name? = nil,
        tenant: Int64 = 1, factor: Double = 1, of tries: Int
    ) -> Int {
        (0..<tries).count { _ in
            (try? limiter.take(rateClass, tenant: tenant, caller: caller, network: network, factor: factor)) != nil
        }
    }

    @Test func letsABurstThroughAndThenThePace() throws {
        let (limiter, clock) = makeLimiter()
        #expect(count(limiter, .contributions, caller: "a", of: 10) == 4)
        #expect(count(limiter, .contributions, caller: "b", of: 10) == 4)
        #expect(count(limiter, .contributions, caller: "a", tenant: 2, of: 10) == 4)
        clock.advance(14)
        #expect(count(limiter, .contributions, caller: "a", of: 10) == 0)
        clock.advance(1)
        #expect(count(limiter, .contributions, caller: "a", of: 10) == 1)
    }

    @Test func statisticsOfAreasAreAsDearAsOtherAnalyses() async throws {
        let city = try await CityServer()
        func rateClass(_ end: String) -> RateClass? {
            city.server.descriptions.first { $0.method == .get && $0.path.hasSuffix(end) }?.rateClass
        }
        #expect(rateClass("/statistics/areas") == .analysis)
        #expect(rateClass("/comparison") == .analysis && rateClass("/ranking") == .analysis)
        #expect(rateClass("/{proceeding}/statistics") == .statistics)
    }

    @Test func statisticsAreCountedForThemselves() {
        let (limiter, _) = makeLimiter()
        #expect(count(limiter, .statistics, caller: "a", of: 100) == 60)
        #expect(count(limiter, .analysis, caller: "a", of: 100) == 30)
    }

    @Test func keepsTheHourToo() {
        let (limiter, clock) = makeLimiter()
        var sum = 0
        for _ in 0..<30 {
            sum += count(limiter, .contributions, caller: "a", of: 10)
            clock.advance(60)
        }
        // 30 at once and half an hour of refill, not 4 a minute.
        #expect(sum == 44 || sum == 45)
    }

    @Test func tellsHowLongToWait() throws {
        let (limiter, _) = makeLimiter()
        _ = count(limiter, .contributions, caller: "a", of: 4)
        do {
            _ = try limiter.take(.contributions, tenant: 1, caller: "a", network: nil, factor: 1)
            Issue.record("it was let through")
        } catch let problem as Problem {
            #expect(problem.status == .tooManyRequests)
            #expect(problem.headers[.retryAfter] == "15")
            let (limit, policy) = (HTTPField.Name("RateLimit") ?? .via, HTTPField.Name("RateLimit-Policy") ?? .via)
            #expect(problem.headers[limit] == #""contributions";r=0;t=15"#)
            #expect(problem.headers[policy] == #""contributions";q=4;w=60"#)
        }
    }

    @Test func growsWithTheFactorAndVanishesAtZero() throws {
        let (limiter, _) = makeLimiter()
        #expect(count(limiter, .contributions, caller: "a", factor: 3, of: 50) == 12)
        #expect(try limiter.take(.contributions, tenant: 1, caller: "b", network: nil, factor: 0) == nil)
    }

    @Test func countsANetworkOverAllItsCallers() {
        let (limiter, _) = makeLimiter()
        let network = NetworkPrefix(trustedProxies: []).name([10, 0, 0, 1])
        let sum = (0..<20).map { count(limiter, .contributions, caller: "c\($0)", network: network, of: 4) }
        #expect(sum.reduce(0, +) == 30)
    }

    @Test func makesNetworksWaitThatGuess() throws {
        let (limiter, clock) = makeLimiter()
        let door = RateLimiter.Door(tenant: 1, network: NetworkPrefix(trustedProxies: []).name([10, 0, 0, 1]))
        let begins = (0..<10).map { _ in limiter.noteFailure(at: door) }
        #expect(begins.firstIndex(of: true) == 9)
        #expect(throws: Problem.self) { try limiter.checkCredentials(at: door) }
        clock.advance(901)
        try limiter.checkCredentials(at: door)
    }

    @Test func guessesAtOneTenantKeepNobodyWaitingAtAnother() throws {
        let (limiter, _) = makeLimiter()
        let network = NetworkPrefix(trustedProxies: []).name([10, 0, 0, 1])
        let (guessed, other) = (
            RateLimiter.Door(tenant: 1, network: network), RateLimiter.Door(tenant: 2, network: network)
        )
        for _ in 0..<15 { _ = limiter.noteFailure(at: guessed) }
        #expect(throws: Problem.self) { try limiter.checkCredentials(at: guessed) }
        try limiter.checkCredentials(at: other)
        let begins = (0..<30).map { _ in limiter.noteFailure(at: other, factor: 3) }
        #expect(begins.firstIndex(of: true) == 29)
    }

    /// Over a socket, where a network has an address: fifteen wrong keys at one tenant, then good ones everywhere.
    @Test(.timeLimit(.minutes(5)))
    func wrongKeysOfATenantHoldNeitherOthersNorTenantsWithoutLimits() async throws {
        let city = try await CityServer { $0.rateFactor = 1 }
        var change = TenantChange()
        change.rateFactor = 0
        let lifted = change
        let bonn = try #require(try await city.installation.tenant("bonn"))
        try await city.server.application.test(.live) { client in
            func status(_ tenant: String, _ token: String) async throws -> HTTPResponse.Status {
                try await client.execute(
                    uri: "/t/\(tenant)/api/v1/account", method: .get, headers: [.authorization: "Bearer \(token)"]
                ).status
            }
            for _ in 0..<15 { _ = try await status("hamburg", "mp_1_wrong") }
            #expect(try await status("hamburg", "mp_1_wrong") == .tooManyRequests)
            #expect(try await status("bonn", CityServer.token) == .ok)
            _ = try await city.installation.change(lifted, scope: Scope(tenant: bonn, viewer: .staff))
            for _ in 0..<15 { #expect(try await status("bonn", "mp_1_wrong") == .unauthorized) }
            #expect(try await status("bonn", CityServer.token) == .ok)
        }
    }

    /// Refusals that are no guesses meet a limit of their own, which keeps nothing else waiting.
    @Test func refusesOnlyWhatIsTooMuchOfWhatIsNoGuess() throws {
        let (limiter, clock) = makeLimiter()
        let networks = NetworkPrefix(trustedProxies: [])
        let door = RateLimiter.Door(tenant: 1, network: networks.name([10, 0, 0, 1]))
        let other = RateLimiter.Door(tenant: 1, network: networks.name([10, 0, 0, 2]))
        for _ in 0..<60 { try limiter.noteRefusal(at: door) }
        for _ in 0..<100 { #expect(throws: Problem.self) { try limiter.noteRefusal(at: door) } }
        try limiter.checkCredentials(at: door)
        try limiter.noteRefusal(at: other)
        clock.advance(1)
        try limiter.noteRefusal(at: door)
        #expect(throws: Problem.self) { try limiter.noteRefusal(at: door) }
    }

    @Test func namesNetworksWithoutTheirAddress() throws {
        let networks = NetworkPrefix(trustedProxies: [])
        func name(_ text: String) throws -> NetworkPrefix.Name {
            networks.name(try #require(NetworkPrefix.bytes(text)))
        }
        #expect(try name("2001:db8:1:1100::1") == name("2001:db8:1:11ff:2::9"))
        #expect(try name("2001:db8:1:1100::1") != name("2001:db8:1:1200::1"))
        #expect(try name("192.0.2.1") != name("192.0.2.2"))
        #expect(try name("::ffff:192.0.2.1") == name("192.0.2.1"))
        #expect(try name("192.0.2.1") != NetworkPrefix(trustedProxies: []).name([192, 0, 2, 1]))
    }

    @Test func believesProxiesOfItsOwnAlone() {
        let networks = NetworkPrefix(trustedProxies: ["10.0.0.1", "10.0.0.2"])
        let proxy: [UInt8] = [10, 0, 0, 1]
        #expect(networks.client(proxy, forwarded: ["198.51.100.9, 192.0.2.7, 10.0.0.2"]) == [192, 0, 2, 7])
        #expect(networks.client(proxy, forwarded: ["192.0.2.7, nonsense"]) == proxy)
        #expect(networks.client([192, 0, 2, 1], forwarded: ["198.51.100.9"]) == [192, 0, 2, 1])
    }

    @Test func answers429WithTheFields() async throws {
        let city = try await CityServer { $0.rateFactor = 1 }
        let answer = try await city.send("/api/v1/participants", method: .post)
        let object = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
        let token = try #require((object as? [String: Any])?["token"] as? String)
        let headers: HTTPFields = [.authorization: "Bearer \(token)"]
        var last = answer
        // More than four, since on a busy machine a minute may pass meanwhile.
        for _ in 0..<60 where last.status != .tooManyRequests {
            last = try await city.post(CityServer.contributions, CityServer.feature(), headers: headers)
        }
        #expect(last.status == .tooManyRequests)
        #expect(last.headers[.retryAfter] != nil)
        #expect(last.headers[.contentType] == "application/problem+json; charset=utf-8")
        let staff = try await city.post(CityServer.contributions, CityServer.feature(), headers: CityServer.staff)
        #expect(staff.status != .tooManyRequests)
    }

    @Test func letsListedOriginsWriteAndNoOthers() async throws {
        let city = try await CityServer()
        var change = TenantChange()
        change.origins = ["https://a.example"]
        let tenant = try #require(try await city.installation.tenant("hamburg"))
        _ = try await city.installation.change(change, scope: Scope(tenant: tenant, viewer: .staff))
        func preflight(_ origin: String, _ method: String, _ prefix: String = "") async throws -> HTTPFields {
            try await city.send(
                prefix + CityServer.contributions, method: .options,
                headers: [.origin: origin, .accessControlRequestMethod: method]
            ).headers
        }
        let listed = try await preflight("https://a.example", "POST")
        #expect(listed[.accessControlAllowOrigin] == "https://a.example")
        #expect(listed[.accessControlAllowMethods]?.contains("POST") == true)
        #expect(listed[.accessControlMaxAge] == "600")
        #expect(try await preflight("https://b.example", "POST")[.accessControlAllowOrigin] == nil)
        #expect(try await preflight("https://b.example", "GET")[.accessControlAllowOrigin] == "*")
        #expect(try await preflight("https://a.example", "POST", "/t/bonn")[.accessControlAllowOrigin] == nil)
        let origins: [(String, String?)] = [("https://a.example", "https://a.example"), ("https://b.example", nil)]
        for (origin, expected) in origins {
            for body in [CityServer.feature(), "{}"] {
                let answer = try await city.post(CityServer.contributions, body, headers: [.origin: origin])
                #expect(answer.headers[.accessControlAllowOrigin] == expected)
                if expected != nil { #expect(answer.headers[values: .vary].joined().contains("Origin")) }
            }
        }
    }
}
