import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct AnswerRoutesTests {
    private static let accepted = """
        {"status": "accepted", "text": "Der Radweg wird gebaut.", "links": [{"href": "https://example.org/plan"}]}
        """

    @Test func addsAnswersAndShowsTheStatusInReadsAndLists() async throws {
        let city = try await CityServer()
        let first = try #require(
            try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        #expect(try await city.post(first + "/answers", Self.accepted).status == .unauthorized)
        let review = #"{"status": "underReview", "text": "Wird geprüft."}"#
        #expect(try await city.post(first + "/answers", review, headers: CityServer.staff).status == .created)
        #expect(try await city.post(first + "/answers", Self.accepted, headers: CityServer.staff).status == .created)
        let answers = try await city.send(first + "/answers").text
        #expect(answers.matches(of: /"status":"([a-zA-Z]+)"/).map { String($0.1) } == ["underReview", "accepted"])
        #expect(answers.contains("https://example.org/plan") && !answers.contains("operator"))
        #expect(try await city.send(first).text.contains("\"status\":\"accepted\""))
        let list = CityServer.contributions + "?status="
        #expect(try await city.send(list + "accepted").text.contains("\"numberReturned\":1"))
        #expect(try await city.send(list + "accepted,received").text.contains("\"numberReturned\":2"))
        #expect(try await city.send(list + "rejected").text.contains("\"numberReturned\":0"))
        #expect(try await city.send(list + "maybe").status == .badRequest)
        #expect(try await city.send("/api/v1/proceedings/radverkehr/export?f=csv").text.contains(",accepted"))
    }

    @Test func namesTheAuthorityToEverybodyAndTheAccountToModerators() async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location]) + "/answers"
        #expect(try await city.post(path, Self.accepted, headers: CityServer.staff).status == .created)
        let shown = try await city.send(path).text
        #expect(shown.contains(#""author":"Hamburg""#) && shown.contains(#""created":"2026-"#))
        #expect(!shown.contains("account") && !shown.contains("operator"))
        #expect(try await city.send(path, headers: CityServer.staff).text.contains(#""account":"operator""#))
        let named = try await city.send(
            "/api/v1/proceedings/radverkehr", method: .patch,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"publisher": "Amt für Verkehr"}"#)
        #expect(named.status == .ok)
        #expect(try await city.send(path).text.contains(#""author":"Amt für Verkehr""#))
    }

    @Test func answersOnceHoweverOftenARequestIsSent() async throws {
        let city = try await CityServer()
        for _ in 1...2 { _ = try await city.post(CityServer.contributions, CityServer.feature()) }
        let key = try #require(HTTPField.Name("Idempotency-Key"))
        let replayed = try #require(HTTPField.Name("Idempotency-Replayed"))
        let many = #"{"contributions": ["1", "2"], "status": "rejected", "text": "Kein Platz."}"#
        let all = "/api/v1/proceedings/radverkehr/answers"
        for (path, body, name) in [(CityServer.contributions + "/1/answers", Self.accepted, "a"), (all, many, "b")] {
            let headers = CityServer.staff + [key: name]
            let first = try await city.post(path, body, headers: headers)
            let again = try await city.post(path, body, headers: headers)
            #expect(first.status == .created && again.status == .created && first.text == again.text, "\(again.text)")
            #expect(again.headers[replayed] == "true")
        }
        let other = try await city.post(all, Self.accepted, headers: CityServer.staff + [key: "b"])
        #expect(other.status == .unprocessableContent)
        let elsewhere = try await city.post(
            CityServer.contributions + "/2/answers", Self.accepted, headers: CityServer.staff + [key: "a"])
        #expect(elsewhere.status == .unprocessableContent)
        let given = try await city.send(CityServer.contributions + "/1/answers").text
        #expect(given.matches(of: /"status":"/).count == 2, "\(given)")
    }

    @Test func answersManyOrNone() async throws {
        let city = try await CityServer()
        for _ in 1...2 { _ = try await city.post(CityServer.contributions, CityServer.feature()) }
        let path = "/api/v1/proceedings/radverkehr/answers"
        func body(_ ids: String) -> String {
            #"{"contributions": [\#(ids)], "status": "rejected", "text": "Kein Platz."}"#
        }
        let wrong = try await city.post(path, body(#""1", "99""#), headers: CityServer.staff)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("/contributions/1"))
        #expect(try await city.send(CityServer.contributions + "/1/answers").text == #"{"answers":[]}"#)
        #expect(try await city.post(path, body(#""1", "2""#), headers: CityServer.staff).status == .created)
        #expect(
            try await city.send(CityServer.contributions + "?status=rejected").text.contains("\"numberReturned\":2"))
    }

    @Test(arguments: [
        ("{}", "/status"), (#"{"status": "maybe", "text": "Vielleicht."}"#, "/status"),
        (#"{"status": "done", "text": "x"}"#, "/text"), (#"{"status": "done", "text": "Fertig.", "by": "x"}"#, "/by"),
        (#"{"status": "done", "text": "Fertig.", "links": [{"href": "javascript:alert(1)"}]}"#, "/links/0/href"),
        (#"{"status": "done", "text": "Fertig.", "links": [{"url": "https://example.org"}]}"#, "/links/0"),
    ])
    func refusesWhatIsNoAnswer(_ body: String, _ pointer: String) async throws {
        let city = try await CityServer()
        let path = try #require(try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let answer = try await city.post(path + "/answers", body, headers: CityServer.staff)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("\"pointer\":\"\(pointer)\""), "\(answer.text)")
    }
}
