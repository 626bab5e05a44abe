import CryptoExtras
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import OutboundHTTP
import Participation
import Platform
import Storage
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

    /// RFC 8725, section 2.1: a token without a signature is worth nothing, however it spells that it has none.
    @Test(arguments: ["none", "None", "NONE", "nOnE", ""])
    func refusesTokensWithoutASignature(_ algorithm: String) async throws {
        let city = try await SignedInCity()
        _ = try await city.account(try city.token())
        let claims = SigningKey.text(
            city.provider.claims(at: city.clock.now, SignedInCity.roles("mitplan-admin")).utf8)
        for header in [#"{"alg":"\#(algorithm)"}"#, #"{"alg":"\#(algorithm)","typ":"JWT","kid":"rsa-1"}"#] {
            let header = SigningKey.text(header.utf8)
            for signature in ["", "AA"] {
                expectRefusal(try await city.ask("\(header).\(claims).\(signature)"), header)
            }
        }
    }

    /// RFC 8725, section 3.10: keys and addresses that a token brings along are its sender's.
    @Test func looksAtNoKeyOrAddressThatATokenBringsAlong() async throws {
        let attacker = SigningKey.p256("evil")
        let server = try LoopbackServer { _ in
            (try? attacker.entry()).map { LoopbackServer.Answer(body: #"{"keys":[\#($0)]}"#) }
        }
        defer { server.stop() }
        let city = try await SignedInCity { $0.outbound.origins.insert(server.origin) }
        _ = try await city.account(try city.token())
        city.clock.advance(seconds: 60)
        for name in ["ec-1", "evil"] {
            for member in [
                #""jwk":\#(try attacker.entry())"#, #""jku":"\#(server.origin)/certs""#,
                #""x5u":"\#(server.origin)/chain""#, #""x5c":["MIIB"]"#,
            ] {
                let token = try city.token(
                    SignedInCity.roles("mitplan-admin"), by: attacker,
                    header: #"{"alg":"ES256","kid":"\#(name)",\#(member)}"#)
                #expect(try await city.ask(token).status == .unauthorized, "\(name) \(member)")
            }
        }
        #expect(server.requests.isEmpty)
    }

    private func signature(of token: String) -> String { token.split(separator: ".").last.map(String.init) ?? "" }

    /// RFC 8725, section 2.1: a public key is no secret, and must not become the secret of a keyed digest.
    @Test func refusesAKeyedDigestUnderThePublicKey() async throws {
        let city = try await SignedInCity()
        _ = try await city.account(try city.token())
        guard case .rsa(let key) = city.keys[0].secret else {
            Issue.record("the first key of the provider is no RSA key")
            return
        }
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

    /// Who has not signed it learns nothing, whatever its claims say of the time.
    @Test func saysOfNoForgeryThatItHasEnded() async throws {
        let city = try await SignedInCity()
        _ = try await city.account(try city.token())
        let ended: [String: String?] = ["exp": "\(city.clock.now / 1000 - 600)"]
        #expect(try await city.ask(try city.token(ended)).text.contains("the token has ended"))
        let stranger = SigningKey(id: "ec-1", algorithm: "ES256", secret: SigningKey.p256("x").secret)
        expectRefusal(try await city.ask(try city.token(ended, by: stranger)), "another key of that name")
        expectRefusal(try await city.ask(try city.token(ended, by: SigningKey.p256("new"))), "unknown key")
    }

    @Test(.timeLimit(.minutes(5)))
    func countsForgeriesThatHaveEndedAsGuesses() async throws {
        let city = try await SignedInCity { $0.rateFactor = 1 }
        let stranger = SigningKey(id: "ec-1", algorithm: "ES256", secret: SigningKey.p256("x").secret)
        let forged = try city.token(["exp": "\(city.clock.now / 1000 - 600)"], by: stranger)
        let good = try city.token()
        let statuses = try await city.statuses(of: [good] + [String](repeating: forged, count: 10) + [good])
        let refused = [HTTPResponse.Status](repeating: .unauthorized, count: 10)
        #expect(statuses.first == .ok && statuses.last == .tooManyRequests)
        #expect(Array(statuses.dropFirst().dropLast()) == refused)
    }

    /// Ended tokens are no guesses; wrong ones are, and lock their network out.
    @Test(.timeLimit(.minutes(5)))
    func countsGuessesAndNotTokensThatHaveEnded() async throws {
        let city = try await SignedInCity { $0.rateFactor = 1 }
        let ended = try city.token()
        city.clock.advance(seconds: 600)
        let (good, wrong) = (try city.token(), try city.token(["aud": #""other""#]))
        // What has ended is known to be genuine once the keys are known.
        let statuses = try await city.statuses(
            of: [good] + [String](repeating: ended, count: 30) + [good] + [String](repeating: wrong, count: 10) + [good]
        )
        var expected = [HTTPResponse.Status](repeating: .unauthorized, count: 43)
        (expected[0], expected[31], expected[42]) = (.ok, .ok, .tooManyRequests)
        #expect(statuses == expected)
    }

    /// As with participant tokens: what belongs to another tenant is not there.
    private func expectAbsence(_ answer: TestResponse, _ name: String) {
        #expect(answer.status == .notFound, "\(name): \(answer.text)")
        #expect(answer.text.contains("there is no tenant of that name for this token"), "\(name)")
    }

    @Test func refusesTokensOfATenantThatDoesNotTakeThem() async throws {
        let city = try await SignedInCity()
        let token = try city.token(SignedInCity.roles("mitplan-admin"))
        #expect(try await city.ask(token, "/t/hamburg/api/v1/keys").status == .ok)
        for path in ["account", "keys", "proceedings", "issuers/city/mapping"] {
            expectAbsence(try await city.ask(token, "/t/bonn/api/v1/" + path), path)
        }
        // Whoever has no good token learns nothing of what other tenants take.
        let stranger = SigningKey(id: "ec-1", algorithm: "ES256", secret: SigningKey.p256("x").secret)
        let ended: [String: String?] = ["exp": "\(city.clock.now / 1000 - 600)"]
        for (name, text) in [
            ("another key of that name", try city.token(by: stranger)), ("ended", try city.token(ended)),
            ("for others", try city.token(["aud": #""other""#])),
            ("unknown key", try city.token(by: SigningKey.p256("new"))),
        ] {
            expectRefusal(try await city.ask(text, "/t/bonn/api/v1/account"), name)
        }
        #expect(city.provider.keyRequests == 1)
    }

    @Test func holdsATokenToTheTenantItNames() async throws {
        let city = try await SignedInCity(issuer: #", "tenantClaim": "tenant""#)
        #expect(try await city.put("/t/bonn" + SignedInCity.mapping, #"{"roles": []}"#).status == .ok)
        let token = try city.token(["tenant": #""bonn""#])
        #expect(try await city.ask(token, "/t/bonn/api/v1/account").status == .ok)
        expectAbsence(try await city.ask(token, "/t/hamburg/api/v1/account"), "another tenant")
        expectAbsence(try await city.ask(try city.token(), "/t/bonn/api/v1/account"), "no tenant")
        let stranger = SigningKey(id: "ec-1", algorithm: "ES256", secret: SigningKey.p256("x").secret)
        let forged = try city.token(["tenant": #""bonn""#], by: stranger)
        expectRefusal(try await city.ask(forged, "/t/hamburg/api/v1/account"), "a forgery for another tenant")
        let both = try city.token(["tenant": #"["bonn","hamburg"]"#])
        #expect(try await city.ask(both, "/t/hamburg/api/v1/account").status == .ok)
    }

    /// The same rule holds for the tenant that a request means by its host.
    @Test func holdsATokenToTheTenantThatOwnsTheHost() async throws {
        let city = try await SignedInCity(issuer: #", "tenantClaim": "tenant""#)
        #expect(try await city.put("/t/bonn" + SignedInCity.mapping, #"{"roles": []}"#).status == .ok)
        var change = TenantChange()
        change.hosts = ["mitmachen.bonn.example"]
        let bonn = try #require(try await city.city.installation.tenant("bonn"))
        _ = try await city.city.installation.change(change, scope: Scope(tenant: bonn, viewer: .staff))
        let (mine, other) = (try city.token(["tenant": #""bonn""#]), try city.token(["tenant": #""hamburg""#]))
        let hosts = ["mitmachen.bonn.example", "mitmachen.hamburg.example"]
        let asked = hosts.flatMap { host in [mine, other].map { (host: host, token: $0) } }
        // Blocking reads have no time to wait for keys of the issuer: they are asked for before.
        #expect(try await city.ask(mine, "/t/bonn/api/v1/account").status == .ok)
        let lines = try await city.city.server.application.test(.live) { client in
            let port = try #require(client.port)
            return try asked.map { host, token in
                let connection = try RawConnection(port: port)
                connection.send(
                    "GET /api/v1/account HTTP/1.1\r\nHost: \(host)\r\nAuthorization: Bearer \(token)\r\n"
                        + "Connection: close\r\n\r\n")
                return String(connection.read(until: "}").prefix(12))
            }
        }
        #expect(lines == [200, 404, 404, 200].map { "HTTP/1.1 \($0)" })
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
        city.clock.advance(seconds: 60)
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
