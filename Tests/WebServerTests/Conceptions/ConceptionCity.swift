import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebServer

/// A server with a proceeding whose second phase is running.
struct ConceptionCity {
    let city: CityServer
    static let json: HTTPFields = [.contentType: "application/json"]
    static let proceeding = "/api/v1/proceedings/kai"
    static let conceptions = proceeding + "/conceptions"

    /// Makes it; the clock stands at 1 May 2026.
    init(schedule: String = #"{"phase2Start": "2026-04-01", "phase2End": "2026-06-30"}"#) async throws {
        city = try await CityServer()
        let document = #"{"id": "kai", "name": "Kai", "schedule": \#(schedule)}"#
        let made = try await city.post("/api/v1/proceedings", document, headers: CityServer.staff)
        #expect(made.status == .created, "\(made.text)")
    }

    static func feature(
        _ title: String = "Variante A: Allee", text: String = "Zwei Reihen Bäume, dazwischen ein Weg.",
        more: String = ""
    ) -> String {
        #"{"type": "Feature", "geometry": null, "properties": {"title": "\#(title)", "text": "\#(text)"\#(more)}}"#
    }

    /// Adds a conception and tells its address.
    func add(_ body: String = feature()) async throws -> String {
        let answer = try await city.post(Self.conceptions, body, headers: CityServer.staff)
        #expect(answer.status == .created, "\(answer.text)")
        return try #require(answer.headers[.location])
    }

    /// Comments on something and tells the address of the comment.
    func comment(_ text: String, on path: String, below parent: String? = nil) async throws -> String {
        let number = parent.flatMap { $0.split(separator: "/").last.map(String.init) }
        let member = number.map { #", "parent": "\#($0)""# } ?? ""
        let answer = try await city.post(path + "/comments", #"{"text": "\#(text)"\#(member)}"#)
        #expect(answer.status == .created, "\(answer.text)")
        return try #require(answer.headers[.location])
    }

    /// Takes a moderator's decision on a thing.
    func decide(_ action: String, on path: String) async throws {
        let body = #"{"action": "\#(action)", "reason": "other"}"#
        let answer = try await city.post(path + "/moderation", body, headers: CityServer.staff + [.ifMatch: "*"])
        #expect(answer.status == .ok, "\(answer.text)")
    }
}
