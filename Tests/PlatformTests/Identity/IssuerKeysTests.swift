import Participation
import SignedTokens
import Synchronization
import TestSupport
import Testing

@testable import Platform

struct IssuerKeysTests {
    private let issuer = Issuer(id: "city", url: "https://sso.example", audiences: ["mitplan"])
    private let clock = TestClock()

    private static func found(_ keys: SigningKey...) async throws -> FetchedKeys {
        let entries = try keys.map { try $0.entry() }.joined(separator: ",")
        return FetchedKeys(
            keys: try await KeySet(json: Array(#"{"keys":[\#(entries)]}"#.utf8), algorithms: SigningAlgorithm.usual),
            url: "https://sso.example/certs", lifetime: 600_000)
    }

    /// The slowness of an issuer fills a part of the server at most.
    @Test func letsSoManyWaitAndTurnsTheOthersAway() async throws {
        let keys = IssuerKeys()
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let key = SigningKey.p256("ec-1")
        let answers = try await withThrowingTaskGroup(of: Bool.self) { [clock, issuer] group in
            for _ in 0..<IssuerKeys.mostWaiting + 16 {
                group.addTask {
                    do {
                        return try await keys.key("ec-1", for: .es256, of: issuer, now: { clock.now }) { _ in
                            for await _ in gate {}
                            return try await Self.found(key)
                        } != nil
                    } catch let error as PlatformError where error.code == .unavailable {
                        return false
                    }
                }
            }
            for _ in 0..<16 { #expect(try await group.next() == false) }
            opener.finish()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == [Bool](repeating: true, count: IssuerKeys.mostWaiting))
    }

    /// Slow issuers share that part, and each is asked all the same.
    @Test func boundsThoseWhoWaitForAllIssuersTogether() async throws {
        let keys = IssuerKeys()
        let key = SigningKey.p256("ec-1")
        let gates = [AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream()]
        var other = issuer
        (other.id, other.url) = ("other", "https://other.example")
        let issuers = [issuer, other]
        let answers = try await withThrowingTaskGroup(of: Bool.self) { [clock] group in
            for index in 0..<IssuerKeys.mostWaiting + 16 {
                let (wanted, gate) = (issuers[index % 2], gates[index % 2].stream)
                group.addTask {
                    do {
                        return try await keys.key("ec-1", for: .es256, of: wanted, now: { clock.now }) { _ in
                            for await _ in gate {}
                            return try await Self.found(key)
                        } != nil
                    } catch let error as PlatformError where error.code == .unavailable {
                        return false
                    }
                }
            }
            for _ in 0..<16 { #expect(try await group.next() == false) }
            for gate in gates { gate.continuation.finish() }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == [Bool](repeating: true, count: IssuerKeys.mostWaiting))
        for issuer in issuers { #expect(await keys.report(of: issuer)?.names == ["ec-1"]) }
    }

    /// Who has to ask waits for the answer; the others go on with the keys there are.
    @Test(.timeLimit(.minutes(5)))
    func servesKeysThatStillHoldWhileOneRequestGoesOn() async throws {
        let keys = IssuerKeys()
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let key = SigningKey.p256("ec-1")
        let asked = Mutex(0)
        let ask: @Sendable () async throws -> Bool = { [clock, issuer] in
            try await keys.key("ec-1", for: .es256, of: issuer, now: { clock.now }) { _ in
                let count = asked.withLock {
                    $0 += 1
                    return $0
                }
                if count > 1 { for await _ in gate {} }
                return try await Self.found(key)
            } != nil
        }
        #expect(try await ask())
        clock.advance(seconds: 600)
        async let first = ask()
        while asked.withLock({ $0 }) < 2 { await Task.yield() }
        for _ in 0..<3 { #expect(try await ask()) }
        opener.finish()
        #expect(try await first)
        #expect(asked.withLock { $0 } == 2)
    }

    /// Only who may ask can know that a key is not there.
    @Test func tellsAKeyThatMayBeNewFromOneThatIsNotThere() async throws {
        let keys = IssuerKeys()
        let key = SigningKey.p256("ec-1")
        let ask: @Sendable (String, SigningAlgorithm) async throws -> Bool = { [clock, issuer] name, algorithm in
            try await keys.key(name, for: algorithm, of: issuer, now: { clock.now }) { _ in
                try await Self.found(key)
            } != nil
        }
        #expect(try await !ask("ec-2", .es256))
        await #expect(throws: Installation.unknownKey) { _ = try await ask("ec-2", .es256) }
        // Of that name there is one, for something else.
        #expect(try await !ask("ec-1", .rs256))
        clock.advance(seconds: 60)
        #expect(try await !ask("ec-2", .es256))
    }

    @Test func goesOnWhenOneWhoWaitsGivesUp() async throws {
        let keys = IssuerKeys()
        let (gate, opener) = AsyncStream<Void>.makeStream()
        let key = SigningKey.p256("ec-1")
        let asked = Mutex(0)
        let ask: @Sendable () async throws -> Bool = { [clock, issuer] in
            try await keys.key("ec-1", for: .es256, of: issuer, now: { clock.now }) { _ in
                asked.withLock { $0 += 1 }
                for await _ in gate {}
                try Task.checkCancellation()
                return try await Self.found(key)
            } != nil
        }
        let first = Task { try await ask() }
        while asked.withLock({ $0 }) == 0 { await Task.yield() }
        async let second = ask()
        first.cancel()
        opener.finish()
        #expect(try await second)
        #expect(asked.withLock { $0 } == 1)
    }

    /// Keys belong to an issuer as it was when it was asked: another address or other algorithms are another issuer.
    @Test func forgetsTheKeysOfAnIssuerThatWasChanged() async throws {
        let keys = IssuerKeys()
        let key = SigningKey.p256("ec-1")
        let fetch: @Sendable (Issuer) async throws -> FetchedKeys = { issuer in
            guard issuer.url == "https://sso.example" else { throw IssuerFault(description: "away") }
            return try await Self.found(key)
        }
        let now: @Sendable () -> Int64 = { [clock] in clock.now }
        #expect(try await keys.key("ec-1", for: .es256, of: issuer, now: now, fetch: fetch) != nil)
        var other = issuer
        other.url = "https://other.example"
        await #expect(throws: PlatformError.self) {
            _ = try await keys.key("ec-1", for: .es256, of: other, now: now, fetch: fetch)
        }
        #expect(await keys.report(of: other)?.fault == "away")
        #expect(await keys.report(of: issuer) == nil)
    }

    /// A clock that was set back neither keeps old keys fresh nor lets an issuer be asked without end.
    @Test func survivesAClockThatIsSetBack() async throws {
        let keys = IssuerKeys()
        let asked = Mutex(0)
        let ask: @Sendable () async throws -> Void = { [clock, issuer] in
            _ = try await keys.key("unknown", for: .es256, of: issuer, now: { clock.now }) { _ in
                asked.withLock { $0 += 1 }
                return try await Self.found()
            }
        }
        try await ask()
        clock.advance(seconds: -7200)
        for _ in 0..<5 { try? await ask() }
        #expect(asked.withLock { $0 } == 2)
    }
}
