import Formats
import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

struct ExportShapeTests {
    private func bytes(
        _ city: TestCity, _ format: ExportFormat, _ shape: ExportShape, scope: Scope? = nil
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in try await city.installation.export(
            of: city.proceeding(), format: format, shape: shape, scope: scope ?? city.staff)
        { bytes += part }
        return bytes
    }

    private func boxes(_ bytes: [UInt8]) throws -> [BoundingBox?] {
        let features = try #require(try JSONValue.parse(bytes, limits: .importing)["features"]?.array)
        return features.map { feature in
            var numbers: [Double] = []
            func collect(_ value: JSONValue?) {
                if let number = value?.double { numbers.append(number) }
                for element in value?.array ?? [] { collect(element) }
            }
            collect(feature["geometry"]?["coordinates"])
            guard let x = numbers.indices.filter({ $0 % 2 == 0 }).map({ numbers[$0] }).max(),
                let y = numbers.indices.filter({ $0 % 2 == 1 }).map({ numbers[$0] }).max()
            else { return nil }
            return BoundingBox(minX: x, minY: y, maxX: x, maxY: y)
        }
    }

    /// The file says in which system it is, so that it needs no word when it is read.
    @Test func comesBackFromAnotherSystemToTheCentimetre() async throws {
        let (first, second) = (try await TestCity(), try await TestCity())
        _ = try await first.importContributions()
        let projected = try await bytes(first, .geojson, ExportShape(crs: try ServedCRS("EPSG:25832")))
        let url = URL(fileURLWithPath: first.folder.path("export.geojson"))
        try Data(projected).write(to: url)
        let report = try await second.importContributions(url)
        #expect(report.imported == 2000 && report.crs == "EPSG:25832")
        let plain = ExportShape()
        let (one, two) = (
            try boxes(try await bytes(first, .geojson, plain)), try boxes(try await bytes(second, .geojson, plain))
        )
        #expect(one.count == two.count && one.count { $0 != nil } > 1900)
        // Some lie on other continents, where the system does not reach.
        for (left, right) in zip(one, two) {
            guard let left, abs(left.minX - 10) < 5, abs(left.minY - 53) < 5 else { continue }
            let right = try #require(right)
            #expect(abs(left.minX - right.minX) < 2e-7 && abs(left.minY - right.minY) < 2e-7)
        }
    }

    @Test func comesBackWithItsComments() async throws {
        let (first, second) = (try await TestCity(), try await TestCity())
        _ = try await first.importContributions()
        let nested = try await bytes(first, .geojson, ExportShape(comments: .nested), scope: first.anonymous)
        let url = URL(fileURLWithPath: first.folder.path("comments.geojson"))
        try Data(nested).write(to: url)
        _ = try await second.importContributions(url)
        let statistics = try await second.installation.statistics(of: second.proceeding(), scope: second.anonymous)
        #expect(statistics.contributions == 2000 && statistics.comments == 1389)
    }

    @Test func aGeoPackageNamesItsSystem() async throws {
        let city = try await TestCity()
        _ = try await city.installation.submitContribution(
            NewContribution(
                title: "Radweg fehlt", text: "Hier fehlt ein sicherer Radweg.", category: "radverkehr",
                geometry: .point(Position(9, 53.5))), to: city.proceeding(), scope: city.anonymous)
        let path = city.folder.path("export.gpkg")
        try await city.installation.writeGeoPackage(
            to: path, of: city.proceeding(), crs: try ServedCRS("EPSG:25832"), scope: city.staff)
        let reader = try GeoPackageReader(path: path, layer: "contributions")
        #expect(reader.source.crs == "EPSG:25832")
        let place = try #require(try reader.next()?.geometries.first??.boundingBox)
        // The easting of the central meridian; the northing as in the list's test.
        #expect(abs(place.minX - 500_000) < 0.001 && abs(place.minY - 5_927_893.7539) < 0.001)
    }

    @Test func aPageEndsBeforeTooManyCommentsHangOnIt() async throws {
        let city = try await TestCity()
        let proceeding = try await city.proceeding()
        for (number, comments) in [3, 1, 2, 0].enumerated() {
            let stored = try await city.installation.submitContribution(
                NewContribution(
                    title: "Radweg \(number) fehlt", text: "Hier fehlt der sichere Radweg Nummer \(number).",
                    category: "radverkehr", geometry: .point(Position(9.9, 53.39 + Double(number) / 100))),
                to: proceeding, scope: city.anonymous)
            for comment in 0..<comments {
                _ = try await city.installation.submitComment(
                    NewComment(subject: nil, text: "Das sehe ich genauso, zum \(comment)."),
                    on: .contribution(stored.0.id), of: proceeding, scope: city.anonymous)
            }
        }
        let scope = city.anonymous
        func length(_ most: Int, limit: Int = 10) async throws -> Int {
            try await city.installation.engine.read { connection in
                try scope.reader(connection).exportPageLength(
                    of: proceeding, filter: ContributionFilter(), after: 0, limit: limit, mostComments: most)
            }
        }
        #expect(try await length(1) == 1)
        #expect(try await length(4) == 2)
        #expect(try await length(6) == 10)
        #expect(try await length(6, limit: 2) == 2)
        let nested = try await bytes(city, .geojson, ExportShape(comments: .nested), scope: city.anonymous)
        #expect(String(decoding: nested, as: UTF8.self).matches(of: /genauso/).count == 6)
    }
}
