import Foundation
import Participation
import TestSupport
import Testing

@testable import SignedTokens

struct CompactTokenTests {
    private static let now: Int64 = 1_777_593_723_456
    private static let seconds = now / 1000
    private static let issuer = Issuer(
        id: "city", url: "https://sso.example/realms/city", audiences: ["mitplan", "app", "b\u{FC}rger"])

    /// Claims that hold, with some of them changed; `nil` takes one away.
    private func claims(_ changes: [String: String?] = [:]) -> String {
        var members: [String: String?] = [
            "iss": #""https://sso.example/realms/city""#, "aud": #""mitplan""#, "sub": #""4711""#,
            "iat": "\(Self.seconds - 60)", "exp": "\(Self.seconds + 240)",
        ]
        members.merge(changes) { $1 }
        return "{"
            + members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }.sorted().joined(separator: ",")
            + "}"
    }

    private func fault(_ key: SigningKey, _ claims: String, header: String? = nil, by other: SigningKey? = nil)
        async throws
        -> TokenFault?
    {
        do {
            let token = try CompactToken(try key.token(claims, header: header))
            let set = try await KeySet(
                json: Array(#"{"keys":[\#(try (other ?? key).entry())]}"#.utf8), algorithms: SigningAlgorithm.allCases)
            let found = try #require(set.key((other ?? key).id, for: token.algorithm))
            #expect(try token.verified(by: found, of: Self.issuer, now: Self.now).subject == "4711")
            return nil
        } catch let fault as TokenFault {
            return fault
        }
    }

    @Test func believesWhatTheIssuerHasSigned() async throws {
        for key in [try #require(SigningKey.rsa.first), SigningKey.p256("ec")] {
            #expect(try await fault(key, claims()) == nil)
            #expect(try await fault(key, claims(["aud": #"["other","app"]"#, "typ": #""Bearer""#])) == nil)
            #expect(try await fault(key, claims(["aud": "\"b\u{FC}rger\""])) == nil)
            #expect(try await fault(key, claims(["nbf": "\(Self.seconds + 29)", "exp": "\(Self.seconds).9"])) == nil)
            let header = #"{"kid":"\#(key.id)","alg":"\#(key.algorithm)","typ":"at+jwt","jku":"https://evil.example"}"#
            #expect(try await fault(key, claims(), header: header) == nil)
        }
    }

    @Test(
        arguments: [
            (["iss": #""https://sso.example/realms/city/""#], .issuer), (["iss": nil], .issuer),
            (["iss": "[1]"], .issuer),
            (["aud": #""mitplan2""#], .audience), (["aud": #"["a","b"]"#], .audience), (["aud": nil], .audience),
            (["aud": #"{"mitplan":true}"#], .audience), (["aud": #""MITPLAN""#], .audience),
            // Looks like one of ours, and is written otherwise.
            (["aud": "\"bu\u{308}rger\""], .audience),
            (["exp": "\(seconds - 31)"], .expired), (["exp": nil], .expired),
            (["exp": #""\#(seconds + 240)""#], .expired),
            (["exp": "null"], .expired), (["exp": "-1e308"], .expired),
            (["nbf": "\(seconds + 32)"], .notYet), (["nbf": #""0""#], .notYet), (["nbf": "1e300"], .notYet),
            (["iat": "\(seconds + 32)"], .notYet), (["iat": "true"], .notYet),
            (["sub": nil], .subject), (["sub": #""""#], .subject), (["sub": "4711"], .subject),
            (["sub": #""a\u0000b""#], .subject),
            (["typ": #""ID""#], .kind), (["typ": #""Logout""#], .kind), (["typ": "7"], .kind),
        ] as [([String: String?], TokenFault)])
    func refusesClaimsThatDoNotHold(_ changes: [String: String?], _ expected: TokenFault) async throws {
        #expect(try await fault(SigningKey.p256("ec"), claims(changes)) == expected)
    }

    @Test(
        arguments: [
            (#"{"alg":"none","kid":"ec"}"#, .algorithm), (#"{"alg":"None","kid":"ec"}"#, .algorithm),
            (#"{"alg":"HS256","kid":"ec"}"#, .algorithm), (#"{"alg":"es256","kid":"ec"}"#, .algorithm),
            (#"{"kid":"ec"}"#, .algorithm), (#"{"alg":["ES256"],"kid":"ec"}"#, .algorithm),
            (#"{"alg":"ES256"}"#, .keyID), (#"{"alg":"ES256","kid":7}"#, .keyID),
            (#"{"alg":"ES256","kid":""}"#, .keyID),
            (#"{"alg":"ES256","kid":"ec","crit":["exp"]}"#, .kind), (#"{"alg":"ES256","kid":"ec","crit":null}"#, .kind),
            (#"{"alg":"ES256","kid":"ec","typ":"logout+jwt"}"#, .kind), (#"{"alg":"ES256","kid":"ec","typ":1}"#, .kind),
            (#"{"alg":"ES256","alg":"none","kid":"ec"}"#, .malformed), (#"["ES256"]"#, .malformed), ("", .malformed),
            (#"{"alg":"ES256","\u0061lg":"none","kid":"ec"}"#, .malformed),
            (#"{"alg":"ES256","kid":"ec","#, .malformed), (#"{"alg":"ES256","kid":"ec","x":1e999}"#, .malformed),
        ] as [(String, TokenFault)])
    func refusesHeadersThatDoNotFit(_ header: String, _ expected: TokenFault) async throws {
        #expect(try await fault(SigningKey.p256("ec"), claims(), header: header) == expected)
    }

    @Test(arguments: [
        #""sub":"4711","sub":"1""#, #""sub":"4711","s\u0075b":"1""#, #""sub":"4711","aud":"mitplan""#,
        #""sub":"4711","x":{"a":1,"a":1}"#,
    ])
    func refusesClaimsThatComeTwice(_ members: String) async throws {
        let text = claims().replacing(#""sub":"4711""#, with: members)
        #expect(text != claims())
        #expect(try await fault(SigningKey.p256("ec"), text) == .malformed)
    }

    @Test func tellsGenuineTokensAlsoAfterTheyHaveEnded() async throws {
        let (key, other) = (SigningKey.p256("ec"), SigningKey.p256("ec"))
        let token = try CompactToken(try key.token(claims(["exp": "1"])))
        for (signer, isSigned) in [(key, true), (other, false)] {
            let set = try await KeySet(json: Array(#"{"keys":[\#(try signer.entry())]}"#.utf8), algorithms: [.es256])
            #expect(token.isSigned(by: try #require(set.key("ec", for: .es256))) == isSigned)
        }
    }

    /// A library that reads numbers of the header as machine integers ends the process here.
    @Test func survivesNumbersThatNoMachineHas() async throws {
        let header = #"{"alg":"ES256","kid":"ec","x":1e300,"y":-1e300,"z":[1e300]}"#
        #expect(try await fault(SigningKey.p256("ec"), claims(["x": "1e300"]), header: header) == nil)
    }

    @Test func refusesASignatureByAnotherKeyOrOfOtherClaims() async throws {
        let key = SigningKey.p256("ec")
        #expect(try await fault(key, claims(), by: SigningKey.p256("ec")) == .signature)
        let token = try key.token(claims())
        let parts = token.split(separator: ".")
        let other = SigningKey.text(claims(["sub": #""1""#]).utf8)
        let set = try await KeySet(json: Array(#"{"keys":[\#(try key.entry())]}"#.utf8), algorithms: [.es256])
        let found = try #require(set.key("ec", for: .es256))
        func verify(_ text: String) throws {
            _ = try CompactToken(text).verified(by: found, of: Self.issuer, now: Self.now)
        }
        try verify(token)
        #expect(throws: TokenFault.signature) { try verify("\(parts[0]).\(other).\(parts[2])") }
        #expect(throws: TokenFault.signature) { try verify("\(parts[0]).\(parts[1]).AAAA") }
    }

    @Test func refusesAnAlgorithmThatTheIssuerMayNotUse() async throws {
        let rsa = try #require(SigningKey.rsa.first)
        let key = SigningKey(id: "rsa", algorithm: "PS256", secret: rsa.secret)
        #expect(try await fault(key, claims()) == .algorithm)
    }

    @Test func refusesAKeyOfAnotherAlgorithm() async throws {
        let key = try #require(SigningKey.rsa.first)
        let set = try await KeySet(
            json: Array(#"{"keys":[\#(try key.entry())]}"#.utf8), algorithms: SigningAlgorithm.allCases)
        let token = try CompactToken(try key.token(claims()))
        let other = try #require(set.key(key.id, for: .ps256))
        #expect(throws: TokenFault.algorithm) { _ = try token.verified(by: other, of: Self.issuer, now: Self.now) }
    }

    @Test(arguments: [
        "", ".", "..", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", "eyJ9.e30.AA", "e30.e30.", "e30.e30.A", "é.é.é",
        String(repeating: "a", count: 9000),
    ])
    func refusesWhatIsNoToken(_ text: String) {
        #expect(throws: TokenFault.self) { _ = try CompactToken(text) }
    }

    @Test func refusesTokensThatAreTooLong() throws {
        let key = SigningKey.p256("ec")
        let long = try key.token(claims(["x": "\"\(String(repeating: "a", count: 6000))\""]))
        #expect(long.utf8.count > CompactToken.longest)
        #expect(throws: TokenFault.malformed) { _ = try CompactToken(long) }
    }

    /// Every single character of a token matters.
    @Test func refusesATokenWithAnyCharacterChanged() async throws {
        let key = SigningKey.p256("ec")
        let text = Array(try key.token(claims()).utf8)
        let set = try await KeySet(json: Array(#"{"keys":[\#(try key.entry())]}"#.utf8), algorithms: [.es256])
        let found = try #require(set.key("ec", for: .es256))
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: TokenFault.self, "character \(index)") {
                _ = try CompactToken(String(decoding: changed, as: UTF8.self))
                    .verified(by: found, of: Self.issuer, now: Self.now)
            }
        }
    }
}
