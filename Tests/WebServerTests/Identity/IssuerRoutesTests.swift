import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

/// How operators and administrators keep issuers.
struct IssuerRoutesTests {
    private static let body = #"{"url": "https://sso.example.org/realms/city", "audiences": ["mitplan"]}"#
    private static let issuer = SignedInCity.issuer

    private func put(_ city: CityServer, _ uri: String, _ body: String, match: String? = nil) async throws
        -> TestResponse
    {
        var headers = CityServer.staff
        headers[.contentType] = "application/json"
        headers[.ifMatch] = match
        return try await city.send(uri, method: .put, headers: headers, body: body)
    }

    @Test func keepsAnIssuerFromItsBeginningToItsEnd() async throws {
        let city = try await CityServer()
        let made = try await put(city, Self.issuer, Self.body)
        #expect(made.status == .created && made.headers[.eTag] == "\"v1\"")
        #expect(
            made.text == """
                {"id":"city","url":"https://sso.example.org/realms/city","audiences":["mitplan"],\
                "algorithms":["RS256","ES256"],"keysURL":null,"rolesClaim":null,"tenantClaim":null,"leeway":30,\
                "created":"2026-05-01T00:02:03.456Z"}
                """)
        let change = """
            {"url": "https://sso.example.org/realms/city", "audiences": ["mitplan", "app"], "algorithms": ["PS256"],
            "keysURL": "https://sso.example.org/certs", "rolesClaim": "groups", "tenantClaim": "tenant", "leeway": 0}
            """
        #expect(try await put(city, Self.issuer, change).status.code == 428)
        #expect(try await put(city, Self.issuer, change, match: "\"v7\"").status == .preconditionFailed)
        let changed = try await put(city, Self.issuer, change, match: "\"v1\"")
        #expect(changed.status == .ok && changed.headers[.eTag] == "\"v2\"")
        #expect(changed.text.contains(#""algorithms":["PS256"],"keysURL":"https://sso.example.org/certs""#))
        #expect(changed.text.contains(#""rolesClaim":"groups","tenantClaim":"tenant","leeway":0"#))
        #expect(changed.text.contains(#""tenants":[]"#))
        var headers = CityServer.staff
        #expect(try await city.send(Self.issuer, method: .delete, headers: headers).status.code == 428)
        headers[.ifMatch] = "\"v2\""
        #expect(try await city.send(Self.issuer, method: .delete, headers: headers).status == .noContent)
        #expect(try await city.send(Self.issuer, headers: CityServer.staff).status == .notFound)
        #expect(try await put(city, Self.issuer, change, match: "*").status == .preconditionFailed)
    }

    @Test(arguments: [
        "{}", #"{"url": "https://a.example"}"#, #"{"url": "https://a.example", "audiences": []}"#,
        #"{"url": "a.example", "audiences": ["m"]}"#, #"{"url": "https://a.example/?x", "audiences": ["m"]}"#,
        #"{"url": "https://u:p@a.example", "audiences": ["m"]}"#, #"{"url": "https://a.example", "audiences": [""]}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "algorithms": ["none"]}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "algorithms": ["HS256"]}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "algorithms": []}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "leeway": 61}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "leeway": -1}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "rolesClaim": "a..b"}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "keysURL": "file:///etc/passwd"}"#,
        #"{"url": "https://a.example", "audiences": ["m"], "secret": "x"}"#,
    ])
    func refusesWhatIsNoIssuer(_ body: String) async throws {
        let city = try await CityServer()
        let answer = try await put(city, Self.issuer, body)
        #expect(answer.status == .unprocessableContent && answer.text.contains(#""pointer":"/"#), "\(answer.text)")
    }

    @Test func refusesNamesAndAddressesThatAreTaken() async throws {
        let city = try await CityServer()
        #expect(try await put(city, Self.issuer, Self.body).status == .created)
        #expect(try await put(city, "/api/v1/issuers/other", Self.body).status == .conflict)
        let other = Self.body.replacing("realms/city", with: "realms/other")
        #expect(try await put(city, "/api/v1/issuers/key", other).status == .unprocessableContent)
        #expect(try await put(city, "/api/v1/issuers/other", other).status == .created)
        #expect(try await put(city, "/api/v1/issuers/other", Self.body, match: "*").status == .conflict)
    }

    @Test func letsTheOperatorBeginAndAdministratorsGoOn() async throws {
        let city = try await SignedInCity()
        var admin: HTTPFields = [
            .authorization: "Bearer \(try city.token(SignedInCity.roles("mitplan-admin")))"
        ]
        #expect(try await city.put("/api/v1/issuers/other", Self.body).status == .created)
        // Of an issuer that its tenant does not take an administrator learns nothing.
        let list = try await city.city.send("/api/v1/issuers", headers: admin).text
        #expect(list.contains(#""id":"city""#) && !list.contains("other"))
        #expect(try await city.city.send("/api/v1/issuers/other", headers: admin).status == .notFound)
        #expect(try await !city.city.send(SignedInCity.issuer, headers: admin).text.contains("tenants"))
        let none = #"{"roles": []}"#
        #expect(try await city.put("/api/v1/issuers/other/mapping", none, headers: admin).status == .notFound)
        #expect(try await city.put("/api/v1/issuers/other", Self.body, headers: admin).status == .forbidden)
        // What the claims are worth is the tenant's own affair.
        let roles = #"{"roles": [{"value": "mitplan-admin", "role": "tenantAdmin"}]}"#
        #expect(try await city.put(SignedInCity.mapping, roles, headers: admin).status.code == 428)
        let before = try await city.city.send(SignedInCity.mapping, headers: admin)
        admin[.ifMatch] = before.headers[.eTag]
        #expect(before.text.contains(#"{"value":"mod-hafen","role":"moderator","proceeding":"hafen"}"#))
        let after = try await city.put(SignedInCity.mapping, roles, headers: admin)
        #expect(after.text == #"{"roles":[{"value":"mitplan-admin","role":"tenantAdmin","proceeding":null}]}"#)
        #expect(try await city.put(SignedInCity.mapping, roles, headers: admin).status == .preconditionFailed)
        let moderator = try city.token(SignedInCity.roles("mod-hafen"))
        #expect(try await city.account(moderator).roles.isEmpty)
    }

    @Test(arguments: [
        #"{"roles": [{"value": "a", "role": "platformAdmin"}]}"#, #"{"roles": [{"value": "a", "role": "king"}]}"#,
        #"{"roles": [{"value": "", "role": "analyst"}]}"#, #"{"roles": [{"role": "analyst"}]}"#, "{}",
        #"{"roles": [{"value": "a", "role": "moderator", "proceeding": "nowhere"}]}"#, #"{"roles": ["a"]}"#,
        #"{"roles": [{"value": "a", "role": "tenantAdmin", "proceeding": "radverkehr"}]}"#,
    ])
    func refusesMappingsThatBreakARule(_ body: String) async throws {
        let city = try await CityServer()
        #expect(try await put(city, Self.issuer, Self.body).status == .created)
        let answer = try await put(city, SignedInCity.mapping, body)
        #expect(answer.status == .unprocessableContent, "\(answer.text)")
    }

    @Test func endsWhatTokensAreWorthWithTheIssuerOrItsMapping() async throws {
        let city = try await SignedInCity()
        let token = try city.token()
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        #expect(try await city.ask(token).status == .ok)
        #expect(try await city.city.send(SignedInCity.mapping, method: .delete, headers: headers).status == .noContent)
        #expect(try await city.ask(token).status == .unauthorized)
        #expect(try await city.put(SignedInCity.mapping, #"{"roles": []}"#).status == .ok)
        #expect(try await city.ask(token).status == .ok)
        let other = #"{"url": "\#(city.provider.url)", "audiences": ["other"]}"#
        #expect(try await city.put(SignedInCity.issuer, other, headers: headers).status == .ok)
        #expect(try await city.ask(token).status == .unauthorized)
        #expect(try await city.ask(try city.token(["aud": #""other""#])).status == .ok)
        #expect(try await city.city.send(SignedInCity.issuer, method: .delete, headers: headers).status == .noContent)
        #expect(try await city.ask(try city.token(["aud": #""other""#])).status == .unauthorized)
    }

    /// Without a claim that says for which tenant it is, a token for one of them would open the other.
    @Test func sharesAnIssuerAmongTenantsByAClaimAlone() async throws {
        let city = try await SignedInCity()
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        let (none, there) = (#"{"roles": []}"#, "/t/bonn" + SignedInCity.mapping)
        let refused = try await city.put(there, none)
        #expect(refused.status == .conflict)
        #expect(refused.text.contains("another tenant takes its tokens; set a tenant claim first"), "\(refused.text)")
        let bare = #"{"url": "\#(city.provider.url)", "audiences": ["mitplan"]}"#
        let bound = #"{"url": "\#(city.provider.url)", "audiences": ["mitplan"], "tenantClaim": "tenant"}"#
        #expect(try await city.put(SignedInCity.issuer, bound, headers: headers).status == .ok)
        #expect(try await city.put(there, none).status == .ok)
        #expect(try await city.put(SignedInCity.issuer, bare, headers: headers).status == .conflict)
        #expect(try await city.ask(try city.token()).status == .notFound)
        #expect(try await city.city.send(there, method: .delete, headers: headers).status == .noContent)
        #expect(try await city.put(SignedInCity.issuer, bare, headers: headers).status == .ok)
        // Who takes its tokens already may change what they are worth.
        #expect(try await city.put(SignedInCity.mapping, none, headers: headers).status == .ok)
    }

    /// The text of a new API key that somebody makes.
    private func key(_ city: SignedInCity, by credential: String, at prefix: String = "") async throws -> String {
        let wish = #"{"name": "k", "roles": [{"role": "tenantAdmin"}]}"#
        let answer = try await city.ask(credential, prefix + "/api/v1/keys", method: .post, body: wish)
        return String(try #require(answer.text.firstMatch(of: /mp_\d+_[0-9a-f]{64}/)?.output, "\(answer.text)"))
    }

    @Test func revokesTheKeysThatAccountsMadeWithTheirMapping() async throws {
        let city = try await SignedInCity()
        let admin = try city.token(SignedInCity.roles("mitplan-admin"))
        let first = try await key(city, by: admin)
        let second = try await key(city, by: first)
        let own = try await key(city, by: CityServer.token)
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        #expect(try await city.city.send(SignedInCity.mapping, method: .delete, headers: headers).status == .noContent)
        for text in [first, second] { #expect(try await city.ask(text).status == .unauthorized) }
        #expect(try await city.ask(own, "/api/v1/keys").status == .ok)
        let log = try await city.city.send("/api/v1/audit", headers: CityServer.staff).text
        let events = log.matches(of: /"action":"key.revoke","item":"keys\/\d+","reason":"issuers\/city"/)
        #expect(events.count == 2, "\(log)")
    }

    @Test func revokesTheKeysThatAccountsMadeInAllTenantsWithTheirIssuer() async throws {
        let city = try await SignedInCity(issuer: #", "tenantClaim": "tenant""#)
        let roles = #"{"roles": [{"value": "mitplan-admin", "role": "tenantAdmin"}]}"#
        #expect(try await city.put("/t/bonn" + SignedInCity.mapping, roles).status == .ok)
        let both: [String: String?] = ["tenant": #"["bonn","hamburg"]"#]
        let admin = try city.token(SignedInCity.roles("mitplan-admin").merging(both) { $1 })
        let prefixes = ["/t/hamburg", "/t/bonn"]
        var texts: [String] = []
        for prefix in prefixes { texts.append(try await key(city, by: admin, at: prefix)) }
        for (prefix, text) in zip(prefixes, texts) {
            #expect(try await city.ask(text, prefix + "/api/v1/keys").status == .ok)
        }
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        #expect(try await city.city.send(SignedInCity.issuer, method: .delete, headers: headers).status == .noContent)
        for (prefix, text) in zip(prefixes, texts) {
            #expect(try await city.ask(text, prefix + "/api/v1/keys").status == .unauthorized)
            let log = try await city.city.send(prefix + "/api/v1/audit", headers: CityServer.staff).text
            #expect(log.contains("key.revoke"), "\(prefix)")
        }
    }

    /// A role for what the issuer calls a person would never be held, and would keep a name that is not to be kept.
    @Test func givesRolesToPseudonymsAlone() async throws {
        let city = try await SignedInCity()
        #expect(try await city.put("/api/v1/issuers/other", Self.body).status == .created)
        let admin: HTTPFields = [
            .authorization: "Bearer \(try city.token(SignedInCity.roles("mitplan-admin")))"
        ]
        func status(_ subject: String, _ headers: HTTPFields) async throws -> HTTPResponse.Status {
            let wish = #"{"subject": "\#(subject)", "role": "analyst"}"#
            let answer = try await city.city.post("/api/v1/roles", wish, headers: headers)
            #expect(answer.status == .created || answer.text.contains(#""pointer":"/subject""#), "\(answer.text)")
            return answer.status
        }
        let name = String(repeating: "0a", count: 16)
        for headers in [CityServer.staff, admin] {
            for wrong in ["4711", "", name + "0", name.uppercased(), "x:" + name] {
                #expect(try await status("city:" + wrong, headers) == .unprocessableContent, "\(wrong)")
            }
            #expect(try await status("city:" + name, headers) == .created)
            #expect(try await status("elsewhere:4711", headers) == .created)
        }
        // Which issuers others take an administrator does not learn.
        #expect(try await status("other:4711", CityServer.staff) == .unprocessableContent)
        #expect(try await status("other:4711", admin) == .created)
    }

    /// Changes stand in the log of the tenants they concern.
    @Test func writesEveryChangeDown() async throws {
        let city = try await SignedInCity()
        var headers = CityServer.staff
        headers[.ifMatch] = "*"
        let body = #"{"url": "\#(city.provider.url)", "audiences": ["other"]}"#
        #expect(try await city.put(SignedInCity.issuer, body, headers: headers).status == .ok)
        #expect(try await city.city.send(SignedInCity.mapping, method: .delete, headers: headers).status == .noContent)
        #expect(try await city.put(SignedInCity.mapping, #"{"roles": []}"#).status == .ok)
        #expect(try await city.city.send(SignedInCity.issuer, method: .delete, headers: headers).status == .noContent)
        let log = try await city.city.send("/api/v1/audit", headers: CityServer.staff).text
        let actions = log.matches(of: /"action":"(issuer\.\w+)","item":"issuers\/city"/).map { String($0.1) }
        #expect(actions == ["issuer.remove", "issuer.map", "issuer.unmap", "issuer.change", "issuer.map"])
        #expect(log.contains(#""reason":"audiences rolesClaim""#), "\(log)")
        // By sha256sum, of the lines mitplan-admin=tenantAdmin, mod-hafen=moderator:hafen and so on, and of nothing.
        #expect(log.contains("moderator:hafen moderator:radverkehr tenantAdmin sha256:a305975c17140246"), "\(log)")
        #expect(log.contains(#""reason":"sha256:e3b0c44298fc1c14""#))
        let other = try await city.city.send("/t/bonn/api/v1/audit", headers: CityServer.staff).text
        #expect(!other.contains("issuer"))
    }
}
