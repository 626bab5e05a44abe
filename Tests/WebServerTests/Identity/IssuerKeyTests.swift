import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
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
        #expect(try await city.ask(try city.token(by: new)).status == .unauthorized)
        #expect(try await city.ask(try city.token(by: old)).status == .ok)
        city.clock.advance(seconds: 60)
        #expect(try await city.ask(try city.token(by: new)).status == .ok)
        #expect(try await city.ask(try city.token(by: old)).status == .unauthorized)
        #expect(city.provider.keyRequests == 2)
    }

    /// Ten minutes where the answer says nothing, and never less than five minutes or more than a day.
    @Test(
        arguments: [
            (nil, 600), ("max-age=1200", 1200), ("public, max-age=60", 300), ("no-store", 300),
            ("max-age=99999999999999999999", 600), ("max-age=999999", 86_400), ("max-age=-1", 300),
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

    /// While an issuer takes its time nobody else waits.
    @Test(.timeLimit(.minutes(1)))
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
