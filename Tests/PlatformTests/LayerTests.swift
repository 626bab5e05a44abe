import Formats
import Foundation
import GeoCore
import Participation
import Platform
import Storage
import TestSupport
import Testing

struct LayerTests {
    @Test(arguments: [
        ("stadtteile.gpkg", 24), ("bebauungsplaene.shp", 36), ("radwegenetz.geojson", 72),
        ("gruenflaechen.geojson", 34),
    ])
    func importsTheLayersOfTheSampleCity(_ name: String, _ count: Int) async throws {
        let city = try await TestCity()
        let report = try await city.importLayer(TestCity.geodata.appendingPathComponent(name), id: "layer")
        #expect(report.imported == count)
        #expect(report.crs == "EPSG:25832")
        let layer = try await city.installation.layer("layer", of: city.proceeding(), scope: city.anonymous)
        let box = try #require(layer.boundingBox)
        #expect(box.minX > 9.8 && box.maxX < 10.1 && box.minY > 53.3 && box.maxY < 53.5)
    }

    @Test func replacesALayerInOneStepAndKeepsItsName() async throws {
        let city = try await TestCity()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("radwegenetz.geojson"), id: "netz")
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("gruenflaechen.geojson"), id: "netz")
        let layers = try await city.installation.layers(of: city.proceeding(), scope: city.anonymous)
        #expect(layers.map(\.id) == ["netz"] && layers.map(\.featureCount) == [34])
        let page = try await city.installation.layerItems(
            of: "netz", in: city.proceeding(), limit: 1000, after: nil, scope: city.anonymous)
        #expect(page.items.count == 34)
    }

    @Test func changesNothingWhenTheSameFileComesAgain() async throws {
        let city = try await TestCity()
        let file = TestCity.geodata.appendingPathComponent("gruenflaechen.geojson")
        _ = try await city.importLayer(file, id: "gruen")
        let before = try await city.installation.layer("gruen", of: city.proceeding(), scope: city.anonymous)
        let again = try await city.importLayer(file, id: "gruen")
        #expect(again.unchanged == 34 && again.imported == 0)
        let after = try await city.installation.layer("gruen", of: city.proceeding(), scope: city.anonymous)
        #expect(before == after)
    }

    @Test func theSameColumnsOfTheSameFileChangeNothingAndOthersAreReadAnew() async throws {
        let city = try await TestCity()
        let path = city.folder.path("orte.csv")
        try Data("name,x1,y1,x2,y2\nA,9.91,53.38,9.92,53.39\n".utf8).write(to: URL(fileURLWithPath: path))
        func take(_ x: String, _ y: String) async throws -> (layer: PlanningLayer, report: ImportReport) {
            var options = LayerImportOptions()
            options.id = "orte"
            options.crs = "EPSG:4326"
            options.source.csv = CSVMapping(x: x, y: y)
            return try await city.installation.importLayer(
                path: path, fileName: "orte.csv", options: options, to: city.proceeding(), scope: city.staff)
        }
        let first = try await take("x1", "y1")
        let again = try await take("x1", "y1")
        #expect(again.report.unchanged == 1 && again.layer == first.layer)
        let other = try await take("x2", "y2")
        #expect(other.report.imported == 1 && other.layer.boundingBox?.minX == 9.92)
    }

    @Test func anotherTableOfTheSameFileIsAnotherLayer() async throws {
        let city = try await TestCity()
        let path = city.folder.path("stadt.gpkg")
        let file = try GeoPackageWriter(path: path)
        for (table, count) in [("eins", 1), ("zwei", 2)] {
            try file.addTable(
                table, title: table, about: "", hasGeometry: true, columns: [.init("name", .text)], changed: 0)
            for id in 1...count {
                try file.insert(
                    into: table, id: Int64(id), wkb: WKB.encode(.point(Position(9.9, 53.39))), [.text(table)])
            }
        }
        try file.finish()
        func take(_ table: String, key: String? = nil) async throws -> ImportReport {
            var options = LayerImportOptions()
            (options.id, options.source.layer) = ("netz", table)
            return try await city.installation.importLayer(
                path: path, fileName: "stadt.gpkg", options: options, to: city.proceeding(), idempotencyKey: key,
                scope: city.staff
            ).report
        }
        #expect(try await take("eins", key: "k").imported == 1)
        #expect(try await take("zwei").imported == 2)
        #expect(try await take("zwei").unchanged == 2)
        // The key is for what was asked with it.
        let error = await #expect(throws: PlatformError.self) { try await take("zwei", key: "k") }
        #expect(error?.code == .invalidInput)
    }

    @Test func leavesTheOldLayerWhenTheNewFileIsBad() async throws {
        let city = try await TestCity()
        _ = try await city.importLayer(TestCity.geodata.appendingPathComponent("gruenflaechen.geojson"), id: "gruen")
        let bad = try city.file(
            "bad.geojson",
            #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
            {"type":"Polygon","coordinates":[[[9,53],[10,54],[10,53],[9,54],[9,53]]]}}]}
            """#)
        let error = await #expect(throws: PlatformError.self) { try await city.importLayer(bad, id: "gruen") }
        #expect(error?.detail.contains("row 1") == true && error?.detail.contains("Self-intersection") == true)
        let layer = try await city.installation.layer("gruen", of: city.proceeding(), scope: city.anonymous)
        #expect(layer.featureCount == 34)
    }

    @Test func honoursACRSThatStandsBehindTheFeatures() async throws {
        let city = try await TestCity()
        let file = try city.file(
            "late.geojson",
            #"""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
            {"type":"Point","coordinates":[560000,5916000]}}],
            "crs":{"type":"name","properties":{"name":"EPSG:25832"}}}
            """#)
        let report = try await city.importLayer(file, id: "spaet")
        #expect(report.imported == 1 && report.crs == "EPSG:25832")
    }

    @Test func countsContributionsPerDistrict() async throws {
        struct Expected: Decodable { var insideByDistrict: [String: Int] }
        let city = try await TestCity()
        _ = try await city.importContributions()
        _ = try await city.importLayer(
            TestCity.geodata.appendingPathComponent("stadtteile.gpkg"), id: "stadtteile", populationField: "population")
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: TestCity.geodata.appendingPathComponent("expected.json")))
        let result = try await city.installation.areaStatistics(
            layer: "stadtteile", of: city.proceeding(), scope: city.anonymous)
        let counts = Dictionary(uniqueKeysWithValues: result.units.map { ($0.name, $0.count) })
        #expect(counts == expected.insideByDistrict)
        #expect(abs((result.overallRate ?? 0) - 1000 * 1980 / 178_850) < 1e-9)
        #expect(result.units.allSatisfy { $0.smoothedRate != nil && $0.interval != nil })
    }
}
