public import GeoCore

/// Reads GeoJSON, GeoJSON sequences and newline-delimited GeoJSON from a file, gzip or not.
///
/// Memory is bounded by the largest feature. Without a `crs` member the coordinates are longitude/latitude
/// (RFC 7946, section 4); the old member of GeoJSON 2008 is honoured.
public final class GeoJSONFileReader: FeatureReader {
    /// What is known of the file; its CRS may change once it is read to the end.
    public private(set) var source: SourceDescription

    private let bytes: ByteSource
    private var parser: GeoJSONFeatureParser
    private var isFinished = false
    private var isRootKnown = false
    private var waiting: FeatureBatch?

    /// Opens a file and reads its first features.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - emptyGeometryIsNone: whether `{}` and `[]` in place of a geometry mean none instead of a fault.
    /// - Throws: ``FormatError`` when the file cannot be read or does not begin as GeoJSON.
    public init(path: String, emptyGeometryIsNone: Bool = false) throws {
        parser = GeoJSONFeatureParser(emptyGeometryIsNone: emptyGeometryIsNone)
        bytes = try ByteSource(path: path)
        source = SourceDescription(format: "GeoJSON", crs: "OGC:CRS84")
        waiting = try read()
    }

    /// Share of the file read so far.
    public var fractionRead: Double? { bytes.fractionRead }

    /// The next features.
    ///
    /// - Throws: ``FormatError`` with line and byte when the file is malformed or cut off.
    public func next() throws -> FeatureBatch? {
        defer { waiting = nil }
        if let waiting { return waiting }
        return try read()
    }

    private func read() throws -> FeatureBatch? {
        guard !isFinished else { return nil }
        var batch = FeatureBatch()
        do {
            reading: while true {
                switch try parser.next(into: &batch) {
                case .full: break reading
                case .finished:
                    isFinished = true
                    break reading
                case .needsBytes:
                    let chunk = try bytes.next()
                    try checkRoot(chunk)
                    if chunk.isEmpty { parser.finish() } else { parser.append(chunk) }
                }
            }
        } catch let error as JSONError {
            throw FormatError(
                code: "malformedJSON", message: "The file is no valid GeoJSON: \(error.message)", offset: error.offset,
                line: error.line)
        }
        if let crs = parser.crs { source.crs = crs }
        source.layerName = parser.name
        return batch.isEmpty && isFinished ? nil : batch
    }

    /// Names the commonest mistake, a bare list, which the parser would only call a wrong character.
    private func checkRoot(_ chunk: [UInt8]) throws {
        guard !isRootKnown,
            let first = chunk.first(where: { ![0x20, 0x0A, 0x0D, 0x09, 0x1E, 0xEF, 0xBB, 0xBF].contains($0) })
        else {
            return
        }
        isRootKnown = true
        if first == UInt8(ascii: "[") {
            throw FormatError(code: "notGeoJSON", message: "This is not GeoJSON: the file holds a JSON array.")
        }
    }
}
