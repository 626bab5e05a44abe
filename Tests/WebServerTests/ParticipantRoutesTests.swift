import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ParticipantRoutesTests {
    private struct Token: Decodable {
        let token: String
        let tokenType: String
        let expires: String
    }

    private func token(_ city: CityServer, _ path: String = "/api/v1/participants") async throws -> Token {
        let answer = try await city.send(path, method: .post)
        #expect(answer.status == .created)
        #expect(answer.headers[.cacheControl] == "no-store")
        return try JSONDecoder().decode(Token.self, from: Data(answer.body.readableBytesView))
    }

    private func status(_ city: CityServer, _ path: String, _ token: String) async throws -> HTTPResponse.Status {
        try await city.send(path, headers: [.authorization: "Bearer \(token)"]).status
    }

    @Test func givesATokenThatVotes() async throws {
        let city = try await CityServer()
        let token = try await token(city)
        #expect(token.tokenType == "Bearer")
        #expect(token.expires == "2027-05-01T00:02:03.456Z" || token.expires.hasPrefix("2027-05-01T"))
        let posted = try await city.post(CityServer.contributions, CityServer.feature())
        let vote = try #require(posted.headers[.location]) + "/vote"
        let answer = try await city.send(
            vote, method: .put,
            headers: [.authorization: "Bearer \(token.token)", .contentType: "application/json"],
            body: #"{"value": 1}"#)
        #expect(answer.status == .ok)
        #expect(answer.text.contains(#""up":1"#))
    }

    @Test func refusesTokensThatAreChangedOrOfAnotherTenant() async throws {
        let city = try await CityServer()
        let token = try await token(city).token
        #expect(try await status(city, "/api/v1/proceedings", token) == .ok)
        #expect(try await status(city, "/t/hamburg/api/v1/proceedings", token) == .ok)
        #expect(try await status(city, "/t/bonn/api/v1/proceedings", token) == .notFound)
        #expect(try await status(city, "/api/v1/proceedings", token + "0") == .unauthorized)
        #expect(try await status(city, "/api/v1/proceedings", "nonsense") == .unauthorized)
        let basic = try await city.send("/api/v1/proceedings", headers: [.authorization: "Basic YTpi"])
        #expect(basic.status == .unauthorized)
        #expect(basic.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
    }

    @Test func givesEveryCallerAnotherPseudonym() async throws {
        let city = try await CityServer()
        let first = try await token(city)
        let second = try await token(city)
        #expect(first.token != second.token)
    }
}
