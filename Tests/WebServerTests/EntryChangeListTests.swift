import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

/// Lists of changes of what is part of a proceeding, a contribution or a conception.
struct EntryChangeListTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    private static let put: HTTPFields = CityServer.staff + [.contentType: "application/json", .ifMatch: "*"]

    private let clock = TestClock()
    private let city: CityServer

    init() async throws { city = try await CityServer(clock: clock) }

    private func replace(_ list: String, _ entries: String) async throws {
        let answer = try await city.send(
            "\(Self.proceeding)/\(list)", method: .put, headers: Self.put, body: "{\"\(list)\": [\(entries)]}")
        #expect(answer.status == .ok, "\(answer.text)")
    }

    @Test(arguments: ["categories", "types"])
    func entriesThatCameChangedOrWentAreFoundByTheNextHarvest(_ list: String) async throws {
        let path = "\(Self.proceeding)/\(list)"
        let bleibt = #"{"id": "bleibt", "name": "Bleibt"}"#
        try await replace(list, bleibt + #", {"id": "anders", "name": "Anders"}, {"id": "weg", "name": "Weg"}"#)
        clock.advance(seconds: 600)
        let since = try await city.changes(path, list).until
        #expect(try await city.changes(path, list, since: since).there.isEmpty)
        try await replace(list, bleibt + #", {"id": "anders", "name": "Ganz anders"}, {"id": "neu", "name": "Neu"}"#)
        let news = try await city.changes(path, list, since: since)
        #expect(news.there == ["anders", "neu"] && news.gone == ["weg erased"])
        // In pages, each entry once.
        let (there, gone) = try await city.changesOneByOne(path, list)
        #expect(there == ["bleibt", "anders", "neu"])
        #expect(gone.contains("weg erased") && gone.count == (list == "types" ? 1 : 3))
        // What comes back is there again.
        try await replace(list, #"{"id": "weg", "name": "Weg"}"#)
        let last = try await city.changes(path, list, since: since)
        #expect(last.there == ["weg"] && Set(last.gone) == ["bleibt erased", "anders erased", "neu erased"])
        #expect(try await city.send(path + "?limit=1").status == .badRequest)
    }

    @Test func entriesThatThePublicNeverSawLeaveNoTombstoneToIt() async throws {
        let path = "/api/v1/proceedings/intern"
        let made =
            #"{"id": "intern", "name": "Intern", "visibility": "internal", "categories": [{"id": "geheim", "name": "G"}]}"#
        #expect(try await city.post("/api/v1/proceedings", made, headers: CityServer.staff).status == .created)
        let answer = try await city.send(
            path + "/categories", method: .put, headers: Self.put,
            body: #"{"categories": [{"id": "neu", "name": "N"}]}"#)
        #expect(answer.status == .ok, "\(answer.text)")
        let patch: HTTPFields = [.contentType: "application/merge-patch+json", .ifMatch: "*"] + CityServer.staff
        #expect(
            try await city.send(path, method: .patch, headers: patch, body: #"{"visibility": "public"}"#).status == .ok)
        let shown = try await city.changes(path + "/categories", "categories")
        #expect(shown.there == ["neu"] && shown.gone.isEmpty)
        let staff = try await city.changes(path + "/categories", "categories", headers: CityServer.staff)
        #expect(staff.there == ["neu"] && staff.gone == ["geheim erased"])
    }

    @Test func layersThatCameOrWereReplacedAreFound() async throws {
        let path = Self.proceeding + "/layers"
        let file = """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
            "geometry": {"type": "Point", "coordinates": [9.9, 53.5]}}]}
            """
        func take(_ id: String, name: String = "Layer") async throws {
            let answer = try await city.upload(
                "\(path)?filename=a.geojson&id=\(id)&name=\(name)", Array(file.utf8), headers: CityServer.staff)
            #expect(answer.status == .created, "\(answer.text)")
        }
        for id in ["eins", "zwei"] { try await take(id) }
        clock.advance(seconds: 600)
        let since = try await city.changes(path, "layers").until
        #expect(try await city.changes(path, "layers", since: since).there.isEmpty)
        try await take("eins", name: "Anders")
        #expect(try await city.changes(path, "layers", since: since).there == ["eins"])
        #expect(try await city.changesOneByOne(path, "layers").there == ["zwei", "eins"])
        #expect(
            try await city.send(path + "/zwei", method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await city.changes(path, "layers", since: since).gone == ["zwei erased"])
    }

    @Test func answersGivenSinceAreFound() async throws {
        let contribution = try #require(
            try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let path = contribution + "/answers"
        func give(_ status: String) async throws -> String {
            let answer = try await city.post(
                path, #"{"status": "\#(status)", "text": "Ein Grund."}"#, headers: CityServer.staff)
            return try #require(answer.text.firstMatch(of: /"id":"(\d+)"/).map { String($0.1) })
        }
        let first = try await give("underReview")
        clock.advance(seconds: 600)
        let since = try await city.changes(path, "answers").until
        let second = try await give("accepted")
        #expect(try await city.changes(path, "answers", since: since).there == [second])
        #expect(try await city.changesOneByOne(path, "answers").there == [first, second])
        #expect(
            try await city.send(Self.proceeding + "/contributions/987/answers?modifiedSince=2026-01-01").status
                == .notFound)
    }

    @Test func imagesThatCameChangedOrWereTakenOffAreFound() async throws {
        let contribution = try #require(
            try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let path = contribution + "/attachments"
        func hang(_ alt: String) async throws -> String {
            let answer = try await city.upload(
                "\(path)?alt=\(alt)", SampleImages.bytes("grey.jpg"), headers: CityServer.staff)
            return try #require(answer.headers[.location])
        }
        func number(_ address: String) -> String { address.split(separator: "/").last.map(String.init) ?? "" }
        let (kept, changed, removed) = (
            try await hang("Bild-eins"), try await hang("Bild-zwei"), try await hang("Bild-drei")
        )
        clock.advance(seconds: 600)
        let since = try await city.changes(path, "attachments").until
        #expect(try await city.changes(path, "attachments", since: since).there.isEmpty)
        let patch: HTTPFields = [.contentType: "application/merge-patch+json", .ifMatch: "*"] + CityServer.staff
        #expect(
            try await city.send(changed, method: .patch, headers: patch, body: #"{"alt": "Eine Mauer"}"#).status == .ok)
        #expect(
            try await city.send(removed + "?reason=other", method: .delete, headers: CityServer.staff).status
                == .noContent)
        let news = try await city.changes(path, "attachments", since: since)
        #expect(news.there == [number(changed)] && news.gone == ["\(number(removed)) erased"])
        let (there, gone) = try await city.changesOneByOne(path, "attachments")
        #expect(there == [kept, changed].map(number) && gone == news.gone)
    }

    /// The tombstone of an image is seen by those who see, or could have seen, what it hung on.
    @Test func imagesOfWhatWasNeverShownLeaveNoTombstoneToThePublic() async throws {
        let patch: HTTPFields = [.contentType: "application/merge-patch+json", .ifMatch: "*"] + CityServer.staff
        #expect(
            try await city.send(
                Self.proceeding, method: .patch, headers: patch, body: #"{"settings": {"moderation": "pre"}}"#
            ).status == .ok)
        let contribution = try #require(
            try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let path = contribution + "/attachments"
        let image = try await city.upload(
            path + "?alt=Ein-Bild", SampleImages.bytes("grey.jpg"), headers: CityServer.staff)
        let address = try #require(image.headers[.location])
        #expect(
            try await city.send(address + "?reason=other", method: .delete, headers: CityServer.staff).status
                == .noContent)
        #expect(try await city.send(path + "?modifiedSince=2026-01-01").status == .notFound)
        let decision = try await city.send(
            contribution + "/moderation", method: .post, headers: Self.put, body: #"{"action": "publish"}"#)
        #expect(decision.status == .ok, "\(decision.text)")
        #expect(try await city.changes(path, "attachments").gone.isEmpty)
        #expect(try await city.changes(path, "attachments", headers: CityServer.staff).gone.count == 1)
    }
}
