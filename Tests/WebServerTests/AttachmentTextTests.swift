import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

/// What is said of images, and by whom it is changed.
extension AttachmentRoutesTests {
    private func change(
        _ city: CityServer, _ href: String, _ patch: String, _ headers: HTTPFields
    ) async throws -> TestResponse {
        try await city.send(
            href, method: .patch, headers: [.contentType: "application/merge-patch+json"] + headers, body: patch)
    }

    @Test func whatIsSaidOfAnImageIsChangedByItsAuthorOrByAModerator() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let href = try href(try await add(city, made, query: Self.alt + "&credit=Anna"))
        let seen = try #require(try await city.send(made.path + "/attachments").headers[.eTag])
        let own = made.receipt + [.ifMatch: seen]
        let changed = try await change(city, href, #"{"alt": " Eine Hecke ", "credit": null}"#, own)
        #expect(changed.status == .ok, "\(changed.text)")
        #expect(changed.text.contains(#""alt":"Eine Hecke","credit":null"#))
        #expect(try await city.send(made.path).text.contains(#""alt":"Eine Hecke""#))
        // Whoever has seen the words before is told that they are others now.
        #expect(try await change(city, href, #"{"alt": "Ein Zaun"}"#, own).status == .preconditionFailed)
        let staff = CityServer.staff + [.ifMatch: changed.headers[.eTag] ?? ""]
        #expect(try await change(city, href, #"{"alt": "Ein Zaun"}"#, staff).status == .ok)
        let log = try await city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains("attachment.change") && !log.text.contains("Zaun"))
        let record = try await city.send(made.path + "/moderation", headers: CityServer.staff).text
        #expect(record.contains(#""text":"Der Radweg endet an einer Mauer\nAnna","cause":"attachmentEdited""#))
        #expect(record.contains(#""text":"Eine Hecke""#))
    }

    @Test func whatIsSaidOfAnImageKeepsToTheRules() async throws {
        let city = try await CityServer()
        let made = try await Made(city)
        let href = try href(try await add(city, made))
        let any: HTTPFields = [.ifMatch: "*"]
        let patch = #"{"alt": "Ein Zaun am Weg"}"#
        #expect(try await change(city, href, patch, made.receipt).status == .preconditionRequired)
        #expect(try await change(city, href, patch, any).status == .forbidden)
        #expect(try await change(city, href, patch, city.participant() + any).status == .forbidden)
        let short = try await change(city, href, #"{"alt": "ab", "caption": "x"}"#, made.receipt + any)
        #expect(short.status == .unprocessableContent && short.text.contains("/caption"))
        let empty = try await change(city, href, #"{"alt": "ab"}"#, made.receipt + any)
        #expect(empty.status == .unprocessableContent && empty.text.contains("\"pointer\":\"/alt\""))
        #expect(
            try await change(city, made.path + "/attachments/987654", patch, made.receipt + any).status == .notFound)
        let held = try await change(city, href, #"{"alt": "Foto von max@example.org"}"#, made.receipt + any)
        #expect(held.status == .ok)
        #expect(try await city.send(made.path).status == .notFound)
        try await settings(city, #"{"editWindowMinutes": 0}"#)
        let late = try await change(city, href, patch, made.receipt + any)
        #expect(late.status == .forbidden && late.text.contains("time for changes is over"))
    }
}
