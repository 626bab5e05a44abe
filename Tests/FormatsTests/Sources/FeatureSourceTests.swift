import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

struct FeatureSourceTests {
    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared data"),
        arguments: [
            ("boundaries/zuerich_quartiere_lv95.gpkg", 22), ("boundaries/konstanz_stadtteile_shp.zip", 15),
            ("boundaries/bremen.geojson.gz", 88), ("derived/crs/hamburg_bezirke_3857_crs_member.geojson", 7),
        ])
    func opensWhatItsContentSays(path: String, count: Int) throws {
        var reader = try FeatureSource.open(path: SharedMaterial.geodata(path).path)
        var read = 0
        while let batch = try reader.next() { read += batch.count }
        #expect(read == count)
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared data"),
        arguments: [
            ("layers/hamburg_osm_parks_overpass.json.gz", "Overpass"),
            ("contributions/koeln_sagsuns_open311.json", "Open311"),
            ("contributions/osm_notes_europe_dev.csv.zst", "Zstandard"),
        ])
    func namesWhatIsNoLayer(path: String, word: String) throws {
        let error = #expect(throws: FormatError.self) {
            var reader = try FeatureSource.open(path: SharedMaterial.geodata(path).path)
            while try reader.next() != nil {}
        }
        #expect(error?.message.contains(word) == true)
    }

    @Test func refusesMissingAndEmptyFiles() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("a.geojson")
        let missing = #expect(throws: FormatError.self) { try FeatureSource.open(path: path) }
        #expect(missing?.code == "notFound")
        try Data().write(to: URL(fileURLWithPath: path))
        let empty = #expect(throws: FormatError.self) { try FeatureSource.open(path: path) }
        #expect(empty?.code == "empty")
    }
}
