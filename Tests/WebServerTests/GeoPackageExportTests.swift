import Formats
import Foundation
import GeoCore
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import WebServer

struct GeoPackageExportTests {
    private static let path = "/api/v1/proceedings/radverkehr/export?f=gpkg"

    private func read(_ answer: TestResponse, _ city: CityServer, _ layer: String) throws -> FeatureBatch? {
        let file = city.folder.path("\(UUID().uuidString).gpkg")
        try Data(answer.body.readableBytesView).write(to: URL(fileURLWithPath: file))
        return try GeoPackageReader(path: file, layer: layer).next()
    }

    @Test func holdsContributionsAndTheirCommentsInTwoTables() async throws {
        let city = try await CityServer()
        let made = try #require(try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        #expect(
            try await city.post(made + "/comments", #"{"text": "Das sehe ich genauso."}"#).status == .created)
        let answer = try await city.send(Self.path)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(answer.headers[.contentType] == "application/geopackage+sqlite3")
        #expect(answer.headers[.contentLength] == "\(answer.body.readableBytes)")
        let contributions = try #require(try read(answer, city, "contributions"))
        #expect(contributions.count == 1 && contributions.geometries[0]?.kind == .point)
        let comments = try #require(try read(answer, city, "comments"))
        #expect(String(decoding: comments.properties[0], as: UTF8.self).contains("genauso"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: city.folder.path("")).allSatisfy {
                !$0.hasPrefix("mitplan-upload")
            })
    }

    @Test func leavesOutWhatTheViewerMayNotSeeAndMovesWhatIsToBeMasked() async throws {
        let city = try await CityServer()
        let made = try #require(try await city.post(CityServer.contributions, CityServer.feature()).headers[.location])
        let plain = try #require(try read(try await city.send(Self.path), city, "contributions"))
        let masked = try #require(try read(try await city.send(Self.path + "&mask=donut"), city, "contributions"))
        #expect(masked.count == 1 && masked.geometries[0] != plain.geometries[0])
        let hide = #"{"action": "hide", "reason": "insult"}"#
        #expect(
            try await city.post(made + "/moderation", hide, headers: CityServer.staff + [.ifMatch: "*"]).status == .ok)
        #expect(try read(try await city.send(Self.path), city, "contributions")?.count ?? 0 == 0)
    }

    /// A slow reader holds the file's place, but neither its name nor more of the disk than is allowed.
    @Test func isRefusedWhereNoMoreFilesMayLieOnTheDisk() async throws {
        let full: [(inout ServerSettings) -> Void] = [{ $0.maximumExportFiles = 0 }, { $0.maximumExportBytes = 1000 }]
        for change in full {
            let city = try await CityServer(settings: change)
            #expect(
                try await city.post(CityServer.contributions, CityServer.feature()).status == .created)
            for _ in 0..<6 {
                let answer = try await city.send(Self.path)
                #expect(answer.status == .serviceUnavailable && answer.headers[.retryAfter] != nil, "\(answer.text)")
            }
            #expect(try await city.send(Self.path.replacing("gpkg", with: "geojson")).status == .ok)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: city.folder.path("")).allSatisfy {
                    !$0.hasPrefix("mitplan-upload")
                })
        }
        // Those that have been read to the end hold none.
        let city = try await CityServer { $0.maximumExportFiles = 1 }
        for _ in 0..<3 { #expect(try await city.send(Self.path).status == .ok) }
    }
}
