import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct OwnErasureTests {
    @Test func anAuthorErasesWithTheReceiptAndNobodyElse() async throws {
        let city = try await CityServer()
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(created.headers[.location])
        let name = try #require(HTTPField.Name.receipt)
        let receipt = try #require(created.headers[name])
        #expect(try await city.post(path + "/erasure", "{}").status == .forbidden)
        #expect(try await city.post(path + "/erasure", "{}", headers: [name: "wrong"]).status == .forbidden)
        #expect(try await city.post(path + "/erasure", "{}", headers: [name: receipt]).status == .noContent)
        #expect(try await city.send(path, headers: [name: receipt]).status == .notFound)
        #expect(try await city.post(path + "/erasure", "{}", headers: [name: receipt]).status == .notFound)
        let changes = try await city.send(CityServer.contributions + "?modifiedSince=2026-01-01T00:00:00Z")
        #expect(changes.text.contains(#""tombstones":[{"id":"1","state":"erased""#))
        #expect(changes.text.contains("modifiedUntil"))
    }

    @Test func changesAreAskedForAlone() async throws {
        let city = try await CityServer()
        let path = CityServer.contributions + "?modifiedSince="
        #expect(try await city.send(path + "yesterday").status == .badRequest)
        #expect(try await city.send(path + "2026-01-01T00:00:00Z&q=Radweg").status == .badRequest)
        #expect(try await city.send(path + "2026-01-01T00:00:00Z&limit=5").status == .ok)
    }
}
