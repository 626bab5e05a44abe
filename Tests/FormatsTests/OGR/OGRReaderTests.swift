import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

struct OGRReaderTests {
    private static var isPossible: Bool { SharedMaterial.isPresent && OGRConversion.program != nil }

    @Test(
        .enabled(if: isPossible, "needs the shared data and GDAL"),
        arguments: [
            "hamburg_bezirke_4326.kml", "hamburg_bezirke_25832.fgb", "hamburg_bezirke_4326_url_latlon.gml",
            "hamburg_bezirke_31467_urn_northing_first.gml",
        ])
    func readsDistrictsWithXBeforeY(name: String) throws {
        let reader = try OGRReader(path: SharedMaterial.geodata("derived/crs/\(name)").path)
        let batch = try #require(try reader.next())
        #expect(batch.count == 7)
        let box = try #require(batch.geometries[0]?.boundingBox)
        #expect(name.contains("4326") ? box.minX < 11 && box.minY > 53 : box.minX < box.minY)
        #expect(reader.source.crs != nil)
    }

    @Test(.enabled(if: isPossible, "needs the shared data and GDAL"))
    func namesOrMergesSeveralLayers() throws {
        let path = SharedMaterial.geodata("layers/xplan/bplan002_xplan60.gml").path
        let error = #expect(throws: FormatError.self) { try OGRReader(path: path) }
        #expect(error?.code == "severalLayers")
        let reader = try OGRReader(path: path, allLayers: true)
        var layers: Set<Substring> = []
        while let batch = try reader.next() {
            for index in 0..<batch.count {
                let text = String(decoding: batch.properties[index], as: UTF8.self)
                #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
                layers.insert(text.prefix(40))
            }
        }
        #expect(layers.count > 1)
        // The fields are those of all layers, each once.
        let names = reader.source.fields.map(\.name)
        let first = try OGRReader(path: path, layer: "BP_Bereich").source.fields.map(\.name)
        #expect(Set(names).isSuperset(of: first) && Set(names).count == names.count && names.contains("_layer"))
        #expect(names.count > first.count + 1)
    }

    @Test func refusesDoctypeAndVirtualSources() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("a.gml")
        for text in ["<?xml version=\"1.0\"?><!DOCTYPE x><x/>", "<OGRVRTDataSource/>"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: FormatError.self) { try OGRReader(path: path) }
            #expect(error?.code == "refused")
        }
    }

    @Test(.enabled(if: OGRConversion.program != nil, "needs GDAL"))
    func tellsWhyItFailsWithoutPaths() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("a.xyz")
        try Data("nothing".utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: FormatError.self) { try OGRReader(path: path) }
        #expect(error?.code == "ogrFailed")
        #expect(error?.message.contains("/") == false)
    }
}
