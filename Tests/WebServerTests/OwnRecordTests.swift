import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

struct OwnRecordTests {
    private static let path = "/api/v1/participants/me"

    /// A city in which somebody wrote, commented, voted, reported and added an image, beside somebody else.
    private struct Play {
        let city: CityServer
        let author: HTTPFields
        let other: HTTPFields
        /// Of the author, and of the other.
        let own: String
        let strange: String

        init() async throws {
            city = try await CityServer()
            (author, other) = (try await city.participant(), try await city.participant())
            let mine = try await city.post(
                CityServer.contributions, CityServer.feature(title: "Xqmein Titel"), headers: author)
            own = try #require(mine.headers[.location])
            let theirs = try await city.post(
                CityServer.contributions, CityServer.feature(title: "Fremder Titel"), headers: other)
            strange = try #require(theirs.headers[.location])
            let changed = try await city.send(
                own, method: .patch, headers: author + [.contentType: "application/json", .ifMatch: "*"],
                body: #"{"properties": {"title": "Xqneu Titel"}}"#)
            #expect(changed.status == .ok)
            let comment = try await city.post(
                strange + "/comments", #"{"text": "Xqkommentar dazu."}"#, headers: author)
            #expect(comment.status == .created)
            let report = try await city.post(
                strange + "/reports", #"{"reason": "other", "text": "Xqmeldung dazu."}"#, headers: author)
            #expect(report.status == .created)
            let vote = try await city.send(
                strange + "/vote", method: .put, headers: author + [.contentType: "application/json"],
                body: #"{"value": 1}"#)
            #expect(vote.status == .ok)
            let image = try await city.upload(
                own + "/attachments?alt=Xqbild", SampleImages.bytes("grey.jpg"), headers: author)
            #expect(image.status == .created, "\(image.text)")
        }
    }

    private static func object(_ answer: TestResponse) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any])
    }

    @Test func tellsEverythingThatIsHeldAboutAToken() async throws {
        let play = try await Play()
        let answer = try await play.city.send(Self.path, headers: play.author)
        #expect(answer.status == .ok && answer.headers[.cacheControl] == "no-store")
        let record = try Self.object(answer)
        for name in ["contributions", "images", "comments", "votes", "reports", "earlierTexts"] {
            #expect((record[name] as? [Any])?.count == 1, "\(name)")
        }
        for word in ["Xqmein", "Xqneu", "Xqkommentar", "Xqmeldung", "Xqbild"] {
            #expect(answer.text.contains(word), "\(word)")
        }
        #expect(!answer.text.contains("Fremder"))
        let other = try await play.city.send(Self.path, headers: play.other).text
        #expect(other.contains("Fremder") && !other.contains("Xq"))
        #expect(try await play.city.send(Self.path).status == .unauthorized)
    }

    @Test func removesAllOfOnesOwnAndNothingElse() async throws {
        let play = try await Play()
        #expect(try await play.city.send(Self.path, method: .delete).status == .unauthorized)
        let answer = try await play.city.send(Self.path, method: .delete, headers: play.author)
        #expect(answer.status == .ok && answer.text == #"{"items":2,"votes":1}"#, "\(answer.text)")
        #expect(try await play.city.send(play.own, headers: play.author).status == .notFound)
        let record = try Self.object(try await play.city.send(Self.path, headers: play.author))
        for (name, list) in record where name != "participant" { #expect((list as? [Any])?.isEmpty == true, "\(name)") }
        let strange = try await play.city.send(play.strange).text
        #expect(strange.contains("Fremder") && strange.contains(#""votesUp":0"#) && strange.contains(#""comments":0"#))
        let queue = "/api/v1/proceedings/radverkehr/moderation"
        #expect(try await play.city.send(queue, headers: CityServer.staff).text.contains("\"numberWaiting\":1"))
        let log = try await play.city.send("/api/v1/audit?limit=1", headers: CityServer.staff).text
        #expect(log.contains(#""action":"participant.erase""#) && log.contains(#""actor":"participant""#), "\(log)")
        let again = try await play.city.send(Self.path, method: .delete, headers: play.author)
        #expect(again.text == #"{"items":0,"votes":0}"#)
    }
}
