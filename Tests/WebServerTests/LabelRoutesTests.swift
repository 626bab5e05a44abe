import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct LabelRoutesTests {
    private static let proceeding = "/api/v1/proceedings/radverkehr"
    private static let patch: HTTPFields = [.contentType: "application/merge-patch+json", .ifMatch: "*"]

    /// A city whose proceeding has two tags.
    private static func city() async throws -> CityServer {
        let city = try await CityServer()
        let changed = try await city.send(
            proceeding, method: .patch, headers: CityServer.staff + patch, body: #"{"tags": ["Schule", "Am 100%_Weg"]}"#
        )
        #expect(changed.status == .ok, "\(changed.text)")
        return city
    }

    private static func feature(_ labels: String) -> String {
        CityServer.feature().replacing(#""category": "wege""#, with: #""category": "wege", \#(labels)"#)
    }

    @Test func keepsTagsOfTheProceedingAndKeywordsOfTheAuthor() async throws {
        let city = try await Self.city()
        let body = Self.feature(#""tags": ["Schule", "Schule"], "keywordPicked": [" Ampel ", "Zebrastreifen"]"#)
        let made = try await city.post(CityServer.contributions, body)
        #expect(made.status == .created, "\(made.text)")
        let path = try #require(made.headers[.location])
        let labels = #""tags":["Schule"],"keywordPicked":["Ampel","Zebrastreifen"]"#
        #expect(try await city.send(path).text == made.text && made.text.contains(labels))
        #expect(try await city.send(CityServer.contributions).text.contains(labels))
        #expect(
            try await city.send(CityServer.contributions + "?f=csv").text.contains(#",Schule,"Ampel; Zebrastreifen","#))
        #expect(try await city.send(Self.proceeding + "/export").text.contains(labels))
        let table = try await city.send(Self.proceeding + "/export?f=csv").text
        #expect(table.contains(#",Schule,"Ampel; Zebrastreifen","#))
        let pds = try await city.send("/pds/projects/radverkehr/contributions").text
        #expect(pds.contains(#""keywordPicked":"Ampel,Zebrastreifen""#))
    }

    @Test func asksForOneOfSomeTags() async throws {
        let city = try await Self.city()
        for tag in ["Schule", "Am 100%_Weg"] {
            let body = Self.feature(#""tags": ["\#(tag)"]"#)
            #expect(try await city.post(CityServer.contributions, body).status == .created)
        }
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        func count(_ query: String) async throws -> Int {
            let text = try await city.send(CityServer.contributions + query).text
            return text.matches(of: /"Feature"/).count
        }
        #expect(try await count("") == 3)
        #expect(try await count("?tag=Schule") == 1)
        #expect(try await count("?tag=Am%20100%25_Weg") == 1)
        #expect(try await count("?tag=Schule,Am%20100%25_Weg") == 2)
        #expect(try await count("?tag=Schul") == 0)
        #expect(try await count("?tag=schule") == 0)
        let statistics = try await city.send(Self.proceeding + "/statistics?tag=Schule").text
        #expect(statistics.contains("\"contributions\":1"))
    }

    @Test(arguments: [
        (#""tags": ["Bad"]"#, "/properties/tags/0", "there are Schule, Am 100%_Weg"),
        (#""tags": "Schule""#, "/properties/tags", "array of texts"),
        (#""keywordPicked": ["a,b"]"#, "/properties/keywordPicked/0", "no commas"),
        (#""keywordPicked": ["x"]"#, "/properties/keywordPicked/0", "at least 2"),
        (#""keywordPicked": [1]"#, "/properties/keywordPicked/0", "must be a text"),
    ])
    func refusesLabelsThatAreNone(_ labels: String, _ pointer: String, _ word: String) async throws {
        let city = try await Self.city()
        let answer = try await city.post(CityServer.contributions, Self.feature(labels))
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("\"\(pointer)\"") && answer.text.contains(word), "\(answer.text)")
    }

    @Test func changesThemByTheAuthorAndByModeratorsAlone() async throws {
        let city = try await Self.city()
        let author = try await city.participant()
        let made = try await city.post(
            CityServer.contributions, Self.feature(#""keywordPicked": ["Ampel"]"#), headers: author)
        let path = try #require(made.headers[.location])
        func change(_ labels: String, _ headers: HTTPFields) async throws -> TestResponse {
            try await city.send(
                path, method: .patch, headers: Self.patch + headers, body: #"{"properties": {\#(labels)}}"#)
        }
        #expect(try await change(#""tags": ["Schule"]"#, [:]).status == .forbidden)
        let own = try await change(#""tags": ["Schule"]"#, author)
        #expect(own.text.contains(#""tags":["Schule"],"keywordPicked":["Ampel"]"#), "\(own.text)")
        let moderated = try await change(#""tags": [], "keywordPicked": ["Zebrastreifen"]"#, CityServer.staff)
        #expect(moderated.text.contains(#""tags":[],"keywordPicked":["Zebrastreifen"]"#), "\(moderated.text)")
        #expect(try await city.send(path).text.contains("Zebrastreifen"))
    }

    @Test func holdsKeywordsBackAsItHoldsTexts() async throws {
        let city = try await Self.city()
        let made = try await city.post(
            CityServer.contributions, Self.feature(#""keywordPicked": ["erika@example.org"]"#))
        #expect(made.status == .created && made.text.contains("\"state\":\"pending\""))
    }
}
