import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

/// What looks like advertising waits for a moderator, with its sign, and is never refused for it.
struct SpamSignTests {
    private static func properties(_ members: String, _ text: String = "Hier fehlt ein sicherer Radweg.") -> String {
        CityServer.feature(text: text).replacing(#""category": "wege""#, with: #""category": "wege"\#(members)"#)
    }

    /// The signs of all that waits.
    private static func signs(_ city: CityServer) async throws -> [[String]] {
        let queue = try await city.send("/api/v1/proceedings/radverkehr/moderation", headers: CityServer.staff)
        let object = try JSONSerialization.jsonObject(with: Data(queue.body.readableBytesView))
        let items = (object as? [String: Any])?["items"] as? [[String: Any]]
        return try #require(items).compactMap { $0["signs"] as? [String] }
    }

    @Test(arguments: [
        ("Mehr auf https://a.example und http://b.example und www.c.example.", true),
        ("Mehr auf https://www.a.example und http://b.example.", false),
    ])
    func manyLinksWait(_ text: String, _ waits: Bool) async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature(text: text))
        #expect(made.status == .created && made.text.contains("\"state\":\"pending\"") == waits)
        #expect(try await Self.signs(city) == (waits ? [["links"]] : []))
    }

    @Test func theSameWordsOfOneParticipantElsewhereWait() async throws {
        let city = try await CityServer()
        let author = try await city.participant()
        func post(_ x: Double, _ headers: HTTPFields) async throws -> TestResponse {
            try await city.post(
                CityServer.contributions, CityServer.feature(coordinates: "[\(x), 53.55]"), headers: headers)
        }
        #expect(try await post(9.90, author).text.contains("\"state\":\"published\""))
        #expect(try await post(9.95, author).text.contains("\"state\":\"pending\""))
        #expect(try await post(9.90, author).status == .conflict)
        #expect(try await post(9.97, city.participant()).text.contains("\"state\":\"published\""))
        #expect(try await Self.signs(city) == [["repeatedText"]])
    }

    @Test func theFourthCommentInTheSameWordsWaits() async throws {
        let city = try await CityServer()
        let author = try await city.participant()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location]) + "/comments"
        var states: [Bool] = []
        for _ in 1...4 {
            let comment = try await city.post(path, #"{"text": "Besucht meinen Laden!"}"#, headers: author)
            states.append(comment.text.contains("\"state\":\"pending\""))
        }
        #expect(states == [false, false, false, true])
    }

    @Test func whoFillsInTheTrapWaits() async throws {
        let city = try await CityServer()
        let caught = try await city.post(
            CityServer.contributions, Self.properties(#", "homepage": "https://a.example""#))
        #expect(caught.status == .created && caught.text.contains("\"state\":\"pending\""))
        #expect(!caught.text.contains("a.example"))
        let empty = try await city.post(CityServer.contributions, Self.properties(#", "homepage": """#))
        #expect(empty.text.contains("\"state\":\"published\""))
        let path = try #require(empty.headers[.location]) + "/comments"
        let comment = try await city.post(path, #"{"text": "Das sehe ich genauso.", "homepage": "x"}"#)
        #expect(comment.status == .created && comment.text.contains("\"state\":\"pending\""))
        #expect(try await Self.signs(city) == [["trap"], ["trap"]])
    }

    @Test func whoIsFasterThanPeopleWaits() async throws {
        let clock = TestClock()
        let city = try await CityServer(clock: clock)
        let opened = try await city.send("/api/v1/form-tokens", method: .post)
        let object = try JSONSerialization.jsonObject(with: Data(opened.body.readableBytesView))
        let token = try #require((object as? [String: Any])?["formToken"] as? String)
        func isHeld(_ token: String) async throws -> Bool {
            let made = try await city.post(
                CityServer.contributions, Self.properties(#", "formToken": "\#(token)""#))
            #expect(made.status == .created, "\(made.text)")
            return made.text.contains("\"state\":\"pending\"")
        }
        clock.advance(seconds: 2)
        #expect(try await isHeld(token))
        clock.advance(seconds: 1)
        #expect(try await !isHeld(token))
        #expect(try await isHeld("\(token.dropLast())\(token.last == "0" ? "1" : "0")"))
        #expect(try await isHeld("mpf1.0.00"))
        clock.advance(seconds: 86_400)
        #expect(try await isHeld(token))
        #expect(try await Self.signs(city).allSatisfy { $0 == ["haste"] })
    }

    @Test func staffIsNotHeldBack() async throws {
        let city = try await CityServer()
        let body = Self.properties(
            #", "homepage": "x", "formToken": "none""#, "https://a.example https://b.example https://c.example")
        let made = try await city.post(CityServer.contributions, body, headers: CityServer.staff)
        #expect(made.text.contains("\"state\":\"published\""))
    }
}
