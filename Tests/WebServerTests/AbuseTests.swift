import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// What must be refused or come to nothing, whoever sends it.
struct AbuseTests {
    /// A member that the server sets, on its way in.
    static let serverSet = [
        #""created": "2020-01-01T00:00:00Z""#, #""author": "jemand""#, #""state": "published""#, #""votesUp": 1000"#,
        #""id": "17""#, #""version": 9"#, #""tenant": "bonn""#, #""receipt": "x""#, #""officialStatus": "done""#,
        #""channel": "paper""#,
    ]

    @Test(arguments: serverSet)
    func membersThatTheServerSetsAreRefusedByName(_ member: String) async throws {
        let city = try await CityServer()
        let name = try #require(member.split(separator: "\"").first)
        let inside = CityServer.feature().replacing(#""title""#, with: member + #", "title""#)
        let refused = try await city.post(CityServer.contributions, inside)
        #expect(refused.status == .unprocessableContent && refused.text.contains("/properties/\(name)"))
        let outside = CityServer.feature().replacing(#"{"type": "Feature""#, with: "{\(member), \"type\": \"Feature\"")
        #expect(try await city.post(CityServer.contributions, outside).status == .unprocessableContent)
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        for target in ["/comments", "/reports"] {
            let body = #"{"text": "Ja, das stimmt.", "reason": "insult", \#(member)}"#
            let answer = try await city.post(path + target, body)
            #expect(answer.status == .unprocessableContent && answer.text.contains("/\(name)"), "\(target)")
        }
        #expect(try await city.send(CityServer.contributions).text.contains("\"numberReturned\":1"))
    }

    @Test func anotherTenantsNumbersAreNotThere() async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        let foreign = "/t/bonn" + path
        let missing = "/t/bonn" + CityServer.contributions + "/999999"
        for tail in ["", "/comments", "/vote", "/similar"] {
            let (one, other) = (try await city.send(foreign + tail), try await city.send(missing + tail))
            #expect(one.status == .notFound && other.status == .notFound)
            func bare(_ text: String) -> String { text.replacing(/urn:uuid:[0-9a-f-]+/, with: "") }
            #expect(bare(one.text) == bare(other.text))
        }
        for (tail, body) in [("/comments", #"{"text": "Ja, das stimmt."}"#), ("/reports", #"{"reason": "insult"}"#)] {
            #expect(try await city.post(foreign + tail, body).status == .notFound)
        }
        #expect(try await city.send(foreign, method: .delete).status == .notFound)
    }

    @Test func parentsMustBeThere() async throws {
        let city = try await CityServer()
        let one = try #require(try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let other = try #require(
            try await city.post(CityServer.contributions, CityServer.feature(title: "Anderes")).headers[.location])
        let top = try #require(
            try await city.post(one + "/comments", #"{"text": "Ja, das stimmt."}"#).headers[.location]?.split(
                separator: "/"
            ).last)
        for parent in [#""\#(top)""#, "\(top)", "999999", #""999999""#, "0", "-1"] {
            let answer = try await city.post(other + "/comments", #"{"text": "Wem gilt das?", "parent": \#(parent)}"#)
            #expect(answer.status == .unprocessableContent && answer.text.contains("/parent"), "\(parent)")
        }
        for parent in ["1.5", "true", "[]", #""1e3""#, #""99999999999999999999""#] {
            let answer = try await city.post(one + "/comments", #"{"text": "Wem gilt das?", "parent": \#(parent)}"#)
            #expect(answer.status == .unprocessableContent && answer.text.contains("/parent"), "\(parent)")
        }
        #expect(
            try await city.post(one + "/comments", #"{"text": "Dir gilt das.", "parent": "\#(top)"}"#).status
                == .created)
    }

    /// Overrides turn the text around them, and are taken out; what is only invisible stays as typed.
    @Test func directionOverridesAreTakenOut() async throws {
        let city = try await CityServer()
        let text = "Hier fehlt \u{202E}gewdaR nie\u{202C} am \u{2067}Platz\u{2069}, mit \u{200B}Nullbreite."
        let made = try await city.post(
            CityServer.contributions, CityServer.feature(title: "\u{202E}Titel drehen", text: text))
        #expect(made.status == .created)
        for scalar in ["\u{202E}", "\u{202C}", "\u{2067}", "\u{2069}"] { #expect(!made.text.contains(scalar)) }
        #expect(made.text.contains("mit \u{200B}Nullbreite") && made.text.contains("\"title\":\"Titel drehen\""))
    }

    /// Texts that show nothing are no texts, however long they are.
    @Test(arguments: ["\u{200B}", "\u{2060}", "\u{FEFF}", "\u{200D}", "\u{00AD}", "\u{2063}", "\u{3164}", "\u{2800}"])
    func invisibleTextIsNoText(_ scalar: String) async throws {
        let city = try await CityServer()
        let nothing = String(repeating: scalar, count: 40)
        for feature in [CityServer.feature(title: nothing), CityServer.feature(text: nothing)] {
            let answer = try await city.post(CityServer.contributions, feature)
            #expect(answer.status == .unprocessableContent && answer.text.contains("tooShort"))
        }
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location])
        #expect(try await city.post(path + "/comments", #"{"text": "\#(nothing)"}"#).status == .unprocessableContent)
    }

    static let markup = #"<script>alert(1)</script><img src=x onerror=alert(2)> & \"Zitat\" =1+1 <!-- -->"#

    /// Markup is text: it comes back as typed, in types that no browser runs.
    @Test func markupIsStoredAsTyped() async throws {
        let city = try await CityServer()
        let made = try await city.post(
            CityServer.contributions, CityServer.feature(title: "<b>Titel</b>", text: Self.markup))
        #expect(made.status == .created)
        let path = try #require(made.headers[.location])
        #expect(try await city.post(path + "/comments", #"{"text": "\#(Self.markup)"}"#).status == .created)
        for address in [path, path + "/comments", CityServer.contributions, CityServer.contributions + "?f=csv"] {
            let answer = try await city.send(address)
            let type = try #require(answer.headers[.contentType])
            #expect(!type.hasPrefix("text/html"))
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.text.contains("<script>alert(1)"), "\(address)")
        }
    }

    @Test func aClosedPhaseTakesNothing() async throws {
        let city = try await CityServer()
        let schedule = #""schedule": {"phase1Start": "2026-01-01", "phase1End": "2026-02-01"}"#
        let body = #"{"id": "alt", "name": "Alt", \#(schedule)}"#
        #expect(try await city.post("/api/v1/proceedings", body, headers: CityServer.staff).status == .created)
        let answer = try await city.post(
            "/api/v1/proceedings/alt/contributions",
            #"{"type":"Feature","geometry":null,"properties":{"title":"Zu spät","text":"Das kommt zu spät."}}"#)
        #expect(answer.status == .forbidden && answer.text.contains("\"code\":\"over\""))
        let shown = try await city.send("/api/v1/proceedings/alt")
        #expect(shown.text.contains(#""open":{"contributions":false,"comments":false"#))
        #expect(shown.text.contains(#""contributions":{"code":"over""#))
    }

    @Test(.timeLimit(.minutes(5)))
    func deepRepliesStayReadable() async throws {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(made.headers[.location]) + "/comments"
        var parent = ""
        for index in 0..<60 {
            let body =
                #"{"text": "Antwort der Ebene \#(index)"\#(parent.isEmpty ? "" : ", \"parent\": \"\(parent)\"")}"#
            let answer = try await city.post(path, body)
            parent = String(try #require(answer.headers[.location]?.split(separator: "/").last))
        }
        let read = try await city.send(path)
        var (depth, deepest) = (0, 0)
        for byte in read.text.utf8 {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
            deepest = max(deepest, depth)
        }
        #expect(depth == 0 && deepest <= 32)
        for index in 0..<60 { #expect(read.text.contains("\"text\":\"Antwort der Ebene \(index)\"")) }
        let flat = try await city.send(path + "?form=flat&sort=-created")
        #expect(!flat.text.contains("answers") && flat.text.contains("\"numberReturned\":60"))
        for query in ["?form=x", "?sort=votes", "?limit=0", "?limit=1001"] {
            #expect(try await city.send(path + query).status == .badRequest)
        }
    }
}
