import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct VoteRoutesTests {
    @Test func tellsTotalsAndAsksForAParticipant() async throws {
        let city = try await CityServer()
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(created.headers[.location]) + "/vote"
        let read = try await city.send(path)
        #expect(read.text == #"{"up":0,"down":0,"score":0,"wilson":0,"controversy":0,"own":null}"#)
        let json: HTTPFields = [.contentType: "application/json"]
        let refused = try await city.send(path, method: .put, headers: json, body: #"{"value": 1}"#)
        #expect(refused.status == .unauthorized && refused.headers[.wwwAuthenticate] != nil)
        #expect(try await city.send(path, method: .delete).status == .unauthorized)
        let missing = CityServer.contributions + "/999/vote"
        #expect(try await city.send(missing).status == .notFound)
    }

    @Test(arguments: [
        #"{"value": 2}"#, #"{"value": 0}"#, #"{"value": -2}"#, #"{"value": "1"}"#, #"{"value": 1.5}"#,
        #"{"value": null}"#, #"{"value": true}"#, "{}", #"{"value": 1, "participant": "x"}"#,
        #"{"value": 9223372036854775807}"#, #"{"value": 1e400}"#,
    ])
    func refusesEveryOtherValue(_ body: String) async throws {
        let city = try await CityServer()
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(created.headers[.location]) + "/vote"
        var headers = try await city.participant()
        headers[.contentType] = "application/json"
        let answer = try await city.send(path, method: .put, headers: headers, body: body)
        #expect(answer.status == .unprocessableContent, "\(answer.text)")
        #expect(try await city.send(path).text.hasPrefix(#"{"up":0,"down":0"#))
    }

    @Test func putsABurstFromOneNetworkBeforeTheModeratorsAndCountsIt() async throws {
        let city = try await CityServer()
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(created.headers[.location]) + "/vote"
        var tokens: [HTTPFields] = []
        for _ in 0..<10 {
            var headers = try await city.participant()
            headers[.contentType] = "application/json"
            tokens.append(headers)
        }
        let queue = "/api/v1/proceedings/radverkehr/moderation"
        let staff: HTTPFields = [.authorization: "Bearer \(CityServer.token)"]
        // Over a connection, since without one a request comes from no network.
        try await city.server.application.test(.live) { [tokens] client in
            for headers in tokens.dropLast() {
                _ = try await client.execute(
                    uri: path, method: .put, headers: headers, body: ByteBuffer(string: #"{"value": 1}"#))
            }
            let before = try await client.execute(uri: queue, method: .get, headers: staff)
            #expect(!String(buffer: before.body).contains("voteBurst"))
            let last = try await client.execute(
                uri: path, method: .put, headers: tokens[9], body: ByteBuffer(string: #"{"value": 1}"#))
            #expect(String(buffer: last.body).hasPrefix(#"{"up":10,"down":0"#))
            let after = try await client.execute(uri: queue, method: .get, headers: staff)
            #expect(String(buffer: after.body).contains("voteBurst"))
        }
    }
}
