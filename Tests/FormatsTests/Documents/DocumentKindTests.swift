import Formats
import TestSupport
import Testing

struct DocumentKindTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func kind(_ bytes: [UInt8], _ name: String) throws -> DocumentKind {
        try DocumentKind(path: folder.file("file", bytes), name: name)
    }

    @Test func tellsDocumentsByTheirContentWhateverTheirName() throws {
        #expect(try kind(Array("%PDF-1.7\n%âãÏÓ".utf8), "plan.txt").suffix == "pdf")
        let text = SampleArchive.make([
            ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>"),
        ])
        #expect(try kind(text, "bericht").mediaType == "application/vnd.oasis.opendocument.text")
        for (folder, suffix) in [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/a.xml", "pptx")] {
            let document = SampleArchive.make([("[Content_Types].xml", "<Types/>"), (folder, "<a/>")])
            #expect(try kind(document, "datei.zip").suffix == suffix)
        }
        #expect(try kind(SampleArchive.make([("daten/a.csv", "a,b\n")]), "daten").mediaType == "application/zip")
    }

    @Test func tellsTextsByTheirNameAndHoldsThemToIt() throws {
        #expect(try kind(Array("a;b\n1;ü\n".utf8), "werte.CSV").mediaType == "text/csv; charset=utf-8")
        #expect(try kind([0x61, 0x3B, 0xFC, 0x0A], "werte.csv").mediaType == "text/csv; charset=windows-1252")
        let feature = #"{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [9, 53]}}"#
        let collection = #"{"type": "FeatureCollection", "features": [\#(feature)]}"#
        #expect(try kind(Array(collection.utf8), "orte.json").mediaType == "application/geo+json")
    }

    /// A character of several bytes at the seam of two parts of the file is still one.
    @Test func readsTextsThatAreLongerThanAPart() throws {
        for offset in 0..<3 {
            let text = "a,b\n" + String(repeating: "x", count: (1 << 20) - 6 + offset) + "€,ü\n"
            #expect(try kind(Array(text.utf8), "lang.csv").mediaType == "text/csv; charset=utf-8")
        }
        #expect(try kind(Array("a,b\n€".utf8.dropLast()), "kurz.csv").mediaType == "text/csv; charset=windows-1252")
    }

    @Test(arguments: [
        ("<html>,</html>", "seite.csv", "notCSV"), ("a,b\0\n", "werte.csv", "notCSV"), ("Nur Worte", "a.csv", "notCSV"),
        ("{\"type\": \"FeatureCollection\", \"features\": [", "orte.geojson", "malformedJSON"),
        ("[1, 2]", "liste.json", "notGeoJSON"), ("{\"id\": \"rad\"}", "rad.json", "notGeoJSON"),
        ("#!/bin/sh\nrm -rf /", "lauf.sh", "unknownKind"),
        ("MZ\u{90}\0", "setup.exe", "unknownKind"), ("<svg/>", "bild.svg", "unknownKind"),
        ("\u{1F}\u{8B}", "orte.geojson", "unknownKind"), ("PK\u{3}\u{4}abc", "daten.zip", "truncated"),
    ])
    func refusesTheRest(_ text: String, _ name: String, _ code: String) {
        let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let error = #expect(throws: FormatError.self) { try kind(bytes, name) }
        #expect(error?.code == code, "\(error?.description ?? "")")
    }

    @Test(arguments: ["word/vbaProject.bin", "Basic/script-lc.xml"])
    func refusesMacros(_ part: String) {
        let bytes = SampleArchive.make([("[Content_Types].xml", ""), ("word/document.xml", ""), (part, "x")])
        let error = #expect(throws: FormatError.self) { try kind(bytes, "brief.docx") }
        #expect(error?.code == "macros")
    }
}

/// ZIP archives of stored files; checksums are left out, since nothing is unpacked.
enum SampleArchive {
    static func make(_ files: [(path: String, text: String)]) -> [UInt8] {
        func little(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let (name, content) = (Array(file.path.utf8), Array(file.text.utf8))
            let sizes = little(0, 4) + little(content.count, 4) + little(content.count, 4) + little(name.count, 2)
            let common = little(20, 2) + little(0, 8)
            directory +=
                [0x50, 0x4B, 1, 2] + little(20, 2) + common + sizes + little(0, 12) + little(bytes.count, 4) + name
            bytes += [0x50, 0x4B, 3, 4] + common + sizes + little(0, 2) + name + content
        }
        let start = bytes.count
        bytes += directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(files.count, 2) + little(files.count, 2)
        return bytes + little(directory.count, 4) + little(start, 4) + little(0, 2)
    }
}
