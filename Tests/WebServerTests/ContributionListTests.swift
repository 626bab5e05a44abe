import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// The list of contributions in other forms and systems, and by conditions.
struct ContributionListTests {
    private static let northing = 5_927_893.7539

    /// On the central meridian of zone 32, and half a degree beside it.
    private func city() async throws -> CityServer {
        let city = try await CityServer()
        for (title, place) in [("Mitte", "[9, 53.5]"), ("Neben", "[9.5, 53.5]")] {
            let body = CityServer.feature(title: title, coordinates: place)
            #expect(try await city.post(CityServer.contributions, body).status == .created)
        }
        return city
    }

    private func ask(_ city: CityServer, _ query: String) async throws -> TestResponse {
        try await city.send(CityServer.contributions + "?" + query)
    }

    @Test func comesWithoutPlacesAsPlainJSON() async throws {
        let answer = try await ask(try await city(), "f=json&sort=created")
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any])
        let items = try #require(object["contributions"] as? [[String: Any]])
        #expect(items.compactMap { $0["title"] as? String } == ["Mitte", "Neben"])
        #expect(items[0]["id"] is String && items[0]["geometry"] == nil && object["numberReturned"] as? Int == 2)
        #expect(!answer.text.contains("53.5"))
    }

    /// On the central meridian the easting is 500,000 m, and the northing 0.9996 times the arc of the meridian (GRS 80,
    /// by numerical integration).
    @Test(arguments: ["EPSG:25832", "http%3A%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F25832"])
    func isWrittenInAnotherSystem(_ name: String) async throws {
        let answer = try await ask(try await city(), "crs=\(name)&sort=created&limit=1")
        let field = try #require(HTTPField.Name("Content-Crs"))
        #expect(answer.headers[field] == "<http://www.opengis.net/def/crs/EPSG/0/25832>")
        let found = try #require(answer.text.firstMatch(of: /"coordinates":\[([\d.]+),([\d.]+)\]/))
        let (x, y) = try (#require(Double(found.1)), #require(Double(found.2)))
        #expect(abs(x - 500_000) < 0.001 && abs(y - Self.northing) < 0.001, "\(x) \(y)")
        let table = try await ask(try await city(), "crs=\(name)&f=csv&sort=created")
        #expect(
            table.text.hasPrefix("id,") && table.text.contains(",x,y,channel\r\n") && table.text.contains(",500000,"))
    }

    @Test(arguments: [
        ("499000,5920000,501000,5935000", ["Mitte"]), ("501000,5920000,560000,5935000", ["Neben"]),
        ("499000,5920000,560000,5935000", ["Mitte", "Neben"]), ("499000,5000000,560000,5100000", []),
    ])
    func takesABoxOfAnotherSystem(_ box: String, _ expected: [String]) async throws {
        let answer = try await ask(try await city(), "bbox=\(box)&bbox-crs=EPSG:25832&sort=created")
        #expect(answer.text.matches(of: /"title":"(\w+)"/).map { String($0.1) } == expected, "\(answer.text)")
    }

    @Test(arguments: [
        ("crs=EPSG:4711", "crs"), ("crs=%2Bproj%3Dutm%20%2Bzone%3D32", "crs"), ("crs=EPSG:25832&f=json", "crs"),
        ("bbox-crs=EPSG:25832", "bbox-crs"), ("bbox=1,2,3&bbox-crs=EPSG:25832", "bbox"),
        ("bbox=560000,0,499000,1&bbox-crs=EPSG:25832", "bbox"), ("bbox=0,0,1e300,1e300&bbox-crs=EPSG:25832", "bbox"),
        ("filter=author%20%3D%20%27x%27", "filter"), ("filter=title", "filter"),
        ("filter=TRUE&filter-lang=cql2-json", "filter-lang"), ("f=xml", "f"),
    ])
    func refusesOtherQuestionsByName(_ query: String, _ name: String) async throws {
        let answer = try await ask(try await city(), query)
        #expect(answer.status == .badRequest && answer.text.contains("\"\(name)\""), "\(answer.text)")
    }

    @Test func isChosenByAConditionEverywhere() async throws {
        let city = try await city()
        let condition = "filter=title%20LIKE%20%27M%25%27%20AND%20S_INTERSECTS(geometry,BBOX(8,53,9.2,54))"
        let list = try await ask(city, condition)
        #expect(list.text.contains("Mitte") && !list.text.contains("Neben"))
        let statistics = try await city.send("/api/v1/proceedings/radverkehr/statistics?" + condition)
        #expect(statistics.text.contains("\"contributions\":1"), "\(statistics.text)")
        let export = try await city.send("/api/v1/proceedings/radverkehr/export?" + condition)
        #expect(export.text.contains("Mitte") && !export.text.contains("Neben"))
    }

    /// Plain lists do not wait for those whose conditions may look at every text.
    @Test func takesItsTurnAmongAnalysesWhereItMayTakeLong() async throws {
        let city = try await CityServer { $0.computeQueue = 0 }
        for query in ["filter=TRUE", "crs=EPSG:25832"] {
            #expect(try await ask(city, query).status == .serviceUnavailable, "\(query)")
        }
        #expect(try await ask(city, "category=wege").status == .ok)
    }

    @Test func tellsWhatConditionsMayAskFor() async throws {
        let answer = try await city().send("/api/v1/proceedings/radverkehr/queryables")
        #expect(answer.headers[.contentType] == "application/schema+json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView)) as? [String: Any])
        let properties = try #require(object["properties"] as? [String: [String: Any]])
        #expect(properties["votesUp"]?["type"] as? String == "integer" && properties["author"] == nil)
        #expect(properties["keywords"]?["type"] as? String == "array")
        #expect(properties["geometry"]?["format"] as? String == "geometry-any")
    }
}
