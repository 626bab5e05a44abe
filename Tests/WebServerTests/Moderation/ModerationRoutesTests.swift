import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ModerationRoutesTests {
    private static let hide = #"{"action": "hide", "reason": "insult"}"#

    private static func staff(_ tag: String? = nil) -> HTTPFields {
        var headers = CityServer.staff
        if let tag { headers[.ifMatch] = tag }
        return headers
    }

    private func contribution(_ city: CityServer) async throws -> String {
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        return try #require(created.headers[.location])
    }

    @Test func needsTheVersionThatWasSeen() async throws {
        let city = try await CityServer()
        let path = try await contribution(city) + "/moderation"
        #expect(try await city.post(path, Self.hide).status == .unauthorized)
        #expect(try await city.post(path, Self.hide, headers: Self.staff()).status == .preconditionRequired)
        #expect(try await city.post(path, Self.hide, headers: Self.staff("\"v7\"")).status == .preconditionFailed)
        #expect(try await city.post(path, Self.hide, headers: Self.staff("\"x\"")).status == .preconditionFailed)
        let read = try await city.send(path, headers: Self.staff())
        let tag = try #require(read.headers[.eTag])
        let done = try await city.post(path, Self.hide, headers: Self.staff(tag))
        #expect(done.status == .ok && done.headers[.eTag] == "\"v2\"")
        #expect(done.text.contains("\"state\":\"hidden\""))
        #expect(try await city.post(path, Self.hide, headers: Self.staff(tag)).status == .preconditionFailed)
        #expect(try await city.post(path, Self.hide, headers: Self.staff("*")).status == .unprocessableContent)
        #expect(try await city.send(path, headers: Self.staff()).text.contains("\"reason\":\"insult\""))
    }

    @Test(arguments: [
        ("{}", "/action"), (#"{"action": "vanish"}"#, "/action"), (#"{"action": "hide"}"#, "reason"),
        (#"{"action": "hide", "reason": "mood"}"#, "/reason"), (#"{"action": "hide", "state": "x"}"#, "/state"),
        (#"{"action": "redact", "reason": "other", "passages": [1]}"#, "/passages/0"),
        (#"{"action": "redact", "reason": "other", "passages": ["fehlt nicht"]}"#, "/passages/0"),
        (#"{"action": "publish"}"#, "transition"),
    ])
    func refusesDecisionsThatAreNone(_ body: String, _ word: String) async throws {
        let city = try await CityServer()
        let path = try await contribution(city) + "/moderation"
        let answer = try await city.post(path, body, headers: Self.staff("*"))
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains(word), "\(answer.text)")
    }

    @Test func decidesOnManyAtOnce() async throws {
        let city = try await CityServer()
        let words = "/api/v1/proceedings/radverkehr/moderation/words"
        let put = try await city.send(
            words, method: .put, headers: Self.staff().merging([.contentType: "application/json"]),
            body: #"{"words": ["Quatsch"]}"#)
        #expect(put.text == #"{"words":["Quatsch"]}"#)
        for _ in 1...3 {
            let held = try await city.post(CityServer.contributions, CityServer.feature(text: "Das ist doch Quatsch!"))
            #expect(held.status == .created && held.text.contains("\"state\":\"pending\""))
        }
        let queue = "/api/v1/proceedings/radverkehr/moderation"
        let waiting = try await city.send(queue + "?limit=2", headers: Self.staff())
        #expect(waiting.text.contains("\"numberWaiting\":3") && waiting.text.contains("\"signs\":[\"wordList\"]"))
        let body = #"{"items": [{"id": "1", "version": 1}, {"id": "2", "version": 1}], "action": "publish"}"#
        #expect(try await city.post(queue, body, headers: Self.staff()).status == .ok)
        #expect(try await city.send(queue, headers: Self.staff()).text.contains("\"numberWaiting\":1"))
        #expect(try await city.send(CityServer.contributions).text.contains("\"numberReturned\":2"))
        let stale = try await city.post(
            queue, #"{"items": [{"id": "1", "version": 1}], "action": "hide", "reason": "other"}"#,
            headers: Self.staff())
        #expect(stale.status == .preconditionFailed)
    }

    @Test func moderatesCommentsOfTheContributionNamed() async throws {
        let city = try await CityServer()
        let first = try await contribution(city)
        let second = try await contribution(city)
        let comment = try await city.post(first + "/comments", #"{"text": "Das sehe ich genauso."}"#)
        let path = try #require(comment.headers[.location])
        let wrong = path.replacing(first, with: second)
        #expect(try await city.post(wrong + "/moderation", Self.hide, headers: Self.staff("*")).status == .notFound)
        #expect(try await city.post(path + "/moderation", Self.hide, headers: Self.staff("*")).status == .ok)
        #expect(try await !city.send(first + "/comments").text.contains("genauso"))
        #expect(try await city.send(first).text.contains("\"comments\":0"))
    }

    /// In the item and in the lists of one's own; the note is nobody's but the moderators'.
    @Test func anAuthorReadsWhySomethingIsHiddenAndNobodyElse() async throws {
        let city = try await CityServer()
        let author = try await city.participant()
        let made = try await city.post(CityServer.contributions, CityServer.feature(), headers: author)
        let path = try #require(made.headers[.location])
        let comment = try await city.post(path + "/comments", #"{"text": "Kauft mehr Räder."}"#, headers: author)
        let below = try #require(comment.headers[.location])
        let decisions = [
            (below, #"{"action": "reject", "reason": "advertising", "note": "Xqnote"}"#),
            (path, #"{"action": "hide", "reason": "insult", "note": "Xqnote"}"#),
        ]
        for (item, body) in decisions {
            #expect(try await city.post(item + "/moderation", body, headers: Self.staff("*")).status == .ok)
        }
        let insult = #""stateReason":{"code":"insult","de":"Beleidigung","en":"insult"}"#
        let advertising = #""stateReason":{"code":"advertising","de":"Werbung","en":"advertising"}"#
        for (uri, reason) in [
            (path, insult), ("/api/v1/participants/me/contributions", insult), (below, advertising),
            ("/api/v1/participants/me/comments", advertising),
        ] {
            let read = try await city.send(uri, headers: author).text
            #expect(read.contains(reason) && !read.contains("Xqnote"), "\(uri): \(read)")
        }
        #expect(try await city.send(path).status == .notFound)
        #expect(
            try await city.post(path + "/moderation", #"{"action": "publish"}"#, headers: Self.staff("*")).status == .ok
        )
        #expect(try await !city.send(path, headers: author).text.contains("stateReason"))
    }

    @Test func findsWhatIsInAStateForModeratorsAlone() async throws {
        let city = try await CityServer()
        let (first, second) = (try await contribution(city), try await contribution(city))
        let comment = try await city.post(second + "/comments", #"{"text": "Das sehe ich genauso."}"#)
        let below = try #require(comment.headers[.location])
        for path in [first, below] {
            #expect(try await city.post(path + "/moderation", Self.hide, headers: Self.staff("*")).status == .ok)
        }
        let (list, export) = (CityServer.contributions, "/api/v1/proceedings/radverkehr/export")
        for uri in [list + "?state=hidden", export + "?state=hidden", list + "?filter=state%20=%20'hidden'"] {
            let found = try await city.send(uri, headers: Self.staff())
            #expect(found.text.contains("\"state\":\"hidden\"") && !found.text.contains("published"), "\(uri)")
            #expect(try await !city.send(uri).text.contains("Radweg fehlt"), "\(uri)")
        }
        let statistics = "/api/v1/proceedings/radverkehr/statistics?state=hidden"
        #expect(try await city.send(statistics, headers: Self.staff()).text.contains("\"contributions\":1"))
        #expect(try await city.send(statistics).text.contains("\"contributions\":0"))
        let queue = "/api/v1/proceedings/radverkehr/moderation"
        #expect(try await city.send(queue, headers: Self.staff()).text.contains("\"numberReturned\":0"))
        let hidden = try await city.send(queue + "?state=hidden", headers: Self.staff()).text
        #expect(hidden.contains("\"numberReturned\":2") && hidden.contains("\"kind\":\"comment\""))
        let page = try await city.send(queue + "?state=hidden&limit=1", headers: Self.staff())
        #expect(page.text.contains("\"numberReturned\":1") && page.headers[HTTPField.Name("Link") ?? .via] != nil)
        #expect(try await city.send(list + "?state=erased", headers: Self.staff()).status == .badRequest)
    }

    @Test func showsTheMarkOfARedaction() async throws {
        let city = try await CityServer()
        let path = try await contribution(city)
        let body = #"{"action": "redact", "reason": "personalData", "passages": ["sicherer"]}"#
        #expect(try await city.post(path + "/moderation", body, headers: Self.staff("*")).status == .ok)
        let read = try await city.send(path)
        #expect(read.text.contains("Hier fehlt ein ▮▮▮ Radweg.") && read.text.contains("\"redacted\":true"))
    }
}

extension HTTPFields {
    /// These fields and others.
    fileprivate func merging(_ others: HTTPFields) -> HTTPFields {
        var result = self
        for field in others { result[field.name] = field.value }
        return result
    }
}
