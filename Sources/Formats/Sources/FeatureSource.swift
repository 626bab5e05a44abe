import Foundation

/// How a source of features is opened.
public struct FeatureSourceOptions: Sendable, Hashable {
    /// Name of the layer, where the file holds several.
    public var layer: String?
    /// Whether all layers are read as one, where the file holds several.
    public var allLayers = false
    /// Encoding of texts, where the file does not say it.
    public var encoding: String?
    /// Where a table keeps its coordinates.
    public var csv = CSVMapping()
    /// Ending that tells the format where the file's own name does not, such as `geojson`.
    public var fileExtension: String?

    /// Whether `{}` and `[]` in place of a geometry of GeoJSON mean none, as some servers write it.
    public var emptyGeometryIsNone = false

    /// Makes options with the defaults.
    public init() {}
}

/// Opens any file of features that we can read.
public enum FeatureSource {
    /// A reader for a file: by what its first bytes say, then by its ending.
    ///
    /// - Throws: ``FormatError`` that names the fault.
    public static func open(path: String, options: FeatureSourceOptions = FeatureSourceOptions()) throws
        -> any FeatureReader
    {
        let head = try firstBytes(of: path)
        var ending = (options.fileExtension ?? URL(fileURLWithPath: path).pathExtension).lowercased()
        let isPacked = head.starts(with: [0x1F, 0x8B])
        if isPacked, ending == "gz" {
            ending = URL(fileURLWithPath: String(path.dropLast(3))).pathExtension.lowercased()
        }
        if head.starts(with: Array("SQLite format 3\0".utf8)) {
            return try GeoPackageReader(path: path, layer: options.layer)
        }
        switch ending {
        case "gpkg": return try GeoPackageReader(path: path, layer: options.layer)
        case "shp", "zip": return try ShapefileReader(path: path, layer: options.layer, encoding: options.encoding)
        case "geojson", "json", "geojsonl", "geojsons", "geojsonseq", "ndjson", "jsonl":
            try ForeignJSON.refuse(path: path)
            return try GeoJSONFileReader(path: path, emptyGeometryIsNone: options.emptyGeometryIsNone)
        case "csv", "tsv", "txt":
            return try CSVReader(path: path, mapping: options.csv, encoding: options.encoding)
        default: break
        }
        if let first = head.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B, !isPacked {
            try ForeignJSON.refuse(path: path)
            return try GeoJSONFileReader(path: path, emptyGeometryIsNone: options.emptyGeometryIsNone)
        }
        return try OGRReader(path: path, layer: options.layer, allLayers: options.allLayers)
    }

    private static func firstBytes(of path: String) throws -> [UInt8] {
        var isDirectory = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue,
            let file = FileHandle(forReadingAtPath: path)
        else { throw FormatError(code: "notFound", message: "The file does not exist or cannot be read.") }
        defer { try? file.close() }
        let bytes = [UInt8](try file.read(upToCount: 64) ?? Data())
        guard !bytes.isEmpty else { throw FormatError(code: "empty", message: "The file is empty.") }
        if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            throw FormatError(code: "packed", message: "Zstandard files are not read; unpack it first with `zstd -d`.")
        }
        return bytes
    }
}
