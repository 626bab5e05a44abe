import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

struct GeoPackageReaderTests {
    private func read(_ path: String, layer: String? = nil) throws -> (GeoPackageReader, FeatureBatch) {
        let reader = try GeoPackageReader(path: SharedMaterial.geodata(path).path, layer: layer)
        var all = FeatureBatch()
        while let batch = try reader.next() {
            #expect(batch.count + batch.rejections.count <= FeatureBatch.preferredCount)
            for index in 0..<batch.count {
                all.append(
                    row: batch.rows[index], identifier: batch.identifiers[index], geometry: batch.geometries[index],
                    properties: batch.properties[index])
            }
            all.rejections += batch.rejections
        }
        return (reader, all)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func readsDistrictsWithArcs() throws {
        let (reader, batch) = try read("boundaries/zuerich_quartiere_lv95.gpkg")
        #expect(batch.count == 22 && batch.rejections.isEmpty)
        #expect(reader.source.crs == "EPSG:2056")
        #expect(reader.source.featureCount == 22)
        #expect(reader.source.fields.first == LayerField(name: "id", type: .integer))
        #expect(reader.source.notes.count == 1)
        #expect(batch.geometries.allSatisfy { $0?.kind == .polygon })
        #expect(reader.fractionRead == 1)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func readsPointsOfALayerWithADotInItsName() throws {
        let (reader, batch) = try read("layers/zuerich_abfallgefaesse_lv95.gpkg")
        #expect(batch.count == 4063)
        #expect(reader.source.layerName == "erz.abfallgefaess_p")
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared data"),
        arguments: [25832, 25833, 3035, 31467, 31468, 32632, 3857, 4258, 4326, 4647])
    func readsEveryCoordinateSystem(code: Int) throws {
        let (reader, batch) = try read("derived/crs/hamburg_bezirke_\(code).gpkg")
        #expect(batch.count == 7 && batch.rejections.isEmpty)
        #expect(reader.source.crs == "EPSG:\(code)")
        let object = try JSONSerialization.jsonObject(with: Data(batch.properties[0])) as? [String: Any]
        #expect(object?["name"] is String)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func keepsTypesOfAttributes() throws {
        let (reader, batch) = try read("torture/gpkg/pyogrio/test_gpkg_nulls.gpkg")
        #expect(reader.source.fields.first == LayerField(name: "col_bool", type: .boolean))
        let first = String(decoding: batch.properties[0], as: UTF8.self)
        #expect(first.contains(#""col_bool":"#))
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func namesTheLayersWhenThereAreSeveral() throws {
        let path = "torture/gpkg/ets/simple_sewer_features.gpkg"
        let error = #expect(throws: FormatError.self) { try read(path) }
        #expect(error?.code == "severalLayers")
        #expect(error?.message.contains("“foul_sewer”, “s_manhole”, “surface_water_sewer”") == true)
        let unknown = #expect(throws: FormatError.self) { try read(path, layer: "sewer") }
        #expect(unknown?.code == "unknownLayer")
        #expect(try read(path, layer: "s_manhole").0.source.crs == "EPSG:27700")
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func readsTablesWithoutGeometry() throws {
        let (_, batch) = try read("torture/gpkg/ets/gdal_sample_v1.2_no_extensions.gpkg", layer: "attribute_table")
        #expect(batch.geometries.allSatisfy { $0 == nil })
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func survivesTheFilesOfOthers() throws {
        let folder = SharedMaterial.geodata("torture/gpkg")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var read = 0
        for case let file as URL in files where file.pathExtension == "gpkg" {
            for layer in (try? GeoPackageReader.layerNames(path: file.path)) ?? [] {
                do {
                    let reader = try GeoPackageReader(path: file.path, layer: layer)
                    while let batch = try reader.next() { read += batch.count }
                } catch let error as FormatError {
                    #expect(!error.message.contains(folder.path))
                }
            }
        }
        #expect(read > 100)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func refusesTruncatedFiles() throws {
        let folder = try TemporaryDirectory()
        let bytes = try Data(contentsOf: SharedMaterial.geodata("layers/zuerich_abfallgefaesse_lv95.gpkg"))
        for share in [0.001, 0.1, 0.5, 0.9] {
            let path = folder.path("cut.gpkg")
            try bytes.prefix(Int(Double(bytes.count) * share)).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: FormatError.self) {
                let reader = try GeoPackageReader(path: path)
                while try reader.next() != nil {}
            }
            #expect(["corrupt", "notAGeoPackage", "notADatabase"].contains(error?.code))
        }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared data"))
    func survivesDamagedBytes() throws {
        let folder = try TemporaryDirectory()
        let bytes = [UInt8](try Data(contentsOf: SharedMaterial.geodata("derived/crs/hamburg_bezirke_4326.gpkg")))
        var state: UInt64 = 42
        for round in 0..<60 {
            var damaged = bytes
            for _ in 0..<30 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                damaged[Int(state >> 33) % damaged.count] = UInt8(truncatingIfNeeded: state >> 25)
            }
            let path = folder.path("damaged\(round).gpkg")
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            do {
                let reader = try GeoPackageReader(path: path)
                while try reader.next() != nil {}
            } catch is FormatError {}
        }
    }

    @Test func refusesWhatIsNoGeoPackage() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("a.gpkg")
        let missing = #expect(throws: FormatError.self) { try GeoPackageReader(path: path) }
        #expect(missing?.code == "notFound")
        try Data().write(to: URL(fileURLWithPath: path))
        let empty = #expect(throws: FormatError.self) { try GeoPackageReader(path: path) }
        #expect(empty?.code == "empty")
        try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: path))
        let other = #expect(throws: FormatError.self) { try GeoPackageReader(path: path) }
        #expect(other?.code == "notADatabase")
    }

    @Test(arguments: [
        ("BOOLEAN", FieldType.boolean), ("TEXT(30)", .string), ("MEDIUMINT", .integer), ("DOUBLE", .real),
        ("DATE", .date), ("DATETIME", .dateTime), ("BLOB(10)", .binary), ("", .string),
    ])
    func mapsDeclaredTypes(declared: String, type: FieldType) {
        #expect(GeoPackageLayer.fieldType(declared) == type)
    }
}
