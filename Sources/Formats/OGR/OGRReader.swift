import Foundation
public import GeoCore

/// Reads any format that GDAL knows by letting `ogr2ogr` turn the source into a GeoPackage in a temporary folder.
///
/// Coordinates stay in the CRS of the source with x before y, types and layers are kept. The program runs without a
/// shell, without network drivers, under a time limit. XML with a DOCTYPE and virtual sources are refused before.
public final class OGRReader: FeatureReader {
    /// What the converted file says of the layer being read.
    public private(set) var source: SourceDescription

    private let folder: UnpackedFolder
    private let path: String
    private var reader: GeoPackageReader
    private var waiting: [String]
    private let marksLayer: Bool
    private var rowsBefore = 0

    /// Converts the source and opens the result.
    ///
    /// - Parameters:
    ///   - path: Path of the source.
    ///   - layer: Name of the layer; not needed when there is only one.
    ///   - allLayers: Read all layers one after the other, each feature with its layer in the attribute `_layer`.
    ///   - seconds: Time that the conversion may take.
    /// - Throws: ``FormatError`` when `ogr2ogr` is not installed, fails or takes too long, or no layer is chosen.
    public init(path: String, layer: String? = nil, allLayers: Bool = false, seconds: Double = 300) throws {
        folder = try UnpackedFolder()
        let input = try OGRInput(path: path, folder: folder)
        self.path = folder.path + "/converted.gpkg"
        try OGRConversion(input: input.path, output: self.path, folder: folder.path).run(seconds: seconds)
        var names: [String] = []
        if allLayers && layer == nil { names = try GeoPackageReader.layerNames(path: self.path) }
        waiting = Array(names.dropFirst())
        marksLayer = names.count > 1
        do {
            reader = try GeoPackageReader(path: self.path, layer: layer ?? names.first)
        } catch let error as FormatError where error.code == "severalLayers" {
            throw FormatError(code: error.code, message: try Self.counts(self.path))
        }
        source = reader.source
        source.format = "OGR (\(input.suffix.uppercased()))"
        if marksLayer {
            source.layerName = nil
            source.featureCount = nil
            for name in waiting {
                // A name that tables use for different types is told as text, which all of them can be read as.
                for field in try GeoPackageReader(path: self.path, layer: name).source.fields {
                    guard let known = source.fields.firstIndex(where: { $0.name == field.name }) else {
                        source.fields.append(field)
                        continue
                    }
                    if source.fields[known].type != field.type {
                        source.fields[known] = LayerField(name: field.name, type: .string)
                    }
                }
            }
            source.fields.append(LayerField(name: "_layer", type: .string))
        }
    }

    private static func counts(_ path: String) throws -> String {
        let layers = try GeoPackageReader.layerNames(path: path).prefix(50).map { name in
            let count = try GeoPackageReader(path: path, layer: name).source.featureCount ?? 0
            return "\(GeoPackageLayer.quoted(name)) (\(count))"
        }
        return "The source has several layers; choose one of \(layers.joined(separator: ", ")), or read all."
    }

    /// Share of the current layer read so far.
    public var fractionRead: Double? { marksLayer ? nil : reader.fractionRead }

    /// The next features.
    ///
    /// - Throws: ``FormatError`` when the converted file cannot be read on.
    public func next() throws -> FeatureBatch? {
        while true {
            if let batch = try reader.next() { return marksLayer ? marked(batch) : batch }
            guard !waiting.isEmpty else { return nil }
            rowsBefore += reader.source.featureCount ?? 0
            reader = try GeoPackageReader(path: path, layer: waiting.removeFirst())
        }
    }

    private func marked(_ batch: FeatureBatch) -> FeatureBatch {
        var result = FeatureBatch()
        var mark = PropertyObject()
        mark.add("_layer", reader.source.layerName ?? "")
        for index in 0..<batch.count {
            let rest = batch.properties[index].dropFirst()
            let comma: [UInt8] = rest.count > 1 ? [UInt8(ascii: ",")] : []
            result.append(
                row: rowsBefore + batch.rows[index], identifier: batch.identifiers[index],
                geometry: batch.geometries[index], properties: mark.bytes + comma + rest)
        }
        result.rejections = batch.rejections.map { rejection in
            var rejection = rejection
            rejection.row += rowsBefore
            return rejection
        }
        return result
    }
}
