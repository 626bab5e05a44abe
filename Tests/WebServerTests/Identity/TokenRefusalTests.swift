import CryptoExtras
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import TestSupport
import Testing

@testable import WebServer

/// Tokens that are worth nothing, as their sender is told.
struct TokenRefusalTests {
    /// Whether an answer is the one of every wrong credential, which tells nothing of why.
    private func expectRefusal(_ answer: TestResponse, _ name: String) {
        #expect(answer.status == .unauthorized, "\(name): \(answer.text)")
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="mitplan", error="invalid_token""#, "\(name)")
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8", "\(name)")
        let text = answer.text.replacing(/urn:uuid:[0-9a-f-]+/, with: "…")
        #expect(
            text == """
                {"detail":"the credentials are wrong, ended or revoked","instance":"…","status":401,\
                "title":"Credentials are missing or wrong","type":"/docs#problem-unauthorized"}
                """, "\(name)")
    }

    @Test func refusesForgeriesAllAlike() async throws {
        let city = try await SignedInCity()
        let now = city.clock.now / 1000
        let (rsa, curve) = (city.keys[0], city.keys[1])
        // The keys are known from here on: what is refused is refused by them.
        _ = try await city.account(try city.token())
        for (name, claims) in [
            ("issuer", ["iss": "\"\(city.provider.url)/\""]), ("no issuer", ["iss": nil]),
            ("audience", ["aud": #""account""#]), ("audiences", ["aud": #"["account","mitplan2"]"#]),
            ("not yet", ["nbf": "\(now + 120)"]), ("from the future", ["iat": "\(now + 120)"]),
            ("no subject", ["sub": nil]), ("for signing in", ["typ": #""ID""#]),
        ] as [(String, [String: String?])] {
            expectRefusal(try await city.ask(try city.token(claims)), name)
        }
        for (name, header) in [
            ("none", #"{"alg":"none","kid":"rsa-1"}"#), ("no algorithm", #"{"kid":"rsa-1"}"#),
            ("algorithm of another type", #"{"alg":"ES256","kid":"rsa-1"}"#),
            ("algorithm that is not allowed", #"{"alg":"RS512","kid":"rsa-1"}"#),
            ("no key", #"{"alg":"RS256"}"#), ("critical", #"{"alg":"RS256","kid":"rsa-1","crit":["b64"],"b64":true}"#),
            ("key of the wrong type", #"{"alg":"RS256","kid":"ec-1"}"#),
        ] {
            expectRefusal(try await city.ask(try city.token(header: header)), name)
        }
        let parts = try city.token(by: rsa).split(separator: ".").map(String.init)
        let other = SigningKey.text(city.provider.claims(at: city.clock.now, SignedInCity.roles("mitplan-admin")).utf8)
        let stranger = SigningKey(id: "ec-1", algorithm: "ES256", secret: SigningKey.p256("x").secret)
        for (name, text) in [
            ("other claims", "\(parts[0]).\(other).\(parts[2])"), ("no signature", "\(parts[0]).\(parts[1])."),
            ("a piece", "\(parts[0]).\(parts[1])"), ("more", parts.joined(separator: ".") + ".AA"),
            ("signature of another", try parts[0] + "." + parts[1] + "." + signature(of: city.token(by: curve))),
            ("another key of that name", try city.token(by: stranger)), ("words", "no.token.here"), ("dots", ".."),
        ] {
            expectRefusal(try await city.ask(text), name)
        }
    }

    private func signature(of token: String) -> String { token.split(separator: ".").last.map(String.init) ?? "" }

    /// RFC 8725, section 2.1: a public key is no secret, and must not become the secret of a keyed digest.
    @Test func refusesAKeyedDigestUnderThePublicKey() async throws {
        let city = try await SignedInCity()
        _ = try await city.account(try city.token())
        guard case .rsa(let key) = city.keys[0].secret else { return }
        let claims = city.provider.claims(at: city.clock.now, SignedInCity.roles("mitplan-admin"))
        let signed =
            SigningKey.text(#"{"alg":"HS256","typ":"JWT","kid":"rsa-1"}"#.utf8) + "." + SigningKey.text(claims.utf8)
        let modulus = try key.publicKey.getKeyPrimitives().modulus
        for secret in [
            Array(key.publicKey.pemRepresentation.utf8), Array(key.publicKey.derRepresentation), Array(modulus), [],
        ] {
            let digest = Participation.HMAC.sha256(signed.utf8, key: secret)
            expectRefusal(try await city.ask("\(signed).\(SigningKey.text(digest))"), "HS256")
        }
    }

    /// That it has ended, its holder can read in it; a program needs to know that it should get a new one.
    @Test func saysThatATokenHasEnded() async throws {
        let city = try await SignedInCity()
        let token = try city.token()
        _ = try await city.account(token)
        city.clock.advance(seconds: 269)
        #expect(try await city.ask(token).status == .ok)
        city.clock.advance(seconds: 2)
        let answer = try await city.ask(token)
        #expect(answer.status == .unauthorized && answer.text.contains("the token has ended"))
        #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="mitplan", error="invalid_token""#)
    }

    /// Ended tokens are no guesses; wrong ones are, and lock their network out.
    @Test(.timeLimit(.minutes(1)))
    func countsGuessesAndNotTokensThatHaveEnded() async throws {
        let city = try await SignedInCity { $0.rateFactor = 1 }
        let ended = try city.token()
        city.clock.advance(seconds: 600)
        let (good, wrong) = (try city.token(), try city.token(["aud": #""other""#]))
        try await city.city.server.application.test(.live) { client in
            func ask(_ token: String) async throws -> HTTPResponse.Status {
                try await client.execute(
                    uri: "/api/v1/account", method: .get, headers: [.authorization: "Bearer \(token)"]
                ).status
            }
            for _ in 0..<30 {
                let status = try await ask(ended)
                #expect(status == .unauthorized)
            }
            let between = try await ask(good)
            #expect(between == .ok)
            for _ in 0..<10 {
                let status = try await ask(wrong)
                #expect(status == .unauthorized)
            }
            let after = try await ask(good)
            #expect(after == .tooManyRequests)
        }
    }

    @Test func refusesTokensOfATenantThatDoesNotTakeThem() async throws {
        let city = try await SignedInCity()
        let token = try city.token(SignedInCity.roles("mitplan-admin"))
        #expect(try await city.ask(token, "/t/hamburg/api/v1/keys").status == .ok)
        for path in ["account", "keys", "proceedings", "issuers/city/mapping"] {
            expectRefusal(try await city.ask(token, "/t/bonn/api/v1/" + path), path)
        }
    }

    @Test func holdsATokenToTheTenantItNames() async throws {
        let city = try await SignedInCity(issuer: #", "tenantClaim": "tenant""#)
        #expect(try await city.put("/t/bonn" + SignedInCity.mapping, #"{"roles": []}"#).status == .ok)
        let token = try city.token(["tenant": #""bonn""#])
        #expect(try await city.ask(token, "/t/bonn/api/v1/account").status == .ok)
        expectRefusal(try await city.ask(token, "/t/hamburg/api/v1/account"), "another tenant")
        expectRefusal(try await city.ask(try city.token(), "/t/bonn/api/v1/account"), "no tenant")
        let both = try city.token(["tenant": #"["bonn","hamburg"]"#])
        #expect(try await city.ask(both, "/t/hamburg/api/v1/account").status == .ok)
    }

    /// A key of one issuer proves nothing of another one, whatever name it has.
    @Test func refusesTheKeyOfAnotherIssuer() async throws {
        let city = try await SignedInCity()
        let foreign = SigningKey.p256("foreign")
        let other = try TokenProvider(keys: [foreign])
        let body = #"{"url": "\#(other.url)", "audiences": ["mitplan"]}"#
        #expect(try await city.put("/api/v1/issuers/other", body).status == .created)
        #expect(try await city.put("/api/v1/issuers/other/mapping", #"{"roles": []}"#).status == .ok)
        _ = try await city.account(try city.token())
        expectRefusal(try await city.ask(try city.token(by: foreign)), "key of another issuer")
        let twin = SigningKey(id: "ec-1", algorithm: "ES256", secret: foreign.secret)
        expectRefusal(try await city.ask(try city.token(by: twin)), "name of our key")
    }

    @Test func refusesTokensThatAreTooLongBeforeTheyAreRead() async throws {
        let city = try await SignedInCity()
        let long = try city.token(["x": "\"\(String(repeating: "a", count: 7000))\""])
        #expect(try await city.ask(long).status == .requestHeaderFieldsTooLarge)
        let short = try city.token(["x": "\"\(String(repeating: "a", count: 4500))\""])
        #expect(try await city.ask(short).status == .ok)
    }

    @Test func takesTokensFromTheirFieldAlone() async throws {
        let city = try await SignedInCity()
        let token = try city.token()
        #expect(try await city.city.send("/api/v1/account?access_token=\(token)").status == .badRequest)
        for scheme in ["JWT", "DPoP", "Basic"] {
            let answer = try await city.city.send(
                "/api/v1/account", headers: [.authorization: "\(scheme) \(token)"])
            #expect(answer.status == .unauthorized, "\(scheme)")
        }
    }
}
