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
        #expect(log.contains("moderator:hafen moderator:radverkehr tenantAdmin"))
        let other = try await city.city.send("/t/bonn/api/v1/audit", headers: CityServer.staff).text
        #expect(!other.contains("issuer"))
    }
}
