import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

struct ContributionRoutesTests {
    @Test func takesAContributionAndGivesItBack() async throws {
        let city = try await CityServer()
        let created = try await city.post(CityServer.contributions, CityServer.feature())
        #expect(created.status == .created)
        let location = try #require(created.headers[.location])
        #expect(location.hasPrefix(CityServer.contributions + "/"))
        let read = try await city.send(location)
        #expect(read.status == .ok)
        #expect(read.text == created.text)
        #expect(read.text.contains("\"coordinates\":[9.99,53.55]"))
        #expect(read.text.contains("\"created\":\"2026-05-01T00:02:00Z\""))
        let tag = try #require(read.headers[.eTag])
        #expect(try await city.send(location, headers: [.ifNoneMatch: tag]).status == .notModified)
        _ = try await city.post(CityServer.contributions, CityServer.feature())
        #expect(try await city.send(location, headers: [.ifNoneMatch: tag]).status == .notModified)
        _ = try await city.post(location + "/comments", #"{"text": "Das sehe ich genauso."}"#)
        #expect(try await city.send(location, headers: [.ifNoneMatch: tag]).status == .ok)
    }

    @Test func filtersAndPages() async throws {
        let city = try await CityServer()
        for index in 0..<5 {
            let body = CityServer.feature(title: "Beitrag \(index)", coordinates: "[\(9.8 + Double(index) / 10), 53.5]")
            #expect(try await city.post(CityServer.contributions, body).status == .created)
        }
        var address: String? = CityServer.contributions + "?limit=2"
        var titles: [String] = []
        while let next = address {
            let page = try await city.send(next)
            let object = try JSONSerialization.jsonObject(with: Data(page.body.readableBytesView))
            let document = try #require(object as? [String: Any])
            let features = try #require(document["features"] as? [[String: Any]])
            titles += features.compactMap { ($0["properties"] as? [String: Any])?["title"] as? String }
            address = ((document["links"] as? [[String: Any]])?.first)?["href"] as? String
            #expect(titles.count < 10)
        }
        #expect(titles.sorted() == (0..<5).map { "Beitrag \($0)" })
        let boxed = try await city.send(CityServer.contributions + "?bbox=9.75,53.4,9.95,53.6")
        #expect(boxed.text.contains("\"numberReturned\":2"))
        let later = try await city.send(CityServer.contributions + "?datetime=2027-01-01T00:00:00Z/..")
        #expect(later.text.contains("\"numberReturned\":0"))
        let csv = try await city.send(CityServer.contributions + "?f=csv&q=Beitrag")
        #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(csv.text.split(separator: "\r\n").count == 6)
    }

    /// A body and the status of its refusal, with a word of the answer.
    static let refusals: [(String, Int, String)] = [
        ("{", 400, "unexpectedEnd"),
        ("{\"a\":1,}", 400, "bad-request"),
        (String(repeating: "[", count: 10_000), 400, "tooDeep"),
        (String(repeating: "{\"a\":", count: 10_000), 400, "tooDeep"),
        ("{\"type\":\"Feature\",\"type\":\"Feature\"}", 400, "duplicateName"),
        ("[]", 422, "JSON object"),
        ("{}", 422, "/properties"),
        ("{\"type\":\"Feature\",\"properties\":{\"title\":5,\"text\":[]}}", 422, "/properties/title"),
        ("{\"type\":\"Feature\",\"votes\":5,\"properties\":{\"title\":\"Titel\",\"text\":\"x\"}}", 422, "/votes"),
        (CityServer.feature(coordinates: "[NaN, 53.5]"), 422, "notFinite"),
        (CityServer.feature(coordinates: "[1e999, 53.5]"), 422, "invalid-input"),
        (CityServer.feature(coordinates: "[53.55, 199.9]"), 422, "/geometry"),
        (CityServer.feature(coordinates: "[\"9\", 53.5]"), 422, "/geometry"),
        (CityServer.feature(coordinates: "[[[9,53],[10,53],[10,54],[9,54]]]", type: "Polygon"), 422, "/geometry"),
        (CityServer.feature(category: "unbekannt"), 422, "/properties/category"),
        (CityServer.feature(category: "alt"), 422, "/properties/category"),
        (CityServer.feature(title: "x"), 422, "/properties/title"),
        (
            #"{"type":"Feature","geometry":{"type":"Point","coordinates":[9.99,53.55],"crs":{"type":"name"}}}"#, 422,
            "/geometry/crs"
        ),
        (#"{"type":"Feature","geometry":null,"bbox":"x","properties":{}}"#, 422, "/bbox"),
        (#"{"type":"Feature","geometry":null,"bbox":[1,2,"3",4],"properties":{}}"#, 422, "/bbox"),
    ]

    @Test(arguments: refusals)
    func refusesWhatIsWrongAndStoresNothing(_ body: String, _ status: Int, _ word: String) async throws {
        let city = try await CityServer()
        let response = try await city.post(CityServer.contributions, body)
        #expect(response.status.code == status)
        #expect(response.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        #expect(response.text.contains(word), "\(response.text)")
        #expect(try await city.send(CityServer.contributions).text.contains("\"numberReturned\":0"))
    }

    @Test func doesTheSameRequestOnce() async throws {
        let city = try await CityServer()
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let first = try await city.post(CityServer.contributions, CityServer.feature(), headers: [name: "k-1"])
        let again = try await city.post(CityServer.contributions, CityServer.feature(), headers: [name: "k-1"])
        #expect(first.status == .created && again.status == .created)
        #expect(first.text == again.text)
        let other = try await city.post(
            CityServer.contributions, CityServer.feature(title: "Anderer Titel"), headers: [name: "k-1"])
        #expect(other.status == .unprocessableContent)
        let bad = try await city.post(CityServer.contributions, CityServer.feature(), headers: [name: "a b"])
        #expect(bad.status == .badRequest)
        #expect(try await city.send(CityServer.contributions).text.contains("\"numberReturned\":1"))
    }

    @Test func takesAnAnswerOnce() async throws {
        let city = try await CityServer()
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let contribution = try await city.post(CityServer.contributions, CityServer.feature())
        let path = try #require(contribution.headers[.location]) + "/comments"
        let text = #"{"text": "Das sehe ich genauso."}"#
        let first = try await city.post(path, text, headers: [name: "k-1"])
        let again = try await city.post(path, text, headers: [name: "k-1"])
        #expect(first.status == .created && again.status == .created)
        #expect(first.text == again.text)
        let other = try await city.post(path, #"{"text": "Das sehe ich anders."}"#, headers: [name: "k-1"])
        #expect(other.status == .unprocessableContent)
        #expect(try await city.send(path).text.contains("\"numberReturned\":1"))
    }

    @Test func refusesASearchWithoutWords() async throws {
        let city = try await CityServer()
        for query in ["q=", "q=%20"] {
            #expect(try await city.send(CityServer.contributions + "?" + query).status == .badRequest)
        }
    }

    @Test(arguments: ["0", "-1", "999999", "abc", "99999999999999999999", "1e3"])
    func hasNoOtherContributions(_ id: String) async throws {
        let city = try await CityServer()
        #expect(try await city.send(CityServer.contributions + "/" + id).status == .notFound)
    }

    @Test func keepsTenantsApart() async throws {
        let city = try await CityServer()
        #expect(try await city.send("/t/hamburg" + CityServer.contributions).status == .ok)
        #expect(try await city.send("/t/bonn" + CityServer.contributions).status == .notFound)
        #expect(try await city.send("/t/koeln" + CityServer.contributions).status == .notFound)
    }

    @Test func sortsAndFiltersByPlace() async throws {
        let city = try await CityServer()
        for (name, place) in [
            ("Nahe Bank", "[9.99, 53.55]"), ("Ferne Bank", "[10.1, 53.6]"), ("Bank dabei", "[9.991, 53.55]"),
        ] {
            let answer = try await city.post(
                CityServer.contributions,
                CityServer.feature(title: name, text: "\(name) fehlt hier.", coordinates: place))
            #expect(answer.status == .created)
        }
        func titles(_ query: String) async throws -> [String] {
            let answer = try await city.send(CityServer.contributions + query)
            #expect(answer.status == .ok, "\(answer.text)")
            let object = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any]
            return (object?["features"] as? [[String: Any]] ?? []).compactMap {
                ($0["properties"] as? [String: Any])?["title"] as? String
            }
        }
        #expect(try await titles("?near=9.99,53.55,200&sort=distance") == ["Nahe Bank", "Bank dabei"])
        #expect(try await titles("?near=9.99,53.55,20000&sort=-distance").first == "Ferne Bank")
        #expect(try await titles("?sort=created") == ["Nahe Bank", "Ferne Bank", "Bank dabei"])
        #expect(try await titles("?geometryType=Polygon") == [])
        #expect(try await titles("?minVotes=1") == [])
        #expect(try await titles("?insideArea=true&type=Idee") == [])
        #expect(try await titles("?keyword=Bank") == [])
    }

    @Test(arguments: [
        "sort=best", "sort=distance", "sort=--created", "near=1,2", "near=9.99,53.55,0", "within=", "within=a/b/c",
        "crossing=a/-1", "geometryType=Circle", "minVotes=-1", "insideArea=maybe",
        "keyword=", "keyword=Ufer,,Bank", "keyword=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21",
    ])
    func refusesPlacesAndOrdersThatAreNone(query: String) async throws {
        let city = try await CityServer()
        let answer = try await city.send("\(CityServer.contributions)?\(query)")
        #expect(answer.status == .badRequest, "\(answer.text)")
        let name = query.prefix { $0 != "=" }
        #expect(answer.text.contains(name), "\(answer.text)")
    }

    @Test func saysThatALayerIsNotThere() async throws {
        let city = try await CityServer()
        #expect(try await city.send("\(CityServer.contributions)?within=plan/1").status == .notFound)
    }
}
