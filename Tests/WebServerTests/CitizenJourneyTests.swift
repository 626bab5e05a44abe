import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// What one citizen does from the first word to the last, over HTTP on the loopback address.
struct CitizenJourneyTests {
    /// Somebody with a participant token.
    private struct Citizen {
        let client: any TestClientProtocol
        let token: HTTPFields

        init(_ client: any TestClientProtocol) async throws {
            self.client = client
            let answer = try await client.execute(uri: "/api/v1/participants", method: .post)
            #expect(answer.status == .created, "\(answer.text)")
            let token = try #require(answer.text.firstMatch(of: /"token":"([^"]+)"/)?.1)
            self.token = [.authorization: "Bearer \(token)"]
        }

        func send(
            _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil, _ headers: HTTPFields = [:]
        ) async throws -> TestResponse {
            var fields = token + headers
            if body != nil { fields[.contentType] = "application/json" }
            return try await client.execute(
                uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
        }
    }

    private static let similar = CityServer.contributions + "/similar"

    @Test(.timeLimit(.minutes(5)))
    func aCitizenSpeaksIsAnsweredAndTakesAllOfItBack() async throws {
        let city = try await CityServer()
        let receiptField = try #require(HTTPField.Name.receipt)
        try await city.server.application.test(.live) { client in
            let (anna, bert) = (try await Citizen(client), try await Citizen(client))

            // Nobody has said it yet; then it is said, once.
            let draft = CityServer.feature()
            let before = try await anna.send(.post, Self.similar, draft)
            #expect(before.status == .ok && before.text.contains("\"numberReturned\":0"), "\(before.text)")
            let created = try await anna.send(.post, CityServer.contributions, draft)
            #expect(created.status == .created, "\(created.text)")
            let path = try #require(created.headers[.location])
            let receipt: HTTPFields = [receiptField: try #require(created.headers[receiptField])]
            let again = try await anna.send(.post, CityServer.contributions, draft)
            #expect(again.status == .conflict && again.text.contains("you have sent this already"), "\(again.text)")
            let like = try await bert.send(
                .post, Self.similar,
                CityServer.feature(title: "Ein Radweg", text: "Hier fehlt wirklich ein Radweg."))
            #expect(like.text.contains("\"title\":\"Radweg fehlt\""), "\(like.text)")

            // Another one votes, thinks again, and comments; a reply and a report come back.
            for (value, totals) in [
                (1, "\"up\":1,\"down\":0"), (-1, "\"up\":0,\"down\":1"), (1, "\"up\":1,\"down\":0"),
            ] {
                let vote = try await bert.send(.put, path + "/vote", #"{"value": \#(value)}"#)
                #expect(vote.status == .ok && vote.text.contains(totals), "\(vote.text)")
            }
            let comment = try await bert.send(.post, path + "/comments", #"{"text": "Das sehe ich genauso."}"#)
            #expect(comment.status == .created, "\(comment.text)")
            let place = try #require(comment.headers[.location])
            let number = try #require(place.split(separator: "/").last)
            let reply = try await anna.send(
                .post, path + "/comments", #"{"text": "Danke für die Unterstützung.", "parent": "\#(number)"}"#)
            #expect(reply.status == .created, "\(reply.text)")
            let tree = try await client.execute(uri: path + "/comments", method: .get)
            #expect(tree.text.contains("\"answers\":[{\"id\":"), "\(tree.text)")
            let report = try await anna.send(.post, place + "/reports", #"{"reason": "offTopic"}"#)
            #expect(report.status == .created, "\(report.text)")

            // What was said can be mended for a while, and is found among one's own.
            let tag = try #require(try await anna.send(.get, path).headers[.eTag])
            let patch = #"{"properties": {"text": "Auf beiden Seiten fehlt ein sicherer Radweg."}}"#
            #expect(try await bert.send(.patch, path, patch, [.ifMatch: tag]).status == .forbidden)
            let edited = try await anna.send(.patch, path, patch, [.ifMatch: tag])
            #expect(edited.status == .ok && edited.text.contains("beiden Seiten"), "\(edited.text)")
            let own = try await anna.send(.get, "/api/v1/participants/me/contributions")
            for part in ["beiden Seiten", "\"own\":true", "\"votesUp\":1", "\"comments\":2"] {
                #expect(own.text.contains(part), "\(part)")
            }
            #expect(try await anna.send(.get, "/api/v1/participants/me/comments").text.contains("Danke"))
            #expect(try await bert.send(.get, "/api/v1/participants/me/votes").text.contains("\"value\":1"))
            let secret = try #require(receipt[receiptField])
            let proof = try await bert.send(.post, path + "/receipt", #"{"receipt": "\#(secret)"}"#)
            #expect(proof.text == #"{"valid":true}"#)

            // Taken back it is gone for others; erased with the receipt alone it is gone for everybody.
            #expect(try await bert.send(.delete, path).status == .forbidden)
            #expect(try await anna.send(.delete, path).status == .noContent)
            #expect(try await bert.send(.get, path).status == .notFound)
            #expect(try await client.execute(uri: path + "/comments", method: .get).status == .notFound)
            #expect(try await anna.send(.get, path).text.contains("\"state\":\"withdrawn\""))
            let erased = try await client.execute(uri: path + "/erasure", method: .post, headers: receipt)
            #expect(erased.status == .noContent, "\(erased.text)")
            #expect(try await anna.send(.get, path).status == .notFound)
            let left = try await anna.send(.get, "/api/v1/participants/me/contributions")
            #expect(left.text.contains("\"features\":[]"), "\(left.text)")
            let changes = try await client.execute(
                uri: CityServer.contributions + "?modifiedSince=2026-01-01T00:00:00Z", method: .get)
            #expect(changes.text.contains("\"state\":\"erased\"") && !changes.text.contains("Radweg"))
        }
    }
}
