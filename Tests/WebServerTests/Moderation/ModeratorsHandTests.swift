import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Participation
import Platform
import Storage
import Testing

@testable import WebServer

/// What moderators change and take down of others, and what planners make.
struct ModeratorsHandTests {
    private static func key(_ role: RoleWish, _ city: CityServer) async throws -> HTTPFields {
        let made = try await city.installation.createAPIKey(
            NewAPIKey(name: "k", roles: [role], days: 1), scope: city.staff)
        return [.authorization: "Bearer \(made.text ?? "")", .contentType: "application/json", .ifMatch: "*"]
    }

    /// A contribution and a comment on it, by their addresses.
    private static func items(_ city: CityServer) async throws -> (contribution: String, comment: String) {
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        let comment = try await city.post(path + "/comments", #"{"text": "Das sehe ich genauso."}"#)
        return (path, try #require(comment.headers[.location]))
    }

    @Test func changeWordsForAReasonAloneAndItStandsInTheHistory() async throws {
        let city = try await CityServer()
        let moderator = try await Self.key(RoleWish(.moderator, proceeding: "radverkehr"), city)
        let (contribution, comment) = try await Self.items(city)
        for (path, body) in [
            (contribution, #"{"properties": {"text": "Hier fehlt ein Radweg, ganz klar."}}"#),
            (comment, #"{"text": "Hier fehlt ein Radweg, ganz klar."}"#),
        ] {
            func change(_ query: String) async throws -> TestResponse {
                try await city.send(path + query, method: .patch, headers: moderator, body: body)
            }
            let refused = try await change("")
            #expect(refused.status == .forbidden && refused.text.contains("names a reason"), "\(refused.text)")
            #expect(try await change("?reason=mood").status == .badRequest)
            let done = try await change("?reason=insult")
            #expect(done.status == .ok && done.text.contains("ganz klar") && done.text.contains(#""edited":null"#))
            let record = try await city.send(path + "/moderation", headers: moderator).text
            #expect(record.contains(#""action":"change""#) && record.contains(#""reason":"insult""#))
            #expect(record.contains(#""cause":"edited""#), "\(record)")
        }
        let log = try await city.send("/api/v1/audit?limit=2", headers: CityServer.staff).text
        #expect(log.contains(#""action":"comment.change""#) && log.contains(#""action":"contribution.change""#))
        #expect(!log.contains("ganz klar"))
    }

    /// It goes from the history as early as what is redacted.
    @Test func whatTheyTakeOutAsPersonalDataCountsAsRedacted() async throws {
        let city = try await CityServer()
        let moderator = try await Self.key(RoleWish(.moderator, proceeding: "radverkehr"), city)
        let (contribution, comment) = try await Self.items(city)
        for (path, body) in [
            (contribution, #"{"properties": {"text": "Hier fehlt ein Radweg, ganz klar."}}"#),
            (comment, #"{"text": "Hier fehlt ein Radweg, ganz klar."}"#),
        ] {
            let done = try await city.send(
                path + "?reason=personalData", method: .patch, headers: moderator, body: body)
            #expect(done.status == .ok && done.text.contains(#""redacted":true"#), "\(done.text)")
            #expect(try await city.send(path).text.contains(#""redacted":true"#))
            let record = try await city.send(path + "/moderation", headers: moderator).text
            #expect(record.contains(#""cause":"redacted""#) && !record.contains(#""cause":"edited""#), "\(record)")
        }
    }

    @Test func hideWhatTheyDelete() async throws {
        let city = try await CityServer()
        let moderator = try await Self.key(RoleWish(.moderator), city)
        let (contribution, comment) = try await Self.items(city)
        for path in [comment, contribution] {
            #expect(try await city.send(path, method: .delete, headers: moderator).status == .forbidden)
            var stale = moderator
            stale[.ifMatch] = "\"v7-0\""
            let late = try await city.send(path + "?reason=offTopic", method: .delete, headers: stale)
            #expect(late.status == .preconditionFailed)
            #expect(try await city.send(path).status == .ok)
            let done = try await city.send(path + "?reason=offTopic", method: .delete, headers: moderator)
            #expect(done.status == .noContent)
            #expect(try await city.send(path).status == .notFound)
            let record = try await city.send(path + "/moderation", headers: moderator).text
            #expect(record.contains(#""state":"hidden""#) && record.contains(#""reason":"offTopic""#))
        }
        #expect(try await city.send(contribution + "?reason=offTopic", method: .delete).status == .notFound)
    }

    @Test func aPlannerOfTheTenantMakesProceedingsAndOneOfAProceedingDoesNot() async throws {
        let city = try await CityServer()
        let all = try await Self.key(RoleWish(.planner), city)
        let one = try await Self.key(RoleWish(.planner, proceeding: "radverkehr"), city)
        let proceedings = "/api/v1/proceedings"
        for (path, id) in [("", "hafen"), ("/radverkehr/clone", "radverkehr-2")] {
            let body = #"{"id": "\#(id)", "name": "Neu"}"#
            #expect(try await city.post(proceedings + path, body, headers: one).status == .forbidden)
            let made = try await city.post(proceedings + path, body, headers: all)
            #expect(made.status == .created, "\(made.text)")
            #expect(try await city.send("\(proceedings)/\(id)", method: .delete, headers: all).status == .forbidden)
        }
    }
}
