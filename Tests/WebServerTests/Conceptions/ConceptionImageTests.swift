import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// Images on conceptions: planners keep them, and they are seen as their conception is.
struct ConceptionImageTests {
    private static let alt = "?alt=Zwei%20Reihen%20B%C3%A4ume"

    private func add(
        _ kai: ConceptionCity, _ path: String, headers: HTTPFields = CityServer.staff
    ) async throws -> TestResponse {
        try await kai.city.upload(path + "/attachments" + Self.alt, SampleImages.bytes("grey.jpg"), headers: headers)
    }

    @Test func plannersHangThemAndEverybodySeesThem() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let added = try await add(kai, path)
        #expect(added.status == .created, "\(added.text)")
        let href = try #require(added.headers[.location])
        #expect(added.text.contains("\"href\":\"/t/hamburg\(href)\""))
        for uri in [href, href + "/thumbnail"] {
            let picture = try await kai.city.send(uri)
            #expect(picture.status == .ok && picture.headers[.contentType] == "image/jpeg")
            #expect(picture.headers[.contentDisposition]?.hasPrefix("inline; filename=\"conception-") == true)
        }
        for uri in [
            path, path + "/attachments", ConceptionCity.conceptions,
            ConceptionCity.conceptions + "?modifiedSince=2000-01-01T00:00:00Z",
        ] {
            #expect(try await kai.city.send(uri).text.contains("\"href\":\"/t/hamburg\(href)\""), "\(uri)")
        }
        let log = try await kai.city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains("attachment.add"))
        let seen = try #require(try await kai.city.send(path).headers[.eTag])
        let headers: HTTPFields = [.contentType: "application/json", .ifMatch: seen] + CityServer.staff
        let changed = try await kai.city.send(
            href, method: .patch, headers: headers, body: #"{"alt": "Eine Allee am Kai"}"#)
        #expect(changed.status == .ok && changed.text.contains("Eine Allee am Kai"), "\(changed.text)")
        #expect(try await kai.city.send(href, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await kai.city.send(href).status == .notFound)
        #expect(try await kai.city.send(path).text.contains(#""attachments":[]"#))
    }

    @Test func nobodyButPlannersKeepsThem() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let href = try #require(try await add(kai, path).headers[.location])
        let moderator = try await kai.city.installation.createAPIKey(
            NewAPIKey(name: "m", roles: [RoleWish(.moderator)], days: 1), scope: kai.city.staff)
        let callers: [(HTTPFields, HTTPResponse.Status)] = [
            ([:], .unauthorized), (try await kai.city.participant(), .forbidden),
            ([.authorization: "Bearer \(moderator.text ?? "")"], .forbidden),
        ]
        for (headers, status) in callers {
            #expect(try await add(kai, path, headers: headers).status == status)
            let patch: HTTPFields = headers + ConceptionCity.json + [.ifMatch: "*"]
            #expect(
                try await kai.city.send(href, method: .patch, headers: patch, body: #"{"alt": "Ein Zaun"}"#).status
                    == status)
            #expect(try await kai.city.send(href, method: .delete, headers: headers).status == status)
        }
        #expect(try await kai.city.send(href).status == .ok)
    }

    @Test func whatIsHiddenHidesItsImages() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let href = try #require(try await add(kai, path).headers[.location])
        try await kai.decide("hide", on: path)
        for uri in [href, href + "/thumbnail", path + "/attachments"] {
            #expect(try await kai.city.send(uri).status == .notFound)
            #expect(try await kai.city.send(uri, headers: kai.city.participant()).status == .notFound)
            #expect(try await kai.city.send(uri, headers: CityServer.staff).status == .ok)
        }
        #expect(
            try await kai.city.send(path + "/moderation", headers: CityServer.staff).text.contains(href))
        // The image of one conception is not to be had by way of another, nor by way of a contribution.
        let other = try await kai.add(ConceptionCity.feature("Variante B: Platz"))
        let number = href.split(separator: "/").last ?? ""
        #expect(try await kai.city.send(other + "/attachments/" + number).status == .notFound)
        let detour = path.replacing("/conceptions/", with: "/contributions/") + "/attachments/" + number
        #expect(try await kai.city.send(detour).status == .notFound)
        try await kai.decide("publish", on: path)
        #expect(try await kai.city.send(href).status == .ok)
    }
}
