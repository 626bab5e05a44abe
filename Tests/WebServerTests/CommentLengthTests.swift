import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Participation
import Platform
import Storage
import Testing

@testable import WebServer

struct CommentLengthTests {
    @Test(arguments: [
        (9, HTTPResponse.Status.unprocessableContent), (10, .created), (1000, .created), (1001, .unprocessableContent),
    ])
    func aCommentHasTenCharactersAndAtMostAsManyAsTheProceedingAllows(
        _ length: Int, _ status: HTTPResponse.Status
    ) async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location]) + "/comments"
        let text = String(repeating: "ä", count: length)
        let answer = try await city.post(path, #"{"text": "\#(text)"}"#)
        #expect(answer.status == status, "\(answer.text)")
        if status != .created { #expect(answer.text.contains(#""/text""#) && answer.text.contains("characters")) }
    }

    /// What an import brought is as short as it is, and its author may change the subject alone.
    @Test func theTextOfAnImportStaysWhateverItsLength() async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let id = try #require(made.headers[.location]?.split(separator: "/").last.flatMap { Int64($0) })
        let proceeding = try await city.installation.proceeding("radverkehr", scope: city.staff)
        let staff = city.staff
        let comment = try await city.installation.engine.write { connection in
            try staff.writer(connection).insert(
                Participation.Comment(on: .contribution(id), text: "Ja!", created: 1_777_593_723_456), of: proceeding)
        }
        let path = "\(CityServer.contributions)/\(id)/comments/\(comment.id)"
        #expect(try await city.send(path).text.contains(#""text":"Ja!""#))
        let changed = try await city.send(
            path + "?reason=other", method: .patch,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"], body: #"{"subject": "Dazu"}"#
        )
        #expect(changed.status == .ok && changed.text.contains(#""text":"Ja!""#), "\(changed.text)")
    }
}
