import Foundation
import HTTPTypes
import HummingbirdTesting
import Participation
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// The operator in the data of a tenant that lets it in for a reason and a while only.
struct EmergencyAccessTests {
    static let access = "/api/v1/emergency-access"
    static let reason = #"{"reason": "Störung 4711: Beiträge fehlen", "minutes": 30}"#
    private static let patch: HTTPFields = [.contentType: "application/json", .ifMatch: "*"]

    /// A city with a hidden contribution that lets the operator in on emergency access only, and its administrator.
    static func restrained(_ clock: TestClock = TestClock()) async throws -> (
        city: CityServer, administrator: HTTPFields
    ) {
        let city = try await CityServer(clock: clock)
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        let hidden = try await city.post(
            path + "/moderation", #"{"action": "hide", "reason": "insult"}"#,
            headers: CityServer.staff + [.ifMatch: "*"])
        #expect(hidden.status.kind == .successful, "\(hidden.text)")
        let key = try await city.installation.createAPIKey(
            NewAPIKey(name: "Leitung", roles: [RoleWish(.tenantAdmin)], days: 1), scope: city.staff)
        let administrator: HTTPFields = [.authorization: "Bearer \(key.text ?? "")"]
        let closed = try await city.send(
            "/api/v1/tenant", method: .patch, headers: Self.patch + administrator,
            body: #"{"operatorAccess": "onGrant"}"#)
        #expect(closed.status == .ok && closed.text.contains(#""operatorAccess":"onGrant""#), "\(closed.text)")
        return (city, administrator)
    }

    private func sees(_ city: CityServer) async throws -> Bool {
        try await city.send(CityServer.contributions, headers: CityServer.staff).text.contains("Radweg fehlt")
    }

    @Test func theOperatorReadsNothingUnpublishedAndAdministersNothing() async throws {
        let (city, administrator) = try await Self.restrained()
        #expect(try await !sees(city))
        for path in ["/api/v1/keys", "/api/v1/roles", "/api/v1/audit", "/api/v1/proceedings/radverkehr/moderation"] {
            #expect(try await city.send(path, headers: CityServer.staff).status == .forbidden, "\(path)")
        }
        let key = #"{"name": "k", "roles": [{"role": "tenantAdmin"}]}"#
        #expect(try await city.post("/api/v1/keys", key, headers: CityServer.staff).status == .forbidden)
        #expect(try await city.send("/api/v1/keys", headers: administrator).status == .ok)
        // Another tenant is not concerned.
        #expect(try await city.send("/t/bonn/api/v1/keys", headers: CityServer.staff).status == .ok)
    }

    @Test func theOperatorKeepsTheLimitsOfTheTenantButNotWhatItSays() async throws {
        let (city, _) = try await Self.restrained()
        func change(_ body: String) async throws -> HTTPResponse.Status {
            try await city.send(
                "/api/v1/tenant", method: .patch, headers: Self.patch + CityServer.staff, body: body
            ).status
        }
        #expect(try await change(#"{"rateFactor": 3}"#) == .ok)
        #expect(try await change(#"{"name": "Meine Stadt"}"#) == .forbidden)
        #expect(try await change(#"{"operatorAccess": "always"}"#) == .forbidden)
        let opened = try await city.post(Self.access, Self.reason, headers: CityServer.staff)
        #expect(opened.status == .created, "\(opened.text)")
        #expect(try await change(#"{"operatorAccess": "always"}"#) == .forbidden)
    }

    @Test func emergencyAccessEndsByItselfAndIsTold() async throws {
        let clock = TestClock()
        let (city, administrator) = try await Self.restrained(clock)
        let before = try await city.send("/api/v1/account", headers: administrator)
        #expect(before.text.contains(#""emergencyAccess":null"#))
        let opened = try await city.post(Self.access, Self.reason, headers: CityServer.staff)
        #expect(opened.status == .created && opened.text.contains(#""open":true"#), "\(opened.text)")
        #expect(try await sees(city))
        #expect(try await city.post(Self.access, Self.reason, headers: CityServer.staff).status == .conflict)
        let told = try await city.send("/api/v1/account", headers: administrator)
        #expect(told.text.contains("Störung 4711: Beiträge fehlen"))
        #expect(try await !city.send("/api/v1/account").text.contains("4711"))
        clock.advance(seconds: 30 * 60)
        #expect(try await !sees(city))
        let after = try await city.send("/api/v1/account", headers: administrator)
        #expect(after.text.contains(#""emergencyAccess":null"#))
        let list = try await city.send(Self.access, headers: administrator)
        #expect(list.text.contains("Störung 4711") && list.text.contains(#""open":false"#))
        let log = try await city.send("/api/v1/audit?limit=1", headers: administrator)
        #expect(log.text.contains("emergency.open") && log.text.contains("Störung 4711: Beiträge fehlen"))
        let own = try await city.installation.engine.read {
            try AuditLog($0).events(of: AuditLog.installation, limit: 1, after: nil)
        }
        #expect(own.items.first?.action == "emergency.open")
        #expect(own.items.first?.item?.hasPrefix("tenants/hamburg/emergency-access/") == true)
    }

    @Test func administratorsEndIt() async throws {
        let (city, administrator) = try await Self.restrained()
        let path = try #require(
            try await city.post(Self.access, Self.reason, headers: CityServer.staff).headers[.location])
        #expect(try await city.send(path, method: .delete).status == .unauthorized)
        #expect(try await city.send(path, method: .delete, headers: city.participant()).status == .forbidden)
        #expect(try await city.send(path, method: .delete, headers: administrator).status == .noContent)
        #expect(try await !sees(city))
        let log = try await city.send("/api/v1/audit?limit=1", headers: administrator)
        #expect(log.text.contains("emergency.close"))
        #expect(try await city.send("/t/bonn" + path, method: .delete, headers: CityServer.staff).status == .notFound)
    }

    @Test(arguments: [
        (#"{"minutes": 30}"#, "/reason"), (#"{"reason": "kurz"}"#, "/reason"),
        (#"{"reason": "Eine lange Begründung", "minutes": 481}"#, "/minutes"),
        (#"{"reason": "Eine lange Begründung", "minutes": 0}"#, "/minutes"),
        (#"{"reason": "Eine lange Begründung", "minutes": "60"}"#, "/minutes"),
    ])
    func needsAReasonAndAnEnd(_ body: String, _ pointer: String) async throws {
        let (city, _) = try await Self.restrained()
        let answer = try await city.post(Self.access, body, headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent && answer.text.contains(pointer), "\(answer.text)")
        #expect(try await !sees(city))
    }

    @Test func nobodyElseOpensIt() async throws {
        let (city, administrator) = try await Self.restrained()
        #expect(try await city.post(Self.access, Self.reason).status == .unauthorized)
        #expect(try await city.post(Self.access, Self.reason, headers: administrator).status == .forbidden)
        #expect(
            try await city.post("/t/bonn" + Self.access, Self.reason, headers: CityServer.staff).status == .conflict)
    }
}
