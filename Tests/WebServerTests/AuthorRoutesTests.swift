import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct AuthorRoutesTests {
    private static let patch: HTTPFields = [.contentType: "application/merge-patch+json"]

    private struct Made {
        var location: String
        var tag: String
        var receipt: HTTPFields
    }

    private static func make(_ city: CityServer) async throws -> Made {
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        let name = try #require(HTTPField.Name("Mitplan-Receipt"))
        return Made(
            location: try #require(created.headers[.location]), tag: try #require(created.headers[.eTag]),
            receipt: [name: try #require(created.headers[name])])
    }

    @Test func changesOneMemberWithTheTagOfWhatWasRead() async throws {
        let city = try await CityServer()
        let made = try await Self.make(city)
        let body = #"{"properties": {"text": "Auf beiden Seiten fehlt ein Radweg."}, "geometry": null}"#
        func send(_ headers: HTTPFields) async throws -> TestResponse {
            try await city.send(made.location, method: .patch, headers: Self.patch + headers, body: body)
        }
        #expect(try await send(made.receipt).status == .preconditionRequired)
        #expect(try await send(made.receipt + [.ifMatch: "\"v9-abc\""]).status == .preconditionFailed)
        #expect(try await send(made.receipt + [.ifMatch: "v1-abc"]).status == .badRequest)
        #expect(try await send([.ifMatch: made.tag]).status == .forbidden)
        let done = try await send(made.receipt + [.ifMatch: "W/\(made.tag)"])
        #expect(done.status == .ok)
        #expect(done.text.contains("beiden Seiten") && done.text.contains("\"geometry\":null"))
        #expect(done.text.contains("\"title\":\"Radweg fehlt\"") && !done.text.contains("\"edited\":null"))
        #expect(try await send(made.receipt + [.ifMatch: made.tag]).status == .preconditionFailed)
        let tag = try #require(done.headers[.eTag])
        #expect(try await send(made.receipt + [.ifMatch: tag]).status == .ok)
    }

    @Test(arguments: [
        (#"{"properties": {"title": null}}"#, "/properties/title"),
        (#"{"properties": {"state": "published"}}"#, "/properties/state"),
        (#"{"properties": {"author": "x", "created": "2020-01-01T00:00:00Z"}}"#, "/properties/author"),
        (#"{"id": 17}"#, "/id"),
        (#"{"properties": {"category": "unbekannt"}}"#, "/properties/category"),
        (#"{"geometry": {"type": "Point", "coordinates": [1e999, 3]}}"#, "invalid-input"),
    ])
    func refusesChangesThatAreNoneOfAnAuthors(_ body: String, _ word: String) async throws {
        let city = try await CityServer()
        let made = try await Self.make(city)
        let answer = try await city.send(
            made.location, method: .patch, headers: Self.patch + made.receipt + [.ifMatch: made.tag], body: body)
        #expect(answer.status == .unprocessableContent && answer.text.contains(word), "\(answer.text)")
        #expect(try await city.send(made.location).headers[.eTag] == made.tag)
    }

    @Test func withdrawsWithTheReceiptAndIsGone() async throws {
        let city = try await CityServer()
        let made = try await Self.make(city)
        #expect(try await city.send(made.location, method: .delete).status == .forbidden)
        let check = made.location + "/receipt"
        let secret = try #require(made.receipt.first?.value)
        #expect(try await city.post(check, #"{"receipt": "\#(secret)"}"#).text == #"{"valid":true}"#)
        #expect(try await city.post(check, #"{"receipt": "nein"}"#).text == #"{"valid":false}"#)
        let done = try await city.send(made.location, method: .delete, headers: made.receipt)
        #expect(done.status == .noContent)
        #expect(try await city.send(made.location).status == .notFound)
        #expect(try await city.send(CityServer.contributions).text.contains("\"numberReturned\":0"))
        let own = try await city.send(made.location, headers: made.receipt)
        #expect(own.text.contains("\"state\":\"withdrawn\"") && own.text.contains("\"own\":true"))
        #expect(own.headers[.cacheControl] == "no-store")
    }

    @Test func changesAndWithdrawsAComment() async throws {
        let city = try await CityServer()
        let made = try await Self.make(city)
        let created = try await city.post(made.location + "/comments", #"{"text": "Ja, das stimmt.", "subject": "So"}"#)
        let name = try #require(HTTPField.Name("Mitplan-Receipt"))
        let receipt: HTTPFields = [name: try #require(created.headers[name])]
        let location = try #require(created.headers[.location])
        let read = try await city.send(location)
        #expect(read.text == created.text && read.headers[.eTag] == created.headers[.eTag])
        let tag: HTTPFields = [.ifMatch: try #require(read.headers[.eTag])]
        let body = #"{"text": "Ja, sehr sogar.", "subject": null}"#
        #expect(
            try await city.send(location, method: .patch, headers: Self.patch + receipt, body: body).status
                == .preconditionRequired)
        let done = try await city.send(location, method: .patch, headers: Self.patch + receipt + tag, body: body)
        #expect(done.text.contains("Ja, sehr") && done.text.contains("\"subject\":null"))
        let refused = try await city.send(
            location, method: .patch, headers: Self.patch + receipt + [.ifMatch: "*"], body: #"{"parent": 3}"#)
        #expect(refused.status == .unprocessableContent && refused.text.contains("/parent"))
        #expect(try await city.send(location, method: .delete).status == .forbidden)
        #expect(try await city.send(location, method: .delete, headers: receipt).status == .noContent)
        #expect(try await city.send(location).status == .notFound)
    }

    @Test func asksWhoIAm() async throws {
        let city = try await CityServer()
        for list in ["contributions", "comments", "votes"] {
            #expect(try await city.send("/api/v1/participants/me/\(list)").status == .unauthorized)
        }
    }
}
