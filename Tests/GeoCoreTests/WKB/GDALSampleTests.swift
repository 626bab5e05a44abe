import Foundation
import GeoCore
import TestSupport
import Testing

@Suite(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
struct GDALSampleTests {
    private static let root = SharedMaterial.geodata("torture/wkb_wkt/gdal")

    /// Pairs of one geometry in both notations, and damaged ones.
    @Test func readsBothNotationsAlikeOrRefusesThem() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.path).sorted()
        var compared = 0
        for name in names where name.contains(".wkb") {
            let bytes = [UInt8](try Data(contentsOf: Self.root.appendingPathComponent(name)))
            let other = name.replacingOccurrences(of: ".wkb", with: ".wkt")
            let data = try Data(contentsOf: Self.root.appendingPathComponent(other))
            let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            let binary = try? WKB.decode(bytes)
            let written = try? WKT.parse(text)
            guard let binary, let written, !name.contains("broken") else { continue }
            compared += 1
            #expect(binary.kind == written.kind, "\(name)")
            let box = try #require(binary.boundingBox)
            let wanted = try #require(written.boundingBox)
            // The texts are rounded to eight decimals.
            #expect(abs(box.minX - wanted.minX) < 1e-7 && abs(box.minY - wanted.minY) < 1e-7, "\(name)")
            #expect(abs(box.maxX - wanted.maxX) < 1e-7 && abs(box.maxY - wanted.maxY) < 1e-7, "\(name)")
        }
        #expect(compared >= 10)
    }

    @Test func everyNotationLeadsToTheSameGeometry() throws {
        var generator = SplitMix(seed: 29)
        for _ in 0..<300 {
            let geometry = try WKB.decode(WKB.encode(GeometrySamples.random(&generator)))
            var json: [UInt8] = []
            GeoJSONGeometry.append(geometry, to: &json)
            let text = WKT.format(try GeoJSONGeometry.parse(json))
            #expect(try WKB.encode(WKT.parse(text)) == WKB.encode(geometry))
        }
    }
}
