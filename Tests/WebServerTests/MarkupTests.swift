import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// Markup and script in every text that somebody may write: stored as typed, and harmless wherever it is shown.
struct MarkupTests {
    private static let script = "<script>alert(1)</script> & '<b>fett</b>'"
    private static let proceeding = "/api/v1/proceedings/radverkehr"

    private func patch(_ city: CityServer, _ path: String, _ body: String) async throws {
        var headers = CityServer.staff
        headers[.contentType] = "application/merge-patch+json"
        headers[.ifMatch] = try await city.send(path, headers: CityServer.staff).headers[.eTag]
        let answer = try await city.send(path, method: .patch, headers: headers, body: body)
        #expect(answer.status == .ok, "\(path): \(answer.text)")
    }

    private func put(_ city: CityServer, _ path: String, _ body: String) async throws {
        var headers = CityServer.staff
        headers[.contentType] = "application/json"
        headers[.ifMatch] = try await city.send(path, headers: CityServer.staff).headers[.eTag]
        let answer = try await city.send(path, method: .put, headers: headers, body: body)
        #expect(answer.status == .ok, "\(path): \(answer.text)")
    }

    @Test func isTextInEveryFieldAndOnEveryPage() async throws {
        let city = try await CityServer()
        let (script, proceeding) = (Self.script, Self.proceeding)
        try await patch(
            city, proceeding, #"{"name": "\#(script)", "description": "\#(script)", "owner": "\#(script)"}"#)
        try await put(
            city, proceeding + "/categories",
            #"{"categories": [{"id": "wege", "name": "\#(script)", "description": "\#(script)"}]}"#)
        try await patch(city, "/api/v1/tenant", #"{"name": "\#(script)"}"#)
        let made = try await city.post(
            CityServer.contributions, CityServer.feature(title: script, text: script + " und mehr"))
        let contribution = try #require(made.headers[.location])
        try await put(city, proceeding + "/types", #"{"types": [{"id": "idee", "name": "\#(script)"}]}"#)
        for (path, body, headers) in [
            (contribution + "/comments", #"{"subject": "\#(script)", "text": "\#(script)"}"#, HTTPFields()),
            (contribution + "/reports", #"{"reason": "other", "text": "\#(script)"}"#, [:]),
            (contribution + "/answers", #"{"status": "accepted", "text": "\#(script)"}"#, CityServer.staff),
            (
                proceeding + "/appointments",
                """
                {"type": "Feature", "geometry": null, "properties": {"title": "\(script)", "description": "\(script)",
                "place": "\(script)", "start": "2026-05-20T18:00:00+02:00", "end": "2026-05-20T20:00:00+02:00"}}
                """, CityServer.staff
            ),
        ] {
            let answer = try await city.post(path, body, headers: headers)
            #expect(answer.status == .created, "\(path): \(answer.text)")
        }
        for path in [
            proceeding, proceeding + "/categories", proceeding + "/types", contribution, contribution + "/comments",
            contribution + "/answers", proceeding + "/appointments", "/api/v1/tenant", proceeding + "/statistics",
            proceeding + "/moderation", "/api/v1/cockpit", "/drupal/dipas-pds/projects",
        ] {
            let answer = try await city.send(path, headers: CityServer.staff)
            #expect(answer.status == .ok, "\(path): \(answer.text)")
            #expect(answer.headers[.contentType]?.hasPrefix("text/html") == false, "\(path)")
            #expect(answer.headers[.xContentTypeOptions] == "nosniff", "\(path)")
        }
        for path in ["/", "/docs", proceeding + "/report", proceeding + "/statistics?f=svg"] {
            let answer = try await city.send(path, headers: CityServer.staff + [.accept: "text/html"])
            #expect(answer.status == .ok, "\(path)")
            #expect(!answer.text.contains("<script>alert(1)") && !answer.text.contains("<b>fett"), "\(path)")
        }
    }

    /// Nobody writes below what is hidden, and whoever tries learns no more than of what never was.
    @Test func nothingIsWrittenBelowWhatIsHidden() async throws {
        let city = try await CityServer()
        let path = try #require(try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let comment = try #require(
            try await city.post(path + "/comments", #"{"text": "Ja, das stimmt."}"#).headers[.location])
        let number = try #require(comment.split(separator: "/").last)
        func hide(_ target: String) async throws {
            var headers = CityServer.staff
            let path = target + "/moderation"
            headers[.ifMatch] = try await city.send(path, headers: headers).headers[.eTag]
            let answer = try await city.post(
                path, #"{"action": "hide", "reason": "insult"}"#, headers: headers)
            #expect(answer.status.code < 300, "\(answer.text)")
        }
        try await hide(comment)
        let reply = #"{"text": "Eine Antwort.", "parent": "\#(number)"}"#
        #expect(try await city.post(path + "/comments", reply).status == .unprocessableContent)
        try await hide(path)
        #expect(try await city.post(path + "/comments", #"{"text": "Noch einer."}"#).status == .notFound)
        #expect(try await city.post(path + "/reports", #"{"reason": "insult"}"#).status == .notFound)
    }
}
