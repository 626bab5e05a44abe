import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

struct GeoPackageWriterTests {
    private func write(to path: String) throws {
        let file = try GeoPackageWriter(path: path)
        try file.addTable(
            "places", title: "Orte", about: "Zwei Orte und einer ohne", hasGeometry: true,
            columns: [.init("name", .text), .init("votes", .integer), .init("made", .instant)],
            changed: 1_777_593_723_456)
        try file.addTable(
            "remarks", title: "Anmerkungen", about: "", hasGeometry: false,
            columns: [.init("place", .integer), .init("text", .text)], changed: 0)
        let line = Geometry.lineString([Position(9.9, 53.5), Position(10.1, 53.6)])
        let rows: [(Int64, Geometry?, String?)] = [
            (3, .point(Position(9.7, 53.4)), "Süd"), (4, line, nil), (9, nil, "'; --"),
        ]
        for (id, geometry, name) in rows {
            try file.insert(
                into: "places", id: id, wkb: geometry.map { WKB.encode($0) },
                [.init(name), .integer(id * 2), .instant(1_777_593_723_456)])
        }
        try file.insert(into: "remarks", id: 1, [.integer(3), .text("Ja")])
        try file.describe(#"{"license":"CC0-1.0"}"#, mediaType: "application/ld+json", at: 0)
        try file.finish()
    }

    @Test func readsBackWhatWasWritten() throws {
        let folder = try TemporaryDirectory()
        try write(to: folder.path("a.gpkg"))
        let reader = try GeoPackageReader(path: folder.path("a.gpkg"), layer: "places")
        let batch = try #require(try reader.next())
        #expect(batch.identifiers.map { $0 ?? "" } == ["3", "4", "9"])
        #expect(batch.geometries.map { $0?.kind } == [.point, .lineString, nil])
        let names = (0..<batch.count).map { String(decoding: batch.properties[$0], as: UTF8.self) }
        #expect(names[0].contains(#""name":"Süd""#) && names[1].contains(#""votes":8"#))
        #expect(names[2].contains("'; --"))
        #expect(reader.source.crs == "EPSG:4326")
    }

    @Test func isTheSameFileForTheSameData() throws {
        let folder = try TemporaryDirectory()
        for name in ["a.gpkg", "b.gpkg"] { try write(to: folder.path(name)) }
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: folder.path("a.gpkg")))
                == Data(contentsOf: URL(fileURLWithPath: folder.path("b.gpkg"))))
    }

    @Test func writesOverNothing() throws {
        let folder = try TemporaryDirectory()
        try Data("da".utf8).write(to: URL(fileURLWithPath: folder.path("a.gpkg")))
        #expect(throws: FormatError.self) { try GeoPackageWriter(path: folder.path("a.gpkg")) }
        #expect(try String(contentsOfFile: folder.path("a.gpkg"), encoding: .utf8) == "da")
    }

    /// GDAL's own reader and its checker of the standard.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo"), "needs gdal-bin"))
    func isAGeoPackageForGDAL() throws {
        let folder = try TemporaryDirectory()
        try write(to: folder.path("a.gpkg"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ogrinfo")
        process.arguments = ["-ro", "-al", "-so", folder.path("a.gpkg")]
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && complaints.isEmpty, "\(complaints)")
        #expect(text.contains("Layer name: places") && text.contains("Feature Count: 3"))
        #expect(text.contains("Extent: (9.700000, 53.400000) - (10.100000, 53.600000)"))
        #expect(text.contains("Layer name: remarks") && text.contains("ID[\"EPSG\",4326]"))
        #expect(text.contains("made: DateTime"))
    }
}
