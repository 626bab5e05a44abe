import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import Storage
import Testing

@testable import WebServer

struct ConceptionRoutesTests {
    private static let patch: HTTPFields = [.contentType: "application/merge-patch+json"] + CityServer.staff

    @Test func plannersAddThemAndEverybodyReadsThemInTheirOrder() async throws {
        let kai = try await ConceptionCity()
        let body = """
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates":
            [[[9.9, 53.5], [10, 53.5], [10, 53.6], [9.9, 53.5]]]}, "properties": {"title": "Variante B: Platz",
            "text": "Ein Platz am Wasser, mit Stufen.", "image": "https://example.org/b.jpg", "order": 2}}
            """
        let second = try await kai.add(body)
        let first = try await kai.add(ConceptionCity.feature(more: #", "order": 1"#))
        let one = try await kai.city.send(second)
        #expect(one.status == .ok && one.headers[.eTag]?.hasPrefix("\"v1-") == true)
        #expect(one.text.contains(#""geometry":{"type":"Polygon""#) && one.text.contains(#""state":"published""#))
        #expect(one.text.contains(#""image":"https://example.org/b.jpg","order":2,"created":"2026-05-01T00:02:00Z""#))
        #expect(!one.text.contains("author") && !one.text.contains("operator"))
        let list = try await kai.city.send(ConceptionCity.conceptions + "?limit=1")
        #expect(list.text.contains("Variante A") && !list.text.contains("Variante B"))
        #expect(list.text.contains("cursor=") && list.headers[.eTag] != nil)
        let all = try await kai.city.send(ConceptionCity.conceptions)
        let places = ["Variante A", "Variante B"].map { all.text.firstRange(of: $0)?.lowerBound }
        #expect(try #require(places[0]) < #require(places[1]))
        let tag = try #require(all.headers[.eTag])
        #expect(
            try await kai.city.send(ConceptionCity.conceptions, headers: [.ifNoneMatch: tag]).status == .notModified)
        #expect(first != second)
    }

    @Test func nobodyButPlannersKeepsThem() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let moderator = try await kai.city.installation.createAPIKey(
            NewAPIKey(name: "m", roles: [RoleWish(.moderator)], days: 1), scope: kai.city.staff)
        let callers: [(HTTPFields, HTTPResponse.Status)] = [
            ([:], .unauthorized), (try await kai.city.participant(), .forbidden),
            ([.authorization: "Bearer \(moderator.text ?? "")"], .forbidden),
        ]
        for (headers, status) in callers {
            let feature = ConceptionCity.feature()
            #expect(try await kai.city.post(ConceptionCity.conceptions, feature, headers: headers).status == status)
            let patch: HTTPFields = headers + ConceptionCity.json + [.ifMatch: "*"]
            #expect(try await kai.city.send(path, method: .patch, headers: patch, body: "{}").status == status)
            #expect(try await kai.city.send(path, method: .delete, headers: headers).status == status)
        }
    }

    @Test func changesNameTheVersionThatWasRead() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add(ConceptionCity.feature(more: #", "image": "https://example.org/a.jpg""#))
        let body = #"{"properties": {"text": "Drei Reihen Bäume am Kai.", "image": null}}"#
        func send(_ headers: HTTPFields) async throws -> TestResponse {
            try await kai.city.send(path, method: .patch, headers: Self.patch + headers, body: body)
        }
        let tag = try #require(try await kai.city.send(path).headers[.eTag])
        #expect(try await send([:]).status == .preconditionRequired)
        #expect(try await send([.ifMatch: "\"v7-a\""]).status == .preconditionFailed)
        let done = try await send([.ifMatch: tag])
        #expect(done.status == .ok && done.text.contains("Drei Reihen") && done.text.contains(#""image":null"#))
        #expect(done.text.contains("Variante A"), "what the change does not name stays")
        #expect(try await send([.ifMatch: tag]).status == .preconditionFailed)
        let record = try await kai.city.send(path + "/moderation", headers: CityServer.staff)
        #expect(record.text.contains("Zwei Reihen") && record.text.contains(#""cause":"edited""#))
    }

    @Test func whatIsWithdrawnIsGoneAndLeavesATombstone() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let stale = try await kai.city.send(
            path, method: .delete, headers: CityServer.staff + [.ifMatch: "\"v9-a\""])
        #expect(stale.status == .preconditionFailed)
        #expect(try await kai.city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        for headers in [HTTPFields(), CityServer.staff] {
            #expect(try await kai.city.send(path, headers: headers).status == .notFound)
        }
        #expect(try await kai.city.send(path, method: .delete, headers: CityServer.staff).status == .notFound)
        let changes = try await kai.city.send(ConceptionCity.conceptions + "?modifiedSince=2026-01-01")
        #expect(changes.text.contains(#""features":[],"tombstones":[{"id":"#))
        #expect(changes.text.contains(#""state":"withdrawn""#) && changes.text.contains("modifiedUntil"))
    }

    @Test(arguments: [
        (#", "state": "published""#, "/properties/state"), (#", "author": "x""#, "/properties/author"),
        (#", "created": "2020-01-01T00:00:00Z""#, "/properties/created"), (#", "votesUp": 9"#, "/properties/votesUp"),
        (#", "image": "javascript:alert(1)""#, "/properties/image"),
        (#", "image": "https://example.org/a b.jpg""#, "/properties/image"),
        (#", "image": 7"#, "/properties/image"), (#", "order": 1.5"#, "/properties/order"),
        (#", "order": 1000001"#, "/properties/order"), (#", "draft": "yes""#, "/properties/draft"),
    ])
    func refusesMembersThatAreNotAPlanners(_ more: String, _ pointer: String) async throws {
        let kai = try await ConceptionCity()
        let answer = try await kai.city.post(
            ConceptionCity.conceptions, ConceptionCity.feature(more: more), headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent && answer.text.contains(#""\#(pointer)""#), "\(answer.text)")
        #expect(try await kai.city.send(ConceptionCity.conceptions).text.contains(#""features":[]"#))
    }

    @Test(arguments: [
        #"{"type": "Point", "coordinates": [9.9, 153.5]}"#, #"{"type": "Point", "coordinates": [1e999, 3]}"#,
        #"{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}"#,
        #"{"type": "GeometryCollection", "geometries": []}"#, #"{"type": "Polygon", "coordinates": []}"#,
    ])
    func refusesPlacesThatAreNone(_ geometry: String) async throws {
        let kai = try await ConceptionCity()
        let body = ConceptionCity.feature().replacing("\"geometry\": null", with: "\"geometry\": \(geometry)")
        let answer = try await kai.city.post(ConceptionCity.conceptions, body, headers: CityServer.staff)
        #expect([400, 422].contains(answer.status.code), "\(answer.text)")
    }

    @Test(arguments: [
        "<script>alert('x')</script> & <b>fett</b>", "שלום עולם, ein Text", "Zero\u{200B}width\u{200D}joiner",
    ])
    func keepsWordsAsTyped(_ text: String) async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add(ConceptionCity.feature(text: text))
        #expect(try await kai.city.send(path).text.contains(#""text":"\#(text)""#))
        let comment = try await kai.comment(text, on: path)
        #expect(try await kai.city.send(comment).text.contains(#""text":"\#(text)""#))
    }

    @Test func aDraftIsForModeratorsUntilItIsPublished() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add(ConceptionCity.feature(more: #", "draft": true"#))
        #expect(try await kai.city.send(path).status == .notFound)
        #expect(try await kai.city.send(ConceptionCity.conceptions).text.contains(#""features":[]"#))
        #expect(try await kai.city.send(path, headers: CityServer.staff).text.contains(#""state":"pending""#))
        let changes = ConceptionCity.conceptions + "?modifiedSince=2026-01-01"
        #expect(try await kai.city.send(changes).text.contains(#""tombstones":[]"#))
        try await kai.decide("publish", on: path)
        #expect(try await kai.city.send(path).text.contains(#""state":"published""#))
    }

    @Test func isMadeOnceForAnIdempotencyKey() async throws {
        let kai = try await ConceptionCity()
        let key = try #require(HTTPField.Name("Idempotency-Key"))
        func send(_ title: String) async throws -> TestResponse {
            try await kai.city.post(
                ConceptionCity.conceptions, ConceptionCity.feature(title), headers: CityServer.staff + [key: "k1"])
        }
        let (first, second) = (try await send("Variante A"), try await send("Variante A"))
        #expect(first.status == .created && first.headers[.location] == second.headers[.location])
        #expect(first.text == second.text)
        #expect(try await send("Variante B").status == .unprocessableContent)
    }

    @Test func standsInItsOwnTenantAndUnderItsOwnAddressAlone() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let id = try #require(path.split(separator: "/").last)
        let contribution = try #require(
            try await kai.city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let number = try #require(contribution.split(separator: "/").last)
        for wrong in [
            "/t/bonn\(path)", "/api/v1/proceedings/radverkehr/conceptions/\(id)",
            "\(ConceptionCity.proceeding)/contributions/\(id)",
            "/api/v1/proceedings/radverkehr/conceptions/\(number)", "\(ConceptionCity.conceptions)/0",
            "\(ConceptionCity.conceptions)/x",
        ] {
            for tail in ["", "/comments", "/vote", "/moderation"] {
                let answer = try await kai.city.send(wrong + tail, headers: CityServer.staff)
                #expect([401, 404].contains(answer.status.code), "\(wrong + tail)")
            }
        }
        let other = try await kai.city.post("/t/bonn\(path)/comments", #"{"text": "Schön ist das."}"#)
        #expect(other.status == .notFound)
    }
}
