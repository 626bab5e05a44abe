import GeoCore

/// A GeoJSON FeatureCollection with an `analysis` member in the making, a feature a line.
struct FeatureCollectionText {
    private var bytes: [UInt8] = []
    private var isFirst = true

    /// Begins a collection.
    ///
    /// - Parameters:
    ///   - analysis: how the features came about.
    ///   - series: columns of numbers beside them; left out when `nil`.
    ///   - count: features to come, for the memory.
    init(analysis: JSONValue, series: JSONValue? = nil, count: Int) {
        bytes.reserveCapacity(count * 500 + 4096)
        bytes += Array(#"{"type":"FeatureCollection","analysis":"#.utf8)
        analysis.append(to: &bytes)
        if let series {
            bytes += Array(#","series":"#.utf8)
            series.append(to: &bytes)
        }
        bytes += Array(#","features":["#.utf8)
    }

    /// Adds a feature with a shape in longitude/latitude.
    mutating func append(id: JSONValue, _ geometry: Geometry, _ properties: [JSONValue.Member]) {
        bytes += Array((isFirst ? "" : ",").utf8) + Array("\n{\"type\":\"Feature\",\"id\":".utf8)
        isFirst = false
        id.append(to: &bytes)
        bytes += Array(#","geometry":"#.utf8)
        GeoJSONGeometry.append(geometry, to: &bytes)
        bytes += Array(#","properties":"#.utf8)
        JSONValue.object(properties).append(to: &bytes)
        bytes += Array("}".utf8)
    }

    /// The whole collection as UTF-8.
    consuming func finished() -> [UInt8] { bytes + Array("\n]}\n".utf8) }
}
