import Foundation
import HTTPTypes
import HummingbirdTesting
import Participation
import Platform
import Storage
import TestSupport
import Testing

@testable import WebServer

/// A request that is sent again with its `Idempotency-Key` does nothing more and is answered alike.
struct IdempotencyTests {
    private let city: CityServer
    private let keyName: HTTPField.Name
    private let replayName: HTTPField.Name
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    private static let layer = """
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Mitte"}, "geometry":
        {"type": "Polygon", "coordinates": [[[9.7, 53.4], [10.3, 53.4], [10.3, 53.7], [9.7, 53.7], [9.7, 53.4]]]}}]}
        """

    init() async throws {
        city = try await CityServer()
        keyName = try #require(HTTPField.Name("Idempotency-Key"))
        replayName = try #require(HTTPField.Name.idempotencyReplayed)
    }

    private func post(
        _ path: String, _ body: String, key: String = "once", headers: HTTPFields = CityServer.staff
    ) async throws -> TestResponse {
        try await city.post(path, body, headers: headers + [keyName: key])
    }

    private func audited(_ action: String) async throws -> Int {
        let log = try await city.send("/api/v1/audit?limit=1000", headers: CityServer.staff)
        return log.text.split(separator: "\"\(action)\"").count - 1
    }

    /// Sends a request twice, and once more with another body.
    private func twice(
        _ path: String, _ body: String, other: String, headers: HTTPFields = CityServer.staff
    ) async throws -> (first: TestResponse, second: TestResponse) {
        let first = try await post(path, body, headers: headers)
        #expect(first.status.kind == .successful, "\(path): \(first.text)")
        #expect(first.headers[replayName] == nil)
        let second = try await post(path, body, headers: headers)
        #expect(second.status == first.status, "\(path): \(second.text)")
        #expect(second.headers[replayName] == "true" && second.headers[.location] == first.headers[.location])
        #expect(try await post(path, other, headers: headers).status == .unprocessableContent, "\(path)")
        return (first, second)
    }

    @Test func addsOneWebhookAndTellsItsSecretOnce() async throws {
        let body = #"{"url": "https://example.org/hook"}"#
        let (first, second) = try await twice(
            "/api/v1/webhooks", body, other: #"{"url": "https://example.org/other"}"#)
        #expect(first.text.contains(#""secret":""#) && !second.text.contains("secret"))
        #expect(try await audited("webhook.add") == 1)
        // Another caller's key is another key.
        let bonn = try await city.post("/t/bonn/api/v1/webhooks", body, headers: CityServer.staff + [keyName: "once"])
        #expect(bonn.status == .created && bonn.headers[replayName] == nil)
        let path = try #require(first.headers[.location])
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await post("/api/v1/webhooks", body).status == .notFound)
    }

    @Test func makesAndCopiesAProceedingOnce() async throws {
        let before = try await audited("proceeding.create")
        let (first, second) = try await twice(
            "/api/v1/proceedings", #"{"id": "hafen", "name": "Hafen"}"#, other: #"{"id": "ufer", "name": "Ufer"}"#)
        #expect(first.text == second.text)
        let headers = CityServer.staff + [keyName: "copy"]
        let body = #"{"id": "kopie", "name": "Kopie"}"#
        for isReplay in [nil, "true"] {
            let copy = try await city.post(Self.proceeding + "/clone", body, headers: headers)
            #expect(copy.status == .created && copy.headers[replayName] == isReplay, "\(copy.text)")
        }
        // The template belongs to the request.
        let other = try await city.post("/api/v1/proceedings/hafen/clone", body, headers: headers)
        #expect(other.status == .unprocessableContent, "\(other.text)")
        #expect(try await audited("proceeding.create") == before + 2)
    }

    @Test func givesARoleOnceAndNotAgainAfterItWasTaken() async throws {
        let body = #"{"subject": "key:7", "role": "analyst"}"#
        let (first, second) = try await twice(
            "/api/v1/roles", body, other: #"{"subject": "key:8", "role": "analyst"}"#)
        #expect(first.text == second.text)
        let path = try #require(first.headers[.location])
        #expect(try await city.send(path, method: .delete, headers: CityServer.staff).status == .noContent)
        #expect(try await post("/api/v1/roles", body).status == .notFound)
        #expect(!(try await city.send("/api/v1/roles", headers: CityServer.staff).text.contains("key:7")))
    }

    @Test func decidesOnce() async throws {
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        let hide = #"{"action": "hide", "reason": "insult"}"#
        let (first, second) = try await twice(
            path + "/moderation", hide, other: #"{"action": "hide", "reason": "other"}"#,
            headers: CityServer.staff + [.ifMatch: "\"v1\""])
        #expect(first.text == second.text && first.headers[.eTag] == second.headers[.eTag])
        #expect(try await audited("contribution.hide") == 1)
        let publish = #"{"items": [{"id": "1", "version": 2}], "action": "publish"}"#
        _ = try await twice(
            Self.proceeding + "/moderation", publish,
            other: #"{"items": [{"id": "1", "version": 3}], "action": "hide", "reason": "other"}"#)
        #expect(try await audited("contribution.publish") == 1)
    }

    @Test func erasesOnceAndKeepsNothingButCounts() async throws {
        let participant = try await city.participant()
        let made = try await city.post(CityServer.contributions, CityServer.feature(), headers: participant)
        let path = try #require(made.headers[.location])
        let (first, second) = try await twice(
            "/api/v1/erasures", #"{"proceeding": "radverkehr", "items": ["1"], "reason": "request"}"#,
            other: #"{"proceeding": "radverkehr", "items": ["2"], "reason": "request"}"#)
        #expect(first.text == #"{"items":1,"votes":0}"# && second.text == first.text)
        #expect(try await audited("contribution.erase") == 1)
        #expect(try await city.send(path).status == .notFound)
    }

    @Test func erasesAParticipantOnce() async throws {
        let participant = try await city.participant()
        let subject = try #require(participant[.authorization]?.split(separator: ".")[3])
        for title in ["Radweg fehlt", "Noch einer fehlt"] {
            let made = try await city.post(
                CityServer.contributions, CityServer.feature(title: title, text: "\(title) hier sehr."),
                headers: participant)
            #expect(made.status == .created)
        }
        let body = #"{"participant": "\#(subject)"}"#
        let first = try await post("/api/v1/erasures", body)
        let second = try await post("/api/v1/erasures", body)
        #expect(first.text == #"{"items":2,"votes":0}"# && second.text == first.text)
        #expect(second.headers[replayName] == "true")
        #expect(try await audited("participant.erase") == 1)
    }

    @Test func anAuthorErasesOnce() async throws {
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        let name = try #require(HTTPField.Name.receipt)
        let receipt: HTTPFields = [name: try #require(made.headers[name])]
        let first = try await post(path + "/erasure", "", headers: receipt)
        let second = try await post(path + "/erasure", "", headers: receipt)
        #expect(first.status == .noContent && first.headers[replayName] == nil)
        #expect(second.status == .noContent && second.headers[replayName] == "true")
        #expect(try await post(path + "/erasure", "", key: "twice", headers: receipt).status == .notFound)
        #expect(try await audited("contribution.erase") == 1)
    }

    @Test func importsAFileOnceAndKnowsItByItsDigest() async throws {
        let path = Self.proceeding + "/layers?filename=mitte.geojson"
        let (first, second) = try await twice(
            path, Self.layer, other: Self.layer.replacing("Mitte", with: "Nord"))
        #expect(first.text.contains(#""imported":1"#) && second.text.contains(#""unchanged":1"#))
        // What has come since stays.
        let newer = try await post(path, Self.layer.replacing("Mitte", with: "Nord"), key: "newer")
        #expect(newer.status == .created)
        #expect(try await post(path, Self.layer).headers[replayName] == "true")
        let items = try await city.send(Self.proceeding + "/layers/mitte/items")
        #expect(items.text.contains("Nord") && !items.text.contains("Mitte"))
        #expect(try await audited("layer.import") == 2)
    }

    @Test func takesInACollectionOnceAndKeepsItsCountsAlone() async throws {
        func collection(_ title: String) -> String {
            """
            {"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": null, "properties": {"id": "5", "title": "\(title)",
            "contributionContent": "Text", "belongToProject": "alt"}},
            {"type": "Feature", "geometry": null, "properties": {"id": "6", "title": "Ohne Projekt"}}]}
            """
        }
        let (first, second) = try await twice(
            "/api/v1/imports/pds?filename=a.json", collection("Titel"), other: collection("Anders"))
        #expect(first.text.contains(#""imported":1"#) && second.text.contains(#""imported":1"#))
        #expect(second.text.contains(#""rejections":[]"#) && second.text.contains(#""notes":[]"#))
    }

    @Test func opensEmergencyAccessOnce() async throws {
        let closed = try await city.send(
            "/api/v1/tenant", method: .patch,
            headers: CityServer.staff + [.contentType: "application/json", .ifMatch: "*"],
            body: #"{"operatorAccess": "onGrant"}"#)
        #expect(closed.status == .ok, "\(closed.text)")
        let body = #"{"reason": "Störung 4711: Beiträge fehlen", "minutes": 30}"#
        let (first, second) = try await twice(
            "/api/v1/emergency-access", body, other: #"{"reason": "Störung 4712: Beiträge fehlen"}"#)
        #expect(first.text == second.text)
    }

    @Test(arguments: ["/api/v1/webhooks", "/api/v1/erasures", "/api/v1/roles", "/api/v1/emergency-access"])
    func refusesAKeyThatIsNone(path: String) async throws {
        let answer = try await post(path, "{}", key: String(repeating: "k", count: 256))
        #expect(answer.status == .badRequest && answer.text.contains("Idempotency-Key"), "\(answer.text)")
    }

    /// The store holds neither the key, nor the body, nor a secret that was answered.
    @Test func keepsNoSecretInClear() async throws {
        let webhook = try await post("/api/v1/webhooks", #"{"url": "https://example.org/hook"}"#, key: "my-own-key")
        let key = try await post(
            "/api/v1/keys", #"{"name": "k", "roles": [{"role": "analyst"}]}"#, key: "my-own-key")
        #expect(webhook.status == .created && key.status == .created)
        let rows = try await city.installation.engine.read { connection in
            try connection.rows("SELECT scope, key, answer FROM idempotency") {
                "\($0.text(0)) \($0.text(1)) \($0.optionalText(2) ?? "")"
            }
        }
        #expect(rows.count == 2)
        for row in rows {
            #expect(!row.contains("my-own-key") && !row.contains("example.org") && !row.contains("mp_"), "\(row)")
        }
    }
}
