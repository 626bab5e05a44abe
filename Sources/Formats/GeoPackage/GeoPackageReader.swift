import Foundation
public import GeoCore

/// Reads one table of a GeoPackage; the file may come from anybody.
///
/// Any table of features or attributes that `gpkg_contents` lists can be read; views and virtual tables can not.
/// Geometries keep their Z and lose their M; arcs become segments of 4 degrees. Memory is bounded by one batch.
/// Source: OGC 12-128r18 (GeoPackage Encoding Standard 1.3).
public final class GeoPackageReader: FeatureReader {
    /// What the file says of the layer: name, CRS, columns and number of rows.
    public private(set) var source: SourceDescription

    /// Seconds that opening, and then each batch, may take.
    private static let secondsPerBatch = 60.0
    /// Files above this size are not checked as a whole before reading.
    private static let checkedSize = 50_000_000

    private let file: SQLiteFile
    private let layer: GeoPackageLayer
    private let rows: SQLiteRows
    private var row = 0
    private var finished = false
    private var properties = PropertyObject()

    /// Opens the file and chooses the layer.
    ///
    /// - Parameters:
    ///   - path: Path of the file.
    ///   - layer: Name of the table; not needed when the file has only one table of features.
    /// - Throws: ``FormatError`` when the file is damaged, no GeoPackage, or holds several layers and none is chosen.
    public init(path: String, layer name: String? = nil) throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        guard let size else { throw FormatError(code: "notFound", message: "The file does not exist.") }
        guard size > 0 else { throw FormatError(code: "empty", message: "The file is empty.") }
        file = try SQLiteFile(path: path, seconds: Self.secondsPerBatch)
        let layers = try GeoPackageLayer.list(in: file)
        let chosen = try Self.choose(name, among: layers)
        if size < Self.checkedSize { try file.checkStructure() }
        layer = try GeoPackageLayer(name: chosen.name, hasFeatures: chosen.hasFeatures, in: file)
        let table = GeoPackageLayer.identifier(layer.name)
        let count = try file.prepare("SELECT count(*) FROM \(table)")
        source = SourceDescription(
            format: "GeoPackage", layerName: layer.name, crs: layer.crs, fields: layer.fields,
            featureCount: try count.step() ? count.integer(0).flatMap { Int(exactly: $0) } : nil)
        let columns =
            [layer.keyColumn, layer.geometryColumn].map { $0.map(GeoPackageLayer.identifier) ?? "NULL" }
            + layer.fields.map { GeoPackageLayer.identifier($0.name) }
        rows = try file.prepare("SELECT \(columns.joined(separator: ", ")) FROM \(table)")
    }

    /// The names of the tables that can be read.
    ///
    /// - Throws: ``FormatError`` when the file is damaged or no GeoPackage.
    public static func layerNames(path: String) throws -> [String] {
        try GeoPackageLayer.list(in: SQLiteFile(path: path, seconds: secondsPerBatch)).map(\.name)
    }

    private static func choose(
        _ name: String?, among layers: [(name: String, hasFeatures: Bool)]
    ) throws -> (name: String, hasFeatures: Bool) {
        let names = layers.prefix(50).map { GeoPackageLayer.quoted($0.name) }.joined(separator: ", ")
        if let name {
            if let layer = layers.first(where: { $0.name == name }) { return layer }
            let known = layers.isEmpty ? "The file has no layers." : "The file has: \(names)."
            throw FormatError(
                code: "unknownLayer", message: "There is no layer \(GeoPackageLayer.quoted(name)). \(known)")
        }
        let features = layers.filter(\.hasFeatures)
        if features.count == 1 { return features[0] }
        if features.isEmpty && layers.count == 1 { return layers[0] }
        if layers.isEmpty {
            throw FormatError(code: "noLayers", message: "The GeoPackage has no layer of features.")
        }
        throw FormatError(
            code: "severalLayers", message: "The GeoPackage has several layers; choose one of \(names).")
    }

    /// Share of the rows read so far.
    public var fractionRead: Double? {
        guard let count = source.featureCount else { return nil }
        return count == 0 || finished ? 1 : min(1, Double(row) / Double(count))
    }

    /// The next rows in the order of the file.
    ///
    /// - Throws: ``FormatError`` when the file turns out damaged or reading takes too long.
    public func next() throws -> FeatureBatch? {
        if finished { return nil }
        file.extendDeadline(seconds: Self.secondsPerBatch)
        var batch = FeatureBatch()
        var read = 0
        while read < FeatureBatch.preferredCount {
            guard try rows.step() else {
                finished = true
                break
            }
            read += 1
            row += 1
            appendRow(to: &batch)
        }
        return batch.isEmpty ? nil : batch
    }

    private func appendRow(to batch: inout FeatureBatch) {
        do {
            let geometry = try geometry()
            properties.reset()
            for (index, field) in layer.fields.enumerated() {
                properties.add(field, rows.value(Int32(index + 2)))
            }
            properties.close()
            batch.append(row: row, identifier: rows.text(0), geometry: geometry, properties: properties.bytes)
        } catch let error as FormatError {
            batch.rejections.append(
                RowRejection(row: row, field: layer.geometryColumn, code: error.code, reason: error.message))
        } catch {
            batch.rejections.append(
                RowRejection(
                    row: row, field: layer.geometryColumn, code: "invalidGeometry",
                    reason: "The geometry cannot be read."))
        }
    }

    private func geometry() throws -> Geometry? {
        switch rows.value(1) {
        case .null: return nil
        case .blob(let bytes):
            let header = try GeoPackageBinary(bytes)
            if header.isEmpty { return nil }
            if CurveGeometry.isCurve(bytes, at: header.wkbOffset) {
                let note = "Arcs were replaced by straight segments of 4 degrees."
                if !source.notes.contains(note) { source.notes.append(note) }
                return try CurveGeometry.decode(bytes, at: header.wkbOffset)
            }
            let geometry = try WKB.decode(bytes[header.wkbOffset...])
            return geometry.isEmpty ? nil : geometry
        default:
            throw FormatError(code: "invalidGeometry", message: "The geometry column holds no geometry.")
        }
    }
}
