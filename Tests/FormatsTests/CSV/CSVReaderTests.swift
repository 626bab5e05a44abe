import Foundation
import GeoCore
import PROJCoordinates
import TestSupport
import Testing

@testable import Formats

@Suite struct CSVReaderTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func reader(_ text: String, _ mapping: CSVMapping = CSVMapping()) throws -> CSVReader {
        try CSVReader(path: folder.file("a.csv", text.utf8), mapping: mapping)
    }

    @Test func givesNoNameTwice() throws {
        let source = try reader("a,lon,lat,a,a_2,,a\n1,9,53,2,3,4,5\n")
        #expect(source.source.fields.map(\.name) == ["a", "a_3", "a_2", "column_6", "a_4"])
        let all = try ReadAll(source)
        #expect(
            String(decoding: all.properties[0], as: UTF8.self)
                == #"{"a":"1","a_3":"2","a_2":"3","column_6":"4","a_4":"5"}"#)
    }

    @Test func keepsTextsAsTheyAre() throws {
        let all = try ReadAll(reader("plz;name;lon;lat\r\n01067;\"a \"\"b\"\";\nc\";9,5;53,25\r\n;;;\r\n"))
        #expect(all.geometries == [.point(Position(9.5, 53.25)), nil])
        #expect(String(decoding: all.properties[0], as: UTF8.self) == #"{"plz":"01067","name":"a \"b\";\nc"}"#)
        #expect(String(decoding: all.properties[1], as: UTF8.self) == #"{"plz":null,"name":null}"#)
    }

    @Test func namesRowAndColumnOfFaults() throws {
        let all = try ReadAll(reader("n,lon,lat\n1,9,53\n2,east,53\n3,9\n4,nan,53\n5,9,1e999\n6,9,53\n"))
        #expect(all.rows == [2, 7])
        #expect(all.rejections.map(\.row) == [3, 4, 5, 6])
        #expect(all.rejections.map(\.code) == ["number", "cellCount", "number", "number"])
        #expect(all.rejections.map(\.field) == ["lon", nil, "lon", "lat"])
    }

    @Test func refusesUnknownColumnsAndTablesWithoutHeader() throws {
        let unknown = #expect(throws: FormatError.self) { try reader("a,b\n1,2\n", CSVMapping(x: "a", y: "q")) }
        #expect(unknown?.code == "unknownColumn")
        #expect(#expect(throws: FormatError.self) { try reader("\n\n") }?.code == "empty")
    }

    private static let variants = [
        "a_utf8_comma_lon_lat", "b_utf8bom_semicolon_decimal_comma", "c_cp1252_semicolon", "d_utf16le_bom_tab",
        "e_wkt_column", "f_25832_rechtswert_hochwert_thousands", "g_one_coordinate_column",
        "h_german_dates_all_quoted",
    ]

    /// What `expected_dev.json` says of the variants.
    private struct Expected: Decodable {
        struct Variants: Decodable {
            var rows: Int
            var bbox_4326: [Double]
            var sum_upvotes: Int
            var categories: Int
        }
        var csv_variants: Variants
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"), arguments: variants)
    func readsTheSameRowsFromEveryDialect(name: String) throws {
        let file = SharedMaterial.geodata("derived/expected_dev.json")
        let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file)).csv_variants
        let source = try CSVReader(path: SharedMaterial.geodata("derived/csv_variants/\(name).csv").path)
        let all = try ReadAll(source)
        #expect(all.rows == Array(2...expected.rows + 1))
        #expect(all.rejections.isEmpty)
        var votes = 0
        var categories: Set<String> = []
        for index in all.rows.indices {
            votes += Int(try all.text("zustimmung", row: index) ?? "") ?? 0
            if let category = try all.text("kategorie", row: index) { categories.insert(category) }
        }
        #expect(votes == expected.sum_upvotes)
        #expect(categories.count == expected.categories)
        #expect(try all.text("titel", row: 0)?.hasPrefix("Parkplätze schaffen") == true)
        var box = try #require(all.boundingBox)
        var tolerance = 1e-6
        if name.hasPrefix("f_") {
            #expect(source.source.crs == nil)
            let transform = try CoordinateTransform(from: CoordinateReferenceSystem("EPSG:25832"), to: .wgs84)
            box = try #require(ReadAll.union(all.geometries.compactMap { $0 }.map { try transform.forward($0) }))
            tolerance = 1e-5
        } else {
            #expect(source.source.crs == "OGC:CRS84")
        }
        for (value, wanted) in zip([box.minX, box.minY, box.maxX, box.maxY], expected.bbox_4326) {
            #expect(abs(value - wanted) <= tolerance)
        }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func rejectsTheBadRowsAlone() throws {
        let all = try ReadAll(CSVReader(path: SharedMaterial.geodata("derived/csv_variants/i_bad_rows.csv").path))
        #expect(all.rows.count == 140)
        #expect(all.geometries.count { $0 == nil } == 5)
        #expect(all.rejections.count { $0.code == "number" } == 5)
        #expect(all.rejections.count { $0.code == "cellCount" } == 5)
        #expect(all.rejections.count == 10)
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared material"),
        arguments: [
            ("contributions/osm_notes_liechtenstein_raw.csv", 268, 268, 1),
            ("contributions/konstanz_maengelmelder_2020_2021.csv", 2770, 2529, 0),
            ("contributions/nyc_311_sample.csv.gz", 5895, 5838, 0),
            ("contributions/zueri_wie_neu_2016_2021_lv95.csv.gz", 24728, 24728, 0),
        ])
    func countsTheRowsOfRealTables(path: String, rows: Int, points: Int, rejections: Int) throws {
        let all = try ReadAll(CSVReader(path: SharedMaterial.geodata(path).path))
        #expect(all.rows.count == rows)
        #expect(all.geometries.count { $0 != nil } == points)
        #expect(all.rejections.count == rejections)
        #expect(all.rejections.allSatisfy { $0.row == 2 })
    }

    @Test func refusesOtherPacking() throws {
        let path = try folder.file("a.csv.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0])
        #expect(#expect(throws: FormatError.self) { try CSVReader(path: path) }?.code == "packed")
        let broken = try folder.file("a.csv.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 0, 3, 0xFF, 0xFF, 0xFF])
        #expect(#expect(throws: FormatError.self) { try ReadAll(CSVReader(path: broken)) }?.code == "damaged")
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func dividesTheSpectrumOfDialects() throws {
        let root = SharedMaterial.geodata("torture/csv")
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path + "/csv-spectrum").sorted()
        // Its expected value is another row than the table holds.
        where name != "location_coordinates.csv" {
            let bytes = [UInt8](try Data(contentsOf: root.appendingPathComponent("csv-spectrum/\(name)")))
            var parser = CSVRowParser(delimiter: UInt8(ascii: ","))
            parser.append(bytes)
            let header = try #require(try parser.next(atEnd: true))
            var rows: [[String: String]] = []
            while let cells = try parser.next(atEnd: true) {
                rows.append(Dictionary(zip(header, cells)) { first, _ in first })
            }
            let json = root.appendingPathComponent("csv-spectrum_json/\(name.dropLast(4)).json")
            let expected = try JSONDecoder().decode([[String: String]].self, from: Data(contentsOf: json))
            // One of the tables came here with other line breaks than its expected value.
            let unified = expected.map { $0.mapValues { $0.replacingOccurrences(of: "\r\n", with: "\n") } }
            #expect(rows == unified, "\(name)")
        }
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the shared material"))
    func survivesTheTablesOfOthers() throws {
        let root = SharedMaterial.geodata("torture/csv")
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() where name.contains(".") {
            do {
                _ = try ReadAll(CSVReader(path: root.appendingPathComponent(name).path))
            } catch {
                #expect(error is FormatError, "\(name): \(error)")
            }
        }
    }
}
