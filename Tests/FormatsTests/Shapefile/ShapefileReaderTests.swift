import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

struct ShapefileReaderTests {
    private struct Layer {
        var source: SourceDescription
        var rows: [[String: Any]] = []
        var geometries: [Geometry?] = []
        var rejections: [RowRejection] = []
    }

    private func read(_ path: String, layer: String? = nil, encoding: String? = nil) throws -> Layer {
        let reader = try ShapefileReader(
            path: SharedMaterial.geodata(path).path, layer: layer, encoding: encoding)
        var result = Layer(source: reader.source)
        while let batch = try reader.next() {
            for index in 0..<batch.count {
                let object = try JSONSerialization.jsonObject(with: Data(batch.properties[index]))
                result.rows.append(try #require(object as? [String: Any]))
            }
            result.geometries += batch.geometries
            result.rejections += batch.rejections
        }
        return result
    }

    private struct Expected: Decodable {
        var encodings: Names
        struct Names: Decodable { var names: [String] }
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared data"),
        arguments: [
            ("cp1252_ldid_only", "Windows-1252"), ("cp850_with_cpg", "CP850"), ("latin1_with_cpg", "Windows-1252"),
            ("utf8_with_cpg", "UTF-8"), ("utf8_without_cpg", "UTF-8"),
        ])
    func readsNamesInEveryEncoding(file: String, encoding: String) throws {
        let layer = try read("derived/encodings/stadtteile_\(file)_shp.zip")
        let json = try Data(contentsOf: SharedMaterial.geodata("derived/expected_dev.json"))
        let expected = try JSONDecoder().decode(Expected.self, from: json).encodings.names.sorted()
        let columns = layer.source.fields.map { field in layer.rows.compactMap { $0[field.name] as? String }.sorted() }
        #expect(columns.contains(expected))
        #expect(layer.source.notes.contains { $0.contains(encoding) }, "\(layer.source.notes)")
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared data"),
        arguments: [("25832", true), ("25832_without_prj", false), ("31467", true), ("4326", true)])
    func readsDistricts(name: String, hasCRS: Bool) throws {
        let layer = try read("derived/crs/hamburg_bezirke_\(name)_shp.zip")
        #expect(layer.geometries.count == 7 && layer.rejections.isEmpty)
        #expect((layer.source.crs != nil) == hasCRS)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func readsConstanceFromItsArchive() throws {
        #expect(try read("boundaries/konstanz_stadtteile_shp.zip").rows.count == 15)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func refusesAnArchiveWithTooManyFiles() throws {
        let error = #expect(throws: FormatError.self) {
            try read("layers/xplan/xplan_konforme_beispiel_shapefiles.zip")
        }
        #expect(error?.code == "tooManyEntries")
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared data"),
        arguments: [
            "boolean-property", "date-property", "empty", "mixed-properties", "multipoints", "null", "number-property",
            "points", "polygons", "polylines", "string-property", "utf8-property", "latin1-property",
        ])
    func agreesWithExpectedFeatures(name: String) throws {
        let layer = try read("torture/shapefile/mbostock/\(name).shp")
        let json = try Data(contentsOf: SharedMaterial.geodata("torture/shapefile/mbostock/\(name).json"))
        let root = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let features = try #require(root["features"] as? [[String: Any]])
        #expect(layer.rows.count == features.count)
        for (row, feature) in zip(layer.rows, features) {
            let properties = feature["properties"] as? [String: Any] ?? [:]
            for (key, value) in row where !(value is NSNull) && name != "date-property" && key != "FID" {
                #expect("\(value)" == "\(properties[key] ?? "")")
            }
        }
        let kinds = features.map { ($0["geometry"] as? [String: Any])?["type"] as? String }
        #expect(layer.geometries.map { $0?.kind.rawValue } == kinds)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func survivesTheFilesOfOthers() throws {
        let folder = SharedMaterial.geodata("torture/shapefile")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var read = 0
        for case let file as URL in files where ["shp", "zip"].contains(file.pathExtension) {
            do {
                let reader = try ShapefileReader(path: file.path)
                while let batch = try reader.next() { read += batch.count }
            } catch let error as FormatError {
                #expect(!error.message.contains("/"))
            }
        }
        #expect(read > 500)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func survivesDamagedBytes() throws {
        let folder = try TemporaryDirectory()
        let source = SharedMaterial.geodata("torture/shapefile/mbostock/polygons").path
        let parts = try ["shp", "shx", "dbf"].map {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(source).\($0)")))
        }
        var state: UInt64 = 7
        for _ in 0..<300 {
            for (suffix, part) in zip(["shp", "shx", "dbf"], parts) {
                var damaged = part
                for _ in 0..<3 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 25)
                }
                if state % 4 == 0 { damaged.removeLast(Int(state >> 40) % damaged.count) }
                try Data(damaged).write(to: URL(fileURLWithPath: folder.path("a.\(suffix)")))
            }
            do {
                let reader = try ShapefileReader(path: folder.path("a.shp"))
                while try reader.next() != nil {}
            } catch is FormatError {}
        }
    }

    @Test(arguments: [["shp", "dbf"], ["shp", "shx"]])
    func namesTheMissingFile(present: [String]) throws {
        let folder = try TemporaryDirectory()
        for suffix in present { try Data([0]).write(to: URL(fileURLWithPath: folder.path("plan.\(suffix)"))) }
        let error = #expect(throws: FormatError.self) { try ShapefileReader(path: folder.path("plan.shp")) }
        #expect(error?.code == "missingFile")
        #expect(error?.message.contains(present.contains("shx") ? "plan.dbf" : "plan.shx") == true)
    }

    @Test func refusesUnknownEncodings() {
        let error = #expect(throws: FormatError.self) { try ShapefileReader(path: "a.shp", encoding: "EBCDIC") }
        #expect(error?.code == "unknownEncoding")
    }
}
