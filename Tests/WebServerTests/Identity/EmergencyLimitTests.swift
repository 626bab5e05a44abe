import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import OutboundHTTP
import Participation
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// What the operator makes in an emergency access ends with it, and so does what is made with that.
struct EmergencyLimitTests {
    private static let keys = "/api/v1/keys"
    private static let adminKey = #"{"name": "k", "roles": [{"role": "tenantAdmin"}], "days": 90}"#

    /// The operator in a tenant for thirty minutes; tells the address of the access.
    private func letIn(_ clock: TestClock) async throws -> (
        city: CityServer, administrator: HTTPFields, access: String
    ) {
        let (city, administrator) = try await EmergencyAccessTests.restrained(clock)
        let opened = try await city.post(
            EmergencyAccessTests.access, EmergencyAccessTests.reason, headers: CityServer.staff)
        return (city, administrator, try #require(opened.headers[.location]))
    }

    private func makeKey(_ city: CityServer, by headers: HTTPFields) async throws -> HTTPFields {
        let made = try await city.post(Self.keys, Self.adminKey, headers: headers)
        #expect(made.status == .created, "\(made.text)")
        let object = try JSONSerialization.jsonObject(with: Data(made.body.readableBytesView)) as? [String: Any]
        return [.authorization: "Bearer \(object?["key"] as? String ?? "")"]
    }

    private func status(_ city: CityServer, _ headers: HTTPFields) async throws -> HTTPResponse.Status {
        try await city.send(Self.keys, headers: headers).status
    }

    @Test func keysEndWithTheAccessAlsoThoseMadeWithThem() async throws {
        let clock = TestClock()
        let (city, administrator, _) = try await letIn(clock)
        let first = try await makeKey(city, by: CityServer.staff)
        let second = try await makeKey(city, by: first)
        let own = try await makeKey(city, by: administrator)
        #expect(try await status(city, second) == .ok)
        clock.advance(seconds: 30 * 60)
        #expect(try await status(city, first) == .unauthorized)
        #expect(try await status(city, second) == .unauthorized)
        #expect(try await status(city, own) == .ok)
    }

    @Test func closingTheAccessRevokesThemAtOnce() async throws {
        let (city, administrator, access) = try await letIn(TestClock())
        let first = try await makeKey(city, by: CityServer.staff)
        let second = try await makeKey(city, by: first)
        let own = try await makeKey(city, by: administrator)
        #expect(try await city.send(access, method: .delete, headers: administrator).status == .noContent)
        #expect(try await status(city, first) == .unauthorized)
        #expect(try await status(city, second) == .unauthorized)
        #expect(try await status(city, own) == .ok)
        let log = try await city.send("/api/v1/audit?limit=1000", headers: administrator)
        #expect(log.text.split(separator: #""key.revoke""#).count == 3)
    }

    @Test func rolesEndWithItAndTheirAccountsKeepTheirOwn() async throws {
        let clock = TestClock()
        let (city, administrator, _) = try await letIn(clock)
        let analyst = try await city.post(
            Self.keys, #"{"name": "GIS", "roles": [{"role": "analyst"}]}"#, headers: administrator)
        let id = try #require(analyst.headers[.location]?.split(separator: "/").last)
        let given = try await city.post(
            "/api/v1/roles", #"{"subject": "key:\#(id)", "role": "tenantAdmin"}"#, headers: CityServer.staff)
        #expect(given.status == .created && !given.text.contains(#""ends":null"#), "\(given.text)")
        let object = try JSONSerialization.jsonObject(with: Data(analyst.body.readableBytesView)) as? [String: Any]
        let headers: HTTPFields = [.authorization: "Bearer \(object?["key"] as? String ?? "")"]
        #expect(try await status(city, headers) == .ok)
        let detour = try await makeKey(city, by: headers)
        clock.advance(seconds: 30 * 60)
        #expect(try await status(city, headers) == .forbidden)
        #expect(try await status(city, detour) == .unauthorized)
        #expect(try await city.send("/api/v1/account", headers: headers).text.contains("analyst"))
        let roles = try await city.send("/api/v1/roles", headers: administrator)
        #expect(roles.text.contains(#""role":"analyst""#) && roles.text.contains("key:\(id)"))
    }

    @Test func aRoleThatAnAdministratorGivesAsWellStays() async throws {
        let clock = TestClock()
        let (city, administrator, _) = try await letIn(clock)
        let body = #"{"subject": "key:7", "role": "analyst"}"#
        for headers in [CityServer.staff, administrator, CityServer.staff] {
            #expect(try await city.post("/api/v1/roles", body, headers: headers).status == .created)
        }
        clock.advance(seconds: 30 * 60)
        let roles = try await city.send("/api/v1/roles", headers: administrator)
        #expect(roles.text.contains("key:7"))
    }

    @Test func webhooksAreToldNothingAfterItAndGo() async throws {
        let clock = TestClock()
        let (city, administrator, _) = try await letIn(clock)
        let server = try LoopbackServer { _ in .init(status: 204) }
        defer { server.stop() }
        let body = #"{"url": "\#(server.origin)/hook"}"#
        let made = try await city.post("/api/v1/webhooks", body, headers: CityServer.staff)
        #expect(made.status == .created && !made.text.contains(#""ends":null"#), "\(made.text)")
        func write(_ title: String) async throws {
            _ = try await city.post(
                CityServer.contributions, CityServer.feature(title: title, text: "\(title) ist hier nötig."))
        }
        try await write("Erster Radweg")
        #expect(try await city.installation.deliverWebhooks(policy: .init(origins: [server.origin])) == 1)
        clock.advance(seconds: 30 * 60)
        try await write("Zweiter Radweg")
        #expect(try await city.installation.deliverWebhooks(policy: .init(origins: [server.origin])) == 0)
        try await city.installation.forgetDeliveries()
        let list = try await city.send("/api/v1/webhooks", headers: administrator)
        #expect(list.status == .ok && !list.text.contains("/hook"))
    }

    @Test func withoutTheRuleNothingEnds() async throws {
        let city = try await CityServer()
        let made = try await city.post(
            "/api/v1/webhooks", #"{"url": "https://example.org"}"#, headers: CityServer.staff)
        let role = try await city.post(
            "/api/v1/roles", #"{"subject": "key:7", "role": "analyst"}"#, headers: CityServer.staff)
        #expect(made.text.contains(#""ends":null"#) && role.text.contains(#""ends":null"#))
    }

    @Test func claimsGetNoRolesInIt() async throws {
        let (city, administrator, _) = try await letIn(TestClock())
        let issuer = #"{"url": "https://sso.example.org/realms/city", "audiences": ["m"], "rolesClaim": "groups"}"#
        var json = CityServer.staff
        json[.contentType] = "application/json"
        let made = try await city.send("/api/v1/issuers/city", method: .put, headers: json, body: issuer)
        #expect(made.status == .created, "\(made.text)")
        let tenant = try #require(try await city.installation.tenant("hamburg"))
        func map(_ roles: [ClaimedRoleWish]) async throws {
            _ = try await city.installation.mapIssuer(
                "city", roles: roles, version: nil, scope: Scope(tenant: tenant, viewer: .staff))
        }
        let error = await #expect(throws: PlatformError.self) {
            try await map([ClaimedRoleWish("leitung", RoleWish(.tenantAdmin))])
        }
        #expect(error?.code == .forbidden)
        // That its people take part gives nobody a role; and an administrator may do it by and by.
        try await map([])
        var headers = administrator
        (headers[.contentType], headers[.ifMatch]) = ("application/json", "*")
        let mapped = try await city.send(
            "/api/v1/issuers/city/mapping", method: .put, headers: headers,
            body: #"{"roles": [{"value": "leitung", "role": "tenantAdmin"}]}"#)
        #expect(mapped.status == .ok, "\(mapped.text)")
    }

    @Test func nobodyWhoCameInSoLetsTheOperatorInForGood() async throws {
        let (city, _, _) = try await letIn(TestClock())
        let key = try await makeKey(city, by: CityServer.staff)
        let answer = try await city.send(
            "/api/v1/tenant", method: .patch, headers: key + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"operatorAccess": "always"}"#)
        #expect(answer.status == .forbidden, "\(answer.text)")
    }

    /// An export asks this between two pages.
    @Test func whatTakesLongStopsWhenTheAccessEnds() async throws {
        let clock = TestClock()
        let (city, _, _) = try await letIn(clock)
        let tenant = try #require(try await city.installation.tenant("hamburg"))
        let bonn = try #require(try await city.installation.tenant("bonn"))
        try await city.installation.requireStillLetIn(Scope(tenant: tenant, viewer: .staff))
        clock.advance(seconds: 30 * 60)
        await #expect(throws: PlatformError.self) {
            try await city.installation.requireStillLetIn(Scope(tenant: tenant, viewer: .staff))
        }
        let proceeding = try await city.installation.proceeding(
            "radverkehr", scope: Scope(tenant: tenant, viewer: .staff))
        await #expect(throws: PlatformError.self) {
            try await city.installation.writeGeoPackage(
                to: city.folder.path("export.gpkg"), of: proceeding, scope: Scope(tenant: tenant, viewer: .staff))
        }
        try await city.installation.requireStillLetIn(Scope(tenant: tenant, viewer: .anonymous))
        try await city.installation.requireStillLetIn(Scope(tenant: bonn, viewer: .staff))
    }

    /// Also those of the command line, which pull the same pages.
    @Test func anExportThatHasBegunStopsWhenTheAccessEnds() async throws {
        let clock = TestClock()
        let (city, _, _) = try await letIn(clock)
        let tenant = try #require(try await city.installation.tenant("hamburg"))
        let scope = Scope(tenant: tenant, viewer: .staff)
        let proceeding = try await city.installation.proceeding("radverkehr", scope: scope)
        var parts = try await city.installation.export(of: proceeding, format: .geojson, scope: scope)
            .makeAsyncIterator()
        var table = try await city.installation.dipasTable(.contributions, of: proceeding, scope: scope)
            .makeAsyncIterator()
        #expect(try await parts.next() != nil)
        #expect(try await table.next() != nil)
        clock.advance(seconds: 30 * 60)
        var refused: [PlatformError.Code] = []
        do { _ = try await parts.next() } catch let error as PlatformError { refused.append(error.code) }
        do { _ = try await table.next() } catch let error as PlatformError { refused.append(error.code) }
        #expect(refused == [.forbidden, .forbidden])
    }
}
