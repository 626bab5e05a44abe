import CZlib

/// JSON that people take for GeoJSON: recognised by its first bytes, so that the error can name it.
enum ForeignJSON {
    /// - Throws: ``FormatError`` with code `notGeoJSON` when the file is an answer of Overpass or Open311.
    static func refuse(path: String) throws {
        // Plain files pass through zlib as they are.
        guard let file = gzopen(path, "rb") else { return }
        defer { gzclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Int(gzread(file, &bytes, 4096))
        guard count > 0 else { return }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        if text.contains("\"FeatureCollection\"") || text.contains("\"Feature\"") { return }
        if text.contains("\"osm3s\"") || (text.contains("\"elements\"") && text.contains("\"version\"")) {
            throw FormatError(
                code: "notGeoJSON",
                message: "The file is Overpass JSON, not GeoJSON; convert it, for example with osmtogeojson.")
        }
        if text.contains("\"service_request_id\"") || text.contains("\"service_code\"") {
            throw FormatError(
                code: "notGeoJSON",
                message: "The file is an Open311 answer (a list of service requests), not GeoJSON; convert it to CSV.")
        }
    }
}
