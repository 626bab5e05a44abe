import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// Earlier texts of what planners write.
struct HistoryTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    private static let patch: HTTPFields =
        [.contentType: "application/merge-patch+json", .ifMatch: "*"] + CityServer.staff

    private struct Text: Decodable, Equatable {
        var version: Int
        var title: String?
        var text: String
        var cause: String
        var other: [String: String]?
    }

    private func texts(_ city: CityServer, _ path: String) async throws -> [Text] {
        let answer = try await city.send(path + "/history", headers: CityServer.staff)
        #expect(answer.status == .ok, "\(answer.text)")
        return try JSONDecoder().decode([String: [Text]].self, from: Data(answer.body.readableBytesView))["texts"] ?? []
    }

    private func change(_ city: CityServer, _ path: String, _ body: String) async throws {
        let answer = try await city.send(path, method: .patch, headers: Self.patch, body: body)
        #expect(answer.status == .ok, "\(answer.text)")
    }

    private func appointment(_ city: CityServer) async throws -> String {
        let body = """
            {"type": "Feature", "geometry": null, "properties": {"title": "Auftakt", "description": "Mit Kaffee.",
            "start": "2026-05-20T18:00:00+02:00", "end": "2026-05-20T20:00:00+02:00", "place": "Aula"}}
            """
        let answer = try await city.post(Self.proceeding + "/appointments", body, headers: CityServer.staff)
        return try #require(answer.headers[.location])
    }

    @Test func oldTextsOfAnAppointmentAreKept() async throws {
        let city = try await CityServer()
        let path = try await appointment(city)
        #expect(try await texts(city, path).isEmpty)
        try await change(city, path, #"{"properties": {"title": "Verlegt", "place": "Bürgerhaus"}}"#)
        // Another time is no other text.
        try await change(city, path, #"{"properties": {"end": "2026-05-20T21:00:00+02:00"}}"#)
        try await change(city, path, #"{"properties": {"place": null}}"#)
        #expect(
            try await texts(city, path) == [
                Text(version: 1, title: "Auftakt", text: "Mit Kaffee.", cause: "edited", other: ["place": "Aula"]),
                Text(
                    version: 3, title: "Verlegt", text: "Mit Kaffee.", cause: "edited", other: ["place": "Bürgerhaus"]),
            ])
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.send(path + "/history", headers: CityServer.staff).status == .notFound)
        #expect(try await kept(city) == 0)
    }

    @Test func oldTextsOfADownloadAreKept() async throws {
        let city = try await CityServer()
        let added = try await city.upload(
            "\(Self.proceeding)/downloads?filename=a.pdf&title=Plan", Array("%PDF-1.7 Plan".utf8),
            headers: CityServer.staff)
        let path = try #require(added.headers[.location])
        try await change(city, path, #"{"description": "Der ganze Plan."}"#)
        try await change(city, path, #"{"weight": 3}"#)
        try await change(city, path, #"{"title": "Alter Plan"}"#)
        #expect(
            try await texts(city, path) == [
                Text(version: 1, title: "Plan", text: "", cause: "edited", other: nil),
                Text(version: 3, title: "Plan", text: "Der ganze Plan.", cause: "edited", other: nil),
            ])
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await kept(city) == 0)
    }

    @Test func oldTextsOfAProceedingAndItsListsAreKept() async throws {
        let city = try await CityServer()
        try await change(city, Self.proceeding, #"{"contact": "Zimmer 1", "topics": ["Rad", "Fuß"]}"#)
        try await change(city, Self.proceeding, #"{"name": "Radverkehr 2027", "contact": "Zimmer 2"}"#)
        let put: HTTPFields = CityServer.staff + [.contentType: "application/json", .ifMatch: "*"]
        for categories in [#"{"id": "wege", "name": "Pfade"}, {"id": "neu", "name": "Neu"}"#, ""] {
            let answer = try await city.send(
                Self.proceeding + "/categories", method: .put, headers: put,
                body: #"{"categories": [\#(categories)]}"#)
            #expect(answer.status.kind == .successful, "\(answer.text)")
        }
        for name in ["Idee", "Einfall"] {
            let answer = try await city.send(
                Self.proceeding + "/types", method: .put, headers: put,
                body: #"{"types": [{"id": "idee", "name": "\#(name)"}]}"#)
            #expect(answer.status == .ok, "\(answer.text)")
        }
        let found = try await texts(city, Self.proceeding)
        #expect(found.map(\.title) == ["Radverkehr"] + Array(repeating: "Radverkehr 2027", count: 3))
        #expect(
            found.map(\.other) == [
                ["contact": "Zimmer 1"], ["categories/wege/name": "Wege", "categories/alt/name": "Alt"],
                ["categories/wege/name": "Pfade", "categories/neu/name": "Neu"], ["types/idee/name": "Idee"],
            ])
    }

    @Test func moderatorsReadThemAndAdministratorsDeleteThem() async throws {
        let city = try await CityServer()
        try await change(city, Self.proceeding, #"{"name": "Neu"}"#)
        let path = Self.proceeding + "/history"
        #expect(try await city.send(path).status == .unauthorized)
        #expect(try await city.send(path, headers: city.participant()).status == .forbidden)
        #expect(try await texts(city, Self.proceeding).map(\.title) == ["Radverkehr"])
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await texts(city, Self.proceeding).isEmpty)
        let log = try await city.send("/api/v1/audit", headers: CityServer.staff)
        #expect(log.text.contains("texts.erase"))
    }

    @Test func retentionAndDeletionTakeThem() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        let path = try await appointment(city)
        try await change(city, path, #"{"properties": {"title": "Verlegt"}}"#)
        clock.advance(seconds: 366 * 86_400)
        try await change(city, Self.proceeding, #"{"name": "Neu"}"#)
        #expect(try await city.installation.retain(isTrial: false, scope: city.staff).map(\.counts.earlierTexts) == [1])
        #expect(try await texts(city, path).isEmpty)
        #expect(try await kept(city) == 1)
        let gone = try await city.send(
            Self.proceeding, method: .delete, headers: CityServer.staff + [.ifMatch: "*"])
        #expect(gone.status == .noContent)
        #expect(try await kept(city) == 0)
    }

    /// How many earlier texts the store holds.
    private func kept(_ city: CityServer) async throws -> Int64? {
        try await city.installation.engine.read { connection in
            try connection.first("SELECT count(*) FROM earlier_text") { $0.integer(0) }
        }
    }
}
