import Foundation
public import GeoCore

/// Reads a Shapefile (`.shp` with `.shx` and `.dbf` beside it) or a `.zip` with one in it; the files may come from
/// anybody.
///
/// All shape types but multipatches; Z is kept, M dropped; rings become polygons with holes by ``RingAssembly``.
/// Records that the table marks as deleted are left out. Source: ESRI Shapefile Technical Description, July 1998.
public final class ShapefileReader: FeatureReader {
    /// What the files say: name, CRS (WKT of the `.prj`), columns, number of records, and how texts are read.
    public let source: SourceDescription

    private let shapes: ShapeFile
    private let table: DBFTable
    /// Keeps the unpacked files until the reader goes.
    private let unpacked: UnpackedFolder?
    private var record = 0
    private var properties = PropertyObject()

    /// Opens the files and checks them against each other.
    ///
    /// - Parameters:
    ///   - path: Path of the `.shp` or `.zip`.
    ///   - layer: Which Shapefile of an archive, by its name without extension.
    ///   - encoding: Encoding of the texts, such as `ISO-8859-1`; otherwise what `.cpg` or `.dbf` say counts.
    /// - Throws: ``FormatError`` when files are missing or damaged, or an archive holds several Shapefiles.
    public init(path: String, layer: String? = nil, encoding: String? = nil) throws {
        let chosen = encoding.map { DBFEncoding(name: $0) }
        if case .some(.none) = chosen {
            let known = DBFEncoding.allCases.map(\.rawValue).joined(separator: ", ")
            throw FormatError(code: "unknownEncoding", message: "The encoding is not known; use one of \(known).")
        }
        let files: ShapefileParts
        if ZipArchive.isArchive(path: path) {
            let folder = try UnpackedFolder()
            files = try ShapefileParts(archive: ZipArchive(path: path), layer: layer, folder: folder)
            unpacked = folder
        } else {
            files = try ShapefileParts(path: path)
            unpacked = nil
        }
        shapes = try ShapeFile(mainPath: files.main, indexPath: files.index)
        table = try DBFTable(path: files.table, encoding: chosen ?? nil, codePage: files.codePage)
        guard shapes.count == table.count else {
            throw FormatError(
                code: "countMismatch",
                message: "The .shx file has \(shapes.count) records, the .dbf file \(table.count): they do not fit.")
        }
        source = SourceDescription(
            format: "Shapefile", layerName: files.name, crs: files.crs, fields: table.columns.map(\.field),
            featureCount: shapes.count, notes: table.notes)
    }

    /// Share of the records read so far.
    public var fractionRead: Double? {
        shapes.count == 0 ? 1 : Double(record) / Double(shapes.count)
    }

    /// The next records in the order of the index.
    ///
    /// - Throws: ``FormatError`` when a file cannot be read on.
    public func next() throws -> FeatureBatch? {
        var batch = FeatureBatch()
        var visited = 0
        while record < shapes.count, visited < FeatureBatch.preferredCount || batch.isEmpty {
            visited += 1
            record += 1
            properties.reset()
            guard try table.addRecord(record - 1, to: &properties) else { continue }
            properties.close()
            do {
                batch.append(
                    row: record, identifier: nil, geometry: try shapes.geometry(record - 1),
                    properties: properties.bytes
                )
            } catch let error as FormatError where error.code != "unreadable" {
                batch.rejections.append(RowRejection(row: record, code: error.code, reason: error.message))
            }
        }
        return batch.isEmpty ? nil : batch
    }
}
