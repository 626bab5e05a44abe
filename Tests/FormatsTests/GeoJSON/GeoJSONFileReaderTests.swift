import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

@Suite struct GeoJSONFileReaderTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func reader(_ text: String) throws -> GeoJSONFileReader {
        try GeoJSONFileReader(path: folder.file("a.geojson", text.utf8))
    }

    private func failure(_ text: String) -> FormatError? {
        do {
            _ = try ReadAll(reader(text))
            return nil
        } catch {
            return error as? FormatError
        }
    }

    private let point = #"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"n":1}}"#
    private let crs = #""crs":{"type":"name","properties":{"name":"EPSG:25832"}}"#

    @Test func knowsTheReferenceSystemWhereverItStands() throws {
        for text in [
            #"{"type":"FeatureCollection",\#(crs),"features":[\#(point)]}"#,
            #"{\#(crs),"features":[\#(point)],"type":"FeatureCollection"}"#,
            #"{"type":"FeatureCollection","features":[\#(point)],\#(crs)}"#,
        ] {
            let source = try reader(text)
            #expect(try ReadAll(source).rows == [1])
            #expect(source.source.crs == "EPSG:25832")
        }
        let plain = try reader(point)
        #expect(try ReadAll(plain).rows == [1])
        #expect(plain.source.crs == "OGC:CRS84")
    }

    @Test func readsSequencesWithAndWithoutSeparators() throws {
        for text in ["\(point)\n\(point)\n", "\u{1E}\(point)\n\u{1E}\(point)\n", "\(point)\r\n\r\n\(point)"] {
            #expect(try ReadAll(reader(text)).rows == [1, 2])
        }
    }

    @Test func namesRowsThatAreNoFeatures() throws {
        let bad = #"{"type":"Feature","geometry":{"type":"Point","coordinates":["1",2]},"properties":{}}"#
        let all = try ReadAll(reader(#"{"type":"FeatureCollection","features":[\#(point),\#(bad),\#(point),7]}"#))
        #expect(all.rows == [1, 3])
        #expect(all.rejections.map(\.row) == [2, 4])
        #expect(all.rejections.map(\.code) == ["badPosition", "notAnObject"])
    }

    @Test func saysWhatIsWrongInOneSentence() {
        let array = failure("\u{FEFF} [\(point)]")
        #expect(array?.code == "notGeoJSON")
        #expect(array?.message == "This is not GeoJSON: the file holds a JSON array.")
        let cut = failure(#"{"type":"FeatureCollection","features":[\#(point),"# + "\n" + #"{"type":"Feat"#)
        #expect(cut?.code == "malformedJSON")
        #expect(cut?.line == 2)
        #expect(cut?.message == "The file is no valid GeoJSON: The JSON text ends too early.")
        #expect(failure(#"{"type":"FeatureCollection"}"#)?.message.contains("lacks its type or its features") == true)
        #expect(failure(#"{"features":[\#(point)]}"#)?.message.contains("lacks its type or its features") == true)
        for text in ["<html>", "{", " ", #"{"type":"FeatureCollection","features":[}"#, "\(point) x"] {
            #expect(failure(text)?.message.contains("..") == false, "\(text)")
        }
        #expect(failure(String(repeating: "[", count: 10_000)) != nil)
        #expect(failure(#"{"type":"Feature","properties":"# + String(repeating: "[", count: 10_000)) != nil)
    }

    @Test(arguments: ["NaN", "1e400", "-Infinity"])
    func namesRowAndMemberOfANumberThatIsNone(_ number: String) throws {
        let bad = #"{"type":"Feature","geometry":null,"properties":{"a":"b\"c","votesUp" : \#(number)}}"#
        let all = try ReadAll(reader(#"{"type":"FeatureCollection","features":[\#(point),\#(bad)]}"#))
        #expect(all.rows == [1])
        let rejection = try #require(all.rejections.first)
        #expect(rejection.row == 2 && rejection.field == "votesUp" && rejection.code == "notFinite")
        #expect(rejection.reason.contains("to 1.7e308, for example 12"))
    }

    @Test(arguments: [
        #"{"type":"Point","coordinates":[1e400,2]}"#, #"{"type":"Point","coordinates":[NaN,53]}"#,
        #"{"type":"LineString","coordinates" : [[9.9, 53.4],\#n [-1.5E+1, NaN]]}"#,
    ])
    func aPlaceThatIsNoNumberIsOfItsCoordinates(_ geometry: String) throws {
        let bad = #"{"type":"Feature","geometry":\#(geometry),"properties":{}}"#
        let all = try ReadAll(reader(#"{"type":"FeatureCollection","features":[\#(bad)]}"#))
        #expect(all.rejections.map(\.row) == [1] && all.rejections.map(\.field) == ["coordinates"])
    }

    @Test func anElementBesideOtherThingsThanNumbersIsOfNoMember() throws {
        let bad = #"{"type":"Feature","geometry":null,"properties":{"a":["b",NaN]}}"#
        let all = try ReadAll(reader(#"{"type":"FeatureCollection","features":[\#(bad)]}"#))
        #expect(all.rejections.map(\.row) == [1] && all.rejections.map(\.field) == [nil])
    }

    @Test func countsLinesOverManyChunks() throws {
        let line = point + String(repeating: " ", count: 4000) + ",\n"
        var text = "{\"type\":\"FeatureCollection\",\"features\":[\n"
        for _ in 0..<700 { text += line }
        let error = failure(text + "oops]}")
        #expect(error?.line == 702)
        #expect(error?.offset == text.utf8.count)
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func readsThePackedAndProjectedFilesOfCities() throws {
        for (path, count, system) in [
            ("boundaries/muenchen_stadtbezirke_epsg25832.geojson.gz", 27, "25832"),
            ("boundaries/hamburg_ortsteile.geojson.gz", 181, "CRS84"),
            ("layers/vienna_streets.geojson.gz", 3356, "CRS84"),
            ("contributions/dipas_hamburg_dev.geojson", 974, "CRS84"),
            ("contributions/bonn_raddialog_2017_dev.geojson", 1193, "CRS84"),
        ] {
            let source = try GeoJSONFileReader(path: SharedMaterial.geodata(path).path)
            let all = try ReadAll(source)
            #expect(all.rows.count == count, "\(path)")
            #expect(all.rejections.isEmpty, "\(path)")
            #expect(source.source.crs?.hasSuffix(system) == true, "\(path)")
            #expect(source.fractionRead == 1)
        }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func refusesDamagedPackedFiles() throws {
        let path = SharedMaterial.geodata("boundaries/hamburg_bezirke.geojson.gz").path
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let cut = try folder.file("cut.geojson.gz", whole.dropLast(whole.count / 3))
        #expect(throws: FormatError.self) { try ReadAll(GeoJSONFileReader(path: cut)) }
        for place in [3, whole.count / 2, whole.count - 6] {
            var bytes = whole
            bytes[place] ^= 0xFF
            let damaged = try folder.file("damaged.geojson.gz", bytes)
            #expect(throws: FormatError.self) { try ReadAll(GeoJSONFileReader(path: damaged)) }
        }
        let twice = try folder.file("twice.geojson.gz", whole + whole)
        #expect(throws: FormatError.self) { try ReadAll(GeoJSONFileReader(path: twice)) }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func survivesTheConformanceFilesOfOthers() throws {
        let root = SharedMaterial.geodata("torture/geojson")
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() {
            let url = root.appendingPathComponent(name)
            var isDirectory = ObjCBool(false)
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
            if isDirectory.boolValue { continue }
            do {
                let all = try ReadAll(GeoJSONFileReader(path: url.path))
                if name.contains("geojsonhint/good") {
                    #expect(all.rejections.isEmpty, "\(name): \(all.rejections)")
                }
            } catch {
                let fault = try #require(error as? FormatError)
                #expect(!fault.message.isEmpty)
                if name.contains("geojsonhint/good") { Issue.record("\(name): \(fault)") }
            }
        }
    }
}
