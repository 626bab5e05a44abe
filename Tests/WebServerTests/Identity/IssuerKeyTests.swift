import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import OutboundHTTP
import TestSupport
import Testing

@testable import WebServer

/// Keys that are fetched, kept, exchanged and taken away.
struct IssuerKeyTests {
    private static let second = SigningKey.p256("ec-2")

    @Test func takesNewKeysWithoutARestartAndOldOnesNoLonger() async throws {
        let city = try await SignedInCity()
        let (old, new) = (city.keys[1], Self.second)
        #expect(try await city.ask(try city.token(by: old)).status == .ok)
        city.provider.change { $0.keys = [new] }
        // Within a minute of the last request nobody is asked.
        let early = try await city.ask(try city.token(by: new))
        #expect(early.status == .unauthorized)
        #expect(early.text.contains("the key of the token is not known yet; try again in a minute"))
        #expect(try await city.ask(try city.token(by: old)).status == .ok)
        city.clock.advance(seconds: 60)
        #expect(try await city.ask(try city.token(by: new)).status == .ok)
        #expect(try await city.ask(try city.token(by: old)).status == .unauthorized)
        #expect(city.provider.keyRequests == 2)
    }

    /// Ten minutes where the answer says nothing, and never less than five minutes or more than ten.
    @Test(
        arguments: [
            (nil, 600), ("max-age=400", 400), ("max-age=1200", 600), ("public, max-age=60", 300), ("no-store", 300),
            ("max-age=99999999999999999999", 600), ("max-age=999999", 600), ("max-age=-1", 300),
        ] as [(String?, Int64)])
    func asksAgainWhenItsKeysAreNoLongerFresh(_ field: String?, _ seconds: Int64) async throws {
        let city = try await SignedInCity()
        city.provider.change { $0.cacheControl = field }
        #expect(try await city.ask(try city.token()).status == .ok)
        city.clock.advance(seconds: seconds - 1)
        #expect(try await city.ask(try city.token()).status == .ok)
        #expect(city.provider.keyRequests == 1)
        city.clock.advance(seconds: 1)
        city.provider.change { $0.keys = [Self.second] }
        // A key that is gone is gone with the first request that has to ask.
        #expect(try await city.ask(try city.token(by: city.keys[0])).status == .unauthorized)
        #expect(city.provider.keyRequests == 2)
    }

    @Test func goesOnWithItsKeysForADayWhileTheIssuerIsAway() async throws {
        let city = try await SignedInCity()
        #expect(try await city.ask(try city.token()).status == .ok)
        city.provider.change { $0.isAway = true }
        city.clock.advance(seconds: 3600)
        for _ in 0..<5 { #expect(try await city.ask(try city.token()).status == .ok) }
        // Once for all of them: who does not answer is not asked again within a minute.
        #expect(city.provider.descriptionRequests == 2)
        let unknown = try await city.ask(try city.token(by: Self.second))
        #expect(unknown.status == .serviceUnavailable && unknown.headers[.retryAfter] != nil)
        city.clock.advance(seconds: 86_400 + 600 - 3600 - 1)
        #expect(try await city.ask(try city.token()).status == .ok)
        city.clock.advance(seconds: 1)
        #expect(try await city.ask(try city.token()).status == .serviceUnavailable)
        city.provider.change { $0.isAway = false }
        city.clock.advance(seconds: 60)
        #expect(try await city.ask(try city.token()).status == .ok)
    }

    @Test func asksOnceForAFloodOfUnknownKeys() async throws {
        let city = try await SignedInCity()
        #expect(try await city.ask(try city.token()).status == .ok)
        city.clock.advance(seconds: 61)
        let tokens = try (0..<100).map { try city.token(by: SigningKey.p256("flood-\($0)")) }
        let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
            for token in tokens { group.addTask { try await city.ask(token).status } }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses.keys.allSatisfy { $0 == .unauthorized || $0 == .serviceUnavailable })
        #expect(city.provider.keyRequests == 2)
        city.clock.advance(seconds: 30)
        for token in tokens.prefix(20) { #expect(try await city.ask(token).status == .unauthorized) }
        #expect(city.provider.keyRequests == 2)
        #expect(try await city.ask(try city.token()).status == .ok)
    }

    /// Whoever invents names of keys keeps the pause going; those whose keys are new must not be locked out for it.
    @Test(.timeLimit(.minutes(5)))
    func locksNobodyOutForKeysThatAreNotKnownYet() async throws {
        let city = try await SignedInCity { $0.rateFactor = 1 }
        let (good, unknown) = (try city.token(), try city.token(by: Self.second))
        let flood = [String](repeating: unknown, count: 11)
        let statuses = try await city.statuses(of: [good] + flood + [good])
        let refused = [HTTPResponse.Status](repeating: .unauthorized, count: flood.count)
        #expect(statuses.first == .ok && statuses.last == .ok)
        #expect(Array(statuses.dropFirst().dropLast()) == refused)
        city.provider.change { $0.keys = [Self.second] }
        city.clock.advance(seconds: 60)
        #expect(try await city.ask(unknown).status == .ok)
    }

    /// While an issuer takes its time nobody else waits.
    @Test(.timeLimit(.minutes(5)))
    func letsOthersPassWhileAnIssuerIsSlow() async throws {
        let city = try await SignedInCity()
        city.provider.change { $0.isShut = true }
        let participant = try await city.city.participant()
        let token = try city.token()
        async let first = city.ask(token)
        async let second = city.ask(token)
        while city.provider.descriptionRequests == 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await city.city.send("/api/v1/participants/me/votes", headers: participant).status == .ok)
        #expect(try await city.city.send("/api/v1/keys", headers: CityServer.staff).status == .ok)
        city.provider.open()
        #expect(try await (first.status, second.status) == (.ok, .ok))
        #expect(city.provider.keyRequests == 1)
    }

    @Test(arguments: [
        LoopbackServer.Answer(body: #"{"keys":["# + String(repeating: " ", count: 300_000) + "]}"),
        LoopbackServer.Answer(body: "<html>Please sign in</html>"), LoopbackServer.Answer(body: ""),
        LoopbackServer.Answer(status: 302, fields: ["Location": "https://evil.example/certs"]),
        LoopbackServer.Answer(status: 200, body: #"{"keys":{"kid":"rsa-1"}}"#), LoopbackServer.Answer(status: 500),
    ])
    func takesNoKeysFromAnAnswerThatIsNone(_ answer: LoopbackServer.Answer) async throws {
        let city = try await SignedInCity()
        city.provider.change { $0.answer = answer }
        let refused = try await city.ask(try city.token())
        #expect(refused.status == .serviceUnavailable)
        #expect(!refused.text.contains("127.0.0.1") && !refused.text.contains("certs"))
        let state = try await city.city.send(SignedInCity.issuer, headers: CityServer.staff)
        #expect(state.text.contains(#""names":[]"#) && state.text.contains(#"/certs"#), "\(state.text)")
    }

    @Test func takesNoKeysWhereTheDescriptionNamesAnotherIssuer() async throws {
        let city = try await SignedInCity()
        city.provider.change { $0.named = "https://evil.example" }
        #expect(try await city.ask(try city.token()).status == .serviceUnavailable)
        #expect(city.provider.keyRequests == 0)
        let state = try await city.city.send(SignedInCity.issuer, headers: CityServer.staff)
        #expect(state.text.contains("names another issuer"))
    }

    /// A description may not lead into the network of the server, whatever it names.
    @Test(arguments: [
        ("file:///etc/passwd", "names no address of keys"), ("ftp://192.0.2.1/certs", "names no address of keys"),
        ("http://192.0.2.1/certs", "are not allowed"), ("https://10.0.0.1/certs", "not a public address"),
        ("https://169.254.169.254/latest/meta-data", "not a public address"),
        ("https://[::1]/certs", "not a public address"),
    ])
    func asksNoForbiddenAddressForKeys(_ address: String, _ word: String) async throws {
        let city = try await SignedInCity { $0.outbound.allowsPublicHosts = true }
        city.provider.change { $0.keysAddress = address }
        #expect(try await city.ask(try city.token()).status == .serviceUnavailable)
        let state = try await city.city.send(SignedInCity.issuer, headers: CityServer.staff)
        #expect(state.text.contains(word) && state.text.contains(#""names":[]"#), "\(state.text)")
    }

    @Test func asksNoStrangerForKeysInItsOwnNetwork() async throws {
        let stranger = try TokenProvider(keys: [Self.second])
        let city = try await SignedInCity { $0.outbound.allowsPublicHosts = true }
        city.provider.change { $0.keysAddress = stranger.url + "/certs" }
        #expect(try await city.ask(try city.token(by: Self.second)).status == .serviceUnavailable)
        #expect(city.provider.descriptionRequests == 1 && stranger.keyRequests == 0)
    }

    @Test func asksNobodyWhomTheOperatorHasNotAllowed() async throws {
        let city = try await SignedInCity(allowed: false)
        #expect(try await city.ask(try city.token()).status == .serviceUnavailable)
        #expect(city.provider.descriptionRequests == 0)
        let state = try await city.city.send(SignedInCity.issuer, headers: CityServer.staff)
        #expect(state.text.contains("are not allowed"), "\(state.text)")
    }

    @Test func asksAtTheAddressOfTheKeysWhereItIsGiven() async throws {
        let city = try await SignedInCity()
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        let body = """
            {"url": "\(city.provider.url)", "audiences": ["mitplan"], "keysURL": "\(city.provider.url)/certs"}
            """
        #expect(try await city.put(SignedInCity.issuer, body, headers: headers).status == .ok)
        #expect(try await city.ask(try city.token()).status == .ok)
        #expect(city.provider.keyRequests == 1 && city.provider.descriptionRequests == 0)
        let state = try await city.city.send(SignedInCity.issuer, headers: CityServer.staff)
        #expect(state.text.contains(#""names":["ec-1","rsa-1"]"#) && state.text.contains(#""fault":null"#))
    }
}
