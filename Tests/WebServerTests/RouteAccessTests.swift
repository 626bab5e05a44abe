import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Testing

@testable import WebServer

struct RouteAccessTests {
    private struct Key: Decodable {
        let id: String
        let key: String
    }

    private func key(_ city: CityServer, role: String, proceeding: String? = nil) async throws -> Key {
        let place = proceeding.map { #", "proceeding": "\#($0)""# } ?? ""
        let answer = try await city.post(
            "/api/v1/keys", #"{"name": "k", "roles": [{"role": "\#(role)"\#(place)}]}"#, headers: CityServer.staff)
        #expect(answer.status == .created, "\(answer.text)")
        return try JSONDecoder().decode(Key.self, from: Data(answer.body.readableBytesView))
    }

    private func status(
        _ city: CityServer, _ method: HTTPRequest.Method, _ path: String, _ token: String?
    ) async throws -> HTTPResponse.Status {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await city.send(path, method: method, headers: headers, body: method == .get ? nil : "{}").status
    }

    /// Walks every route with every kind of caller and holds the answers against the rules in the table.
    @Test(
        arguments: [nil, "participant", "analyst", "moderator", "planner", "tenantAdmin"] as [String?])
    func everyRouteKeepsItsRule(_ caller: String?) async throws {
        let city = try await CityServer()
        let role = caller.flatMap { Role(rawValue: $0) }
        var token: String?
        if let role { token = try await key(city, role: role.rawValue).key }
        if caller == "participant" {
            let answer = try await city.send("/api/v1/participants", method: .post)
            let object = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
            token = (object as? [String: Any])?["token"] as? String
            #expect(token != nil)
        }
        // What everybody may call is tried by one kind of caller.
        for route in city.server.descriptions
        where route.place == .tenant && (route.access != .everybody || caller == nil) {
            let isLet =
                switch route.access {
                case .everybody: true
                case .participant: caller == "participant"
                case .permission(let permission): role.map { permission.roles.contains($0) } ?? false
                }
            var path = route.path.replacing("{proceeding}", with: "radverkehr")
            for part in path.split(separator: "/") where part.hasPrefix("{") {
                path = path.replacing(part, with: "987")
            }
            let status = try await status(city, route.method, path, token)
            let name = "\(route.method) \(route.path) for \(caller ?? "anybody"): \(status)"
            if isLet {
                #expect(status != .unauthorized || route.access == .everybody && token == nil, "\(name)")
                if case .permission = route.access { #expect(status != .forbidden, "\(name)") }
            } else {
                #expect(status == (token == nil ? .unauthorized : .forbidden), "\(name)")
            }
        }
    }

    @Test func letsAKeyWorkInItsProceedingAlone() async throws {
        let city = try await CityServer()
        let other = #"{"id": "hafen", "name": "Hafen"}"#
        #expect(try await city.post("/api/v1/proceedings", other, headers: CityServer.staff).status == .created)
        let key = try await key(city, role: "planner", proceeding: "hafen").key
        var headers: HTTPFields = [
            .contentType: "application/json", .authorization: "Bearer \(key)", .ifMatch: "*",
        ]
        let body = #"{"categories": [{"id": "kai", "name": "Kai"}]}"#
        func put(_ proceeding: String) async throws -> HTTPResponse.Status {
            try await city.send(
                "/api/v1/proceedings/\(proceeding)/categories", method: .put, headers: headers, body: body
            ).status
        }
        #expect(try await put("hafen") == .ok)
        #expect(try await put("radverkehr") == .forbidden)
        #expect(try await put("nowhere") == .notFound)
        headers[.authorization] = "Bearer \(key.dropLast())0"
        #expect(try await put("hafen") == (key.last == "0" ? .ok : .unauthorized))
    }

    @Test func opensNothingWithAKeyThatIsRevokedOrOfAnotherTenant() async throws {
        let city = try await CityServer()
        let key = try await key(city, role: "tenantAdmin")
        #expect(try await status(city, .get, "/api/v1/keys", key.key) == .ok)
        #expect(try await status(city, .get, "/t/bonn/api/v1/keys", key.key) == .unauthorized)
        #expect(try await status(city, .delete, "/api/v1/keys/\(key.id)", key.key) == .noContent)
        #expect(try await status(city, .get, "/api/v1/keys", key.key) == .unauthorized)
        #expect(try await status(city, .get, "/api/v1/proceedings", key.key) == .unauthorized)
        let list = try await city.send("/api/v1/keys", headers: CityServer.staff)
        #expect(list.text.contains(#""revoked":"2026-"#) && list.text.contains(#""lastUsed":"2026-"#))
        #expect(!list.text.contains(key.key.suffix(64)))
    }

    @Test func makesAKeyOnceForAnIdempotencyKey() async throws {
        let city = try await CityServer()
        var headers = CityServer.staff
        headers[try #require(HTTPField.Name("Idempotency-Key"))] = "once"
        let body = #"{"name": "k", "roles": [{"role": "analyst"}]}"#
        let first = try await city.post("/api/v1/keys", body, headers: headers)
        let second = try await city.post("/api/v1/keys", body, headers: headers)
        #expect(first.status == .created && second.status == .created)
        #expect(first.headers[.location] == second.headers[.location])
        #expect(first.text.contains(#""key":"mp_"#) && !second.text.contains("mp_"))
        let other = try await city.post(
            "/api/v1/keys", #"{"name": "l", "roles": [{"role": "analyst"}]}"#, headers: headers)
        #expect(other.status == .unprocessableContent)
    }

    @Test(arguments: [
        #"{"name": "k", "roles": []}"#, #"{"name": "k", "roles": [{"role": "king"}]}"#,
        #"{"name": "k", "roles": [{"role": "platformAdmin"}]}"#,
        #"{"name": "k", "roles": [{"role": "tenantAdmin", "proceeding": "radverkehr"}]}"#,
        #"{"name": "k", "roles": [{"role": "planner", "proceeding": "nowhere"}]}"#,
        #"{"name": "k", "roles": [{"role": "planner"}], "days": 366}"#,
        #"{"name": "k", "roles": [{"role": "planner"}], "secret": "mine"}"#,
    ])
    func refusesKeysThatBreakARule(_ body: String) async throws {
        let city = try await CityServer()
        let answer = try await city.post("/api/v1/keys", body, headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent, "\(answer.text)")
    }

    @Test func tellsWhatStaffDid() async throws {
        let city = try await CityServer()
        let grant = #"{"subject": "city:4711", "role": "moderator", "proceeding": "radverkehr", "reason": "elected"}"#
        #expect(try await city.post("/api/v1/roles", grant, headers: CityServer.staff).status == .created)
        let log = try await city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains(#""action":"role.grant""#) && log.text.contains(#""actor":"operator""#))
        #expect(log.text.contains(#""reason":"elected""#) && log.text.contains(#""rel":"next""#))
        #expect(log.headers[.cacheControl] == "no-store")
    }
}
