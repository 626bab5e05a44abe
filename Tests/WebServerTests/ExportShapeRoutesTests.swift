import Foundation
import GeoCore
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import WebServer

/// Exports in other systems, with byte-order marks and with comments.
struct ExportShapeRoutesTests {
    private static let path = "/api/v1/proceedings/radverkehr/export"

    private func city() async throws -> (CityServer, contribution: String) {
        let city = try await CityServer()
        let made = try await city.post(CityServer.contributions, CityServer.feature(coordinates: "[9, 53.5]"))
        return (city, try #require(made.headers[.location]))
    }

    private func features(_ answer: TestResponse) throws -> [JSONValue] {
        let value = try JSONValue.parse(Array(answer.body.readableBytesView), limits: .importing)
        return try #require(value["features"]?.array)
    }

    /// As for the list: 500,000 m is the easting of the central meridian.
    @Test func saysInWhichSystemItIs() async throws {
        let (city, _) = try await city()
        let field = try #require(HTTPField.Name("Content-Crs"))
        for format in ["geojson", "geojsonseq", "csv", "gpkg"] {
            let answer = try await city.send(Self.path + "?crs=EPSG:25832&f=\(format)")
            #expect(answer.status == .ok, "\(answer.text)")
            #expect(answer.headers[field] == "<http://www.opengis.net/def/crs/EPSG/0/25832>")
        }
        let plain = try await city.send(Self.path + "?crs=OGC:CRS84")
        #expect(plain.headers[field] == nil && !plain.text.contains("\"crs\""))
        let answer = try await city.send(Self.path + "?crs=EPSG:25832")
        let place = try features(answer)[0]["geometry"]?["coordinates"]?.array?.compactMap(\.double)
        #expect(abs((place?[0] ?? 0) - 500_000) < 0.001)
        let table = try await city.send(Self.path + "?crs=EPSG:25832&f=csv")
        #expect(table.text.contains(",type,x,y,wkt,") && table.text.contains("POINT (500000"), "\(table.text)")
    }

    @Test func beginsWithAByteOrderMarkByChoice() async throws {
        let (city, _) = try await city()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        for (query, isMarked) in [
            ("f=csv", false), ("f=csv&bom=true", true), ("f=csv&bom=false", false), ("profile=dipas", true),
            ("profile=dipas&bom=false", false),
        ] {
            let answer = try await city.send(Self.path + "?" + query)
            #expect(answer.status == .ok, "\(answer.text)")
            #expect(answer.body.readableBytesView.starts(with: mark) == isMarked, "\(query)")
        }
    }

    @Test(arguments: [
        ("crs=EPSG:4711", "crs"), ("crs=EPSG:25832&profile=dipas", "crs"), ("bom=true", "bom"),
        ("bom=true&f=gpkg", "bom"), ("bom=1&f=csv", "bom"), ("comments=nested&f=csv", "comments"),
        ("comments=nested&f=gpkg", "comments"), ("comments=all", "comments"),
    ])
    func refusesOtherQuestionsByName(_ query: String, _ name: String) async throws {
        let answer = try await city().0.send(Self.path + "?" + query)
        #expect(answer.status == .badRequest && answer.text.contains("\"\(name)\""), "\(answer.text)")
    }

    @Test func holdsCommentsAndTheirVotesBelowWhatTheyAnswer() async throws {
        let (city, contribution) = try await city()
        let first = try #require(
            try await city.post(contribution + "/comments", #"{"text": "Das sehe ich genauso."}"#).headers[.location])
        let parent = try #require(first.split(separator: "/").last)
        let answer = #"{"text": "Ich sehe das anders.", "parent": "\#(parent)"}"#
        #expect(try await city.post(contribution + "/comments", answer).status == .created)

        let nested = try features(try await city.send(Self.path + "?comments=nested"))[0]["properties"]
        #expect(nested?["commentCount"]?.double == 2)
        let tops = try #require(nested?["comments"]?.array)
        #expect(tops.count == 1 && tops[0]["votesUp"]?.double == 0)
        #expect(tops[0]["answers"]?.array?.first?["text"]?.string == "Ich sehe das anders.")
        let flat = try features(try await city.send(Self.path + "?comments=flat"))[0]["properties"]?["comments"]?.array
        #expect(flat?.map { $0["parent"]?.string } == [nil, String(parent)])
        #expect(try features(try await city.send(Self.path))[0]["properties"]?["comments"]?.double == 2)

        // What is hidden hides the answers below it.
        let hide = #"{"action": "hide", "reason": "insult"}"#
        #expect(
            try await city.post(first + "/moderation", hide, headers: CityServer.staff + [.ifMatch: "*"]).status == .ok)
        for form in ["nested", "flat"] {
            let hidden = try await city.send(Self.path + "?f=geojsonseq&comments=\(form)")
            #expect(hidden.text.contains(#""comments":[]"#), "\(hidden.text)")
        }
        let known = try await city.send(Self.path + "?comments=flat", headers: CityServer.staff)
        #expect(known.text.contains("genauso") && known.text.contains("anders"))
    }
}
