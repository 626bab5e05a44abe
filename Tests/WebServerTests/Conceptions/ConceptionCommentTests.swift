import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// Comments and votes on conceptions: the same rules as for contributions, in the other phase.
struct ConceptionCommentTests {
    @Test(arguments: [
        (#"{"phase1Start": "2026-04-01", "phase1End": "2026-06-30"}"#, "noSuchPhase"),
        (#"{"phase2Start": "2026-05-10", "phase2End": "2026-06-30"}"#, "opens at 2026-05-09T22:00:00Z"),
        (#"{"phase2Start": "2026-03-01", "phase2End": "2026-04-30"}"#, "is over"),
    ])
    func areTakenInPhase2Alone(_ schedule: String, _ reason: String) async throws {
        let kai = try await ConceptionCity(schedule: schedule)
        let path = try await kai.add()
        let comment = try await kai.city.post(path + "/comments", #"{"text": "Schön ist das."}"#)
        #expect(comment.status == .forbidden && comment.text.contains(reason), "\(comment.text)")
        let headers = try await kai.city.participant() + ConceptionCity.json
        let vote = try await kai.city.send(path + "/vote", method: .put, headers: headers, body: #"{"value": 1}"#)
        #expect(vote.status == .forbidden && vote.text.contains(reason), "\(vote.text)")
        #expect(try await kai.city.send(path).status == .ok, "what is published is read in every phase")
    }

    @Test func inPhasemixBothAreOpen() async throws {
        let span = #""2026-04-01", "phaseXEnd": "2026-06-30""#
        let schedule =
            "{\"phase1Start\": \(span.replacing("X", with: "1")), \"phase2Start\": \(span.replacing("X", with: "2"))}"
        let kai = try await ConceptionCity(schedule: schedule)
        _ = try await kai.comment("Schön ist das.", on: try await kai.add())
        let contribution = CityServer.feature().replacing(#", "category": "wege""#, with: "")
        let made = try await kai.city.post(ConceptionCity.proceeding + "/contributions", contribution)
        _ = try await kai.comment("Auch schön", on: try #require(made.headers[.location]))
    }

    @Test func formATreeOfAnyDepthAndAreCounted() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        var last: String?
        for depth in 0..<15 { last = try await kai.comment("Tiefe Nummer \(depth).", on: path, below: last) }
        let tree = try await kai.city.send(path + "/comments")
        for depth in 0..<15 { #expect(tree.text.contains("\"Tiefe Nummer \(depth).\"")) }
        #expect(tree.text.contains(#""numberReturned":15"#) && tree.text.contains(#""answers":[{"#))
        #expect(try await kai.city.send(path).text.contains(#""comments":15"#))
        let flat = try await kai.city.send(path + "/comments?form=flat&limit=1")
        #expect(flat.text.contains(#""numberReturned":15"#) && !flat.text.contains("answers"))
    }

    @Test func answerOnlyWhatStandsOnTheSameConception() async throws {
        let kai = try await ConceptionCity()
        let (path, other) = (try await kai.add(), try await kai.add(ConceptionCity.feature("Variante B: Platz")))
        let foreign = try await kai.comment("Anderswo ist das.", on: other)
        let number = try #require(foreign.split(separator: "/").last)
        let answer = try await kai.city.post(
            path + "/comments", #"{"text": "Ja, das ist es!", "parent": "\#(number)"}"#)
        #expect(answer.status == .unprocessableContent && answer.text.contains("/parent"), "\(answer.text)")
        #expect(try await kai.city.send("\(path)/comments/\(number)").status == .notFound)
        #expect(try await kai.city.send(path).text.contains(#""comments":0"#))
    }

    @Test func areChangedAndWithdrawnByTheirAuthorWithTheReceipt() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let made = try await kai.city.post(path + "/comments", #"{"text": "Schön ist das."}"#)
        let comment = try #require(made.headers[.location])
        let name = try #require(HTTPField.Name("Mitplan-Receipt"))
        let receipt = try #require(made.headers[name])
        #expect(try await kai.city.post(comment + "/receipt", #"{"receipt": "\#(receipt)"}"#).text.contains("true"))
        let tag = try #require(made.headers[.eTag])
        let patch: HTTPFields = ConceptionCity.json + [.ifMatch: tag, name: receipt]
        let done = try await kai.city.send(comment, method: .patch, headers: patch, body: #"{"text": "Sehr schön"}"#)
        #expect(done.status == .ok && done.text.contains("Sehr schön"))
        #expect(try await kai.city.send(comment, method: .delete).status == .forbidden)
        #expect(try await kai.city.send(comment, method: .delete, headers: [name: receipt]).status == .noContent)
        #expect(try await kai.city.send(comment).status == .notFound)
        let changes = try await kai.city.send(path + "/comments?modifiedSince=2026-01-01")
        #expect(changes.text.contains(#""state":"withdrawn""#))
    }

    @Test func oneVoteOfAParticipantCounts() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let comment = try await kai.comment("Schön ist das.", on: path)
        let (first, second) = (try await kai.city.participant(), try await kai.city.participant())
        for item in [path, comment] {
            func vote(_ value: Int, _ who: HTTPFields) async throws -> String {
                try await kai.city.send(
                    item + "/vote", method: .put, headers: who + ConceptionCity.json, body: #"{"value": \#(value)}"#
                ).text
            }
            _ = try await vote(1, first)
            _ = try await vote(1, first)
            #expect(try await vote(-1, second).hasPrefix(#"{"up":1,"down":1,"score":0,"wilson":0.09"#))
            #expect(
                try await vote(-1, first).contains(#""up":0,"down":2,"score":-2,"wilson":0,"controversy":0,"own":-1"#))
            let left = try await kai.city.send(item + "/vote", method: .delete, headers: first)
            #expect(left.text.contains(#""up":0,"down":1"#) && left.text.contains(#""own":null"#))
            #expect(try await kai.city.send(item).text.contains(#""votesUp":0,"votesDown":1"#))
        }
        let own = try await kai.city.send("/api/v1/participants/me/votes", headers: second)
        #expect(own.text.contains(#""kind":"conception""#) && own.text.contains(#""kind":"comment""#))
    }

    @Test(arguments: [#"{"value": 0}"#, #"{"value": 2}"#, #"{"value": "1"}"#, "{}", #"{"value": 1, "x": 1}"#])
    func refusesEveryOtherVote(_ body: String) async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add() + "/vote"
        let headers = try await kai.city.participant() + ConceptionCity.json
        #expect(
            try await kai.city.send(path, method: .put, headers: headers, body: body).status == .unprocessableContent)
    }

    @Test func whatIsHiddenHidesItsTree() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let comment = try await kai.comment("Schön ist das.", on: path)
        try await kai.decide("hide", on: path)
        let headers = try await kai.city.participant() + ConceptionCity.json
        for gone in [path, path + "/comments", path + "/vote", comment, comment + "/vote"] {
            #expect(try await kai.city.send(gone).status == .notFound, "\(gone)")
        }
        #expect(try await kai.city.post(path + "/comments", #"{"text": "Wo ist das hier?"}"#).status == .notFound)
        for item in [path, comment] {
            #expect(try await kai.city.post(item + "/reports", #"{"reason": "insult"}"#).status == .notFound)
            let vote = try await kai.city.send(item + "/vote", method: .put, headers: headers, body: #"{"value": 1}"#)
            #expect(vote.status == .notFound)
        }
        #expect(try await kai.city.send(comment, headers: CityServer.staff).status == .ok)
        try await kai.decide("publish", on: path)
        #expect(try await kai.city.send(comment).status == .ok)
        try await kai.decide("hide", on: comment)
        #expect(try await kai.city.send(path).text.contains(#""comments":0"#))
    }

    @Test func reportsBringThemBeforeTheModerators() async throws {
        let kai = try await ConceptionCity()
        let path = try await kai.add()
        let comment = try await kai.comment("Ihr seid doch alle blöd.", on: path)
        for item in [path, comment] {
            #expect(try await kai.city.post(item + "/reports", #"{"reason": "insult"}"#).status == .created)
        }
        let queue = try await kai.city.send(ConceptionCity.proceeding + "/moderation", headers: CityServer.staff)
        let number = try #require(path.split(separator: "/").last)
        #expect(queue.text.contains(#""kind":"conception","conception":"\#(number)""#))
        #expect(queue.text.contains(#""kind":"comment","conception":"\#(number)""#))
        try await kai.decide("hide", on: comment)
        let record = try await kai.city.send(comment + "/moderation", headers: CityServer.staff)
        #expect(record.text.contains(#""state":"hidden""#) && record.text.contains(#""action":"hide""#))
        let log = try await kai.city.send("/api/v1/audit?limit=1", headers: CityServer.staff)
        #expect(log.text.contains(#""action":"comment.hide","item":"proceedings/kai/conceptions/\#(number)/comments/"#))
    }
}
