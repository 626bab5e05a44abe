import Foundation
import GeoCore

/// The kinds of documents that are offered for download, told by their content; images are told elsewhere.
public struct DocumentKind: Sendable, Hashable {
    /// Media type it is served as.
    public var mediaType: String
    /// Ending of its name, without the dot.
    public var suffix: String

    /// What is taken, for people.
    public static let accepted =
        "PDF, OpenDocument, Office Open XML without macros, CSV, GeoJSON, ZIP, and images (JPEG, PNG, WebP, GIF)"

    /// Tells the kind of a file.
    ///
    /// PDF and archives are told by their structure, tables and GeoJSON by reading them to the end; the ending of the name
    /// decides only between kinds of text.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - name: what it is called.
    /// - Throws: ``FormatError`` for other kinds, damaged archives, macros, and text that is not what its name says.
    /// - Complexity: linear in the bytes of a text, in the entries of an archive.
    public init(path: String, name: String) throws {
        let head = try RandomAccessFile(path: path, name: "The file").read(at: 0, count: 256)
        if head.starts(with: Array("%PDF-".utf8)) {
            self.init(mediaType: "application/pdf", suffix: "pdf")
        } else if ZipArchive.isArchive(path: path) {
            self = try Self.packed(path: path, head: Array(head))
        } else if let suffix = name.split(separator: ".").last?.lowercased(),
            ["csv", "geojson", "json"].contains(suffix), !head.starts(with: [0x1F, 0x8B])
        {
            self = suffix == "csv" ? try Self.table(path: path) : try Self.geoJSON(path: path)
        } else {
            throw FormatError(
                code: "unknownKind",
                message: "This kind of file is not offered for download; taken are \(Self.accepted).")
        }
    }

    init(mediaType: String, suffix: String) {
        self.mediaType = mediaType
        self.suffix = suffix
    }

    private static let openDocuments = [
        "text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg",
    ]
    private static let officeFolders = [
        ("word/", "docx", "wordprocessingml.document"), ("xl/", "xlsx", "spreadsheetml.sheet"),
        ("ppt/", "pptx", "presentationml.presentation"),
    ]

    /// An archive, or one of the documents that are archives.
    ///
    /// Source: OpenDocument 1.3, part 2, 3.3 (the media type stands first and unpacked); ECMA-376, part 2.
    private static func packed(path: String, head: [UInt8]) throws -> DocumentKind {
        let names = try ZipArchive(path: path, maximumEntries: 65_534, maximumUnpackedSize: .max).entries.map(\.path)
        if names.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") || $0.hasPrefix("Basic/") }) {
            throw FormatError(
                code: "macros", message: "Documents with macros are not offered for download; save it without them.")
        }
        let fields = ByteFields(head[...])
        if head.count > 38, Array(head[30..<38]) == Array("mimetype".utf8), let size = fields.little32(18),
            (0...200).contains(size), 38 + size <= head.count
        {
            let type = String(decoding: head[38..<38 + size], as: UTF8.self)
            let prefix = "application/vnd.oasis.opendocument."
            if type.hasPrefix(prefix), let suffix = openDocuments[String(type.dropFirst(prefix.count))] {
                return DocumentKind(mediaType: type, suffix: suffix)
            }
        }
        if names.contains("[Content_Types].xml"),
            let (_, suffix, type) = officeFolders.first(where: { folder in names.contains { $0.hasPrefix(folder.0) } })
        {
            return DocumentKind(mediaType: "application/vnd.openxmlformats-officedocument.\(type)", suffix: suffix)
        }
        return DocumentKind(mediaType: "application/zip", suffix: "zip")
    }

    /// A table: text without control characters, its first line parted into cells.
    private static func table(path: String) throws -> DocumentKind {
        let source = try ByteSource(path: path)
        var encoding = UTF8Check()
        var isFirst = true
        while case let bytes = try source.next(), !bytes.isEmpty {
            let isText = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
            let line = bytes.prefix { $0 != 0x0A }
            let hasCells = line.contains { [0x2C, 0x3B, 0x09].contains($0) }
            guard isText, !isFirst || (hasCells && line.first != UInt8(ascii: "<")) else {
                throw FormatError(code: "notCSV", message: "The name says CSV, but the file is no table of text.")
            }
            isFirst = false
            encoding.add(bytes)
        }
        return DocumentKind(
            mediaType: "text/csv; charset=\(encoding.isPassed ? "utf-8" : "windows-1252")", suffix: "csv")
    }

    private static func geoJSON(path: String) throws -> DocumentKind {
        let reader = try GeoJSONFileReader(path: path)
        while let batch = try reader.next() {
            if let fault = batch.rejections.first {
                throw FormatError(code: "notGeoJSON", message: "The file is no GeoJSON: \(fault.reason)")
            }
        }
        return DocumentKind(mediaType: "application/geo+json", suffix: "geojson")
    }
}

/// Whether bytes that come in parts are UTF-8.
private struct UTF8Check {
    private var isValid = true
    private var rest: [UInt8] = []

    /// Whether all that came is UTF-8.
    var isPassed: Bool { isValid && String(validating: rest, as: UTF8.self) != nil }

    mutating func add(_ bytes: [UInt8]) {
        guard isValid else { return }
        let all = rest + bytes
        // The last character may be cut by the end of a part, and goes with the next.
        let start = all.suffix(4).lastIndex { $0 & 0xC0 != 0x80 } ?? all.endIndex
        rest = Array(all[start...])
        isValid = String(validating: all[..<start], as: UTF8.self) != nil
    }
}
