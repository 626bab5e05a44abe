import Analysis
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
        separate()
        Self.begin(id: id, geometry, in: &bytes)
        JSONValue.object(properties).append(to: &bytes)
        bytes.append(0x7D)
    }

    /// Adds the features of cells with their figures.
    ///
    /// - Throws: `PROJError` where a corner has no longitude and latitude.
    mutating func append(_ cells: CellTable) throws {
        guard !cells.places.isEmpty else { return }
        let (beginnings, rows) = try cells.outlines.beginnings(of: cells.places, counted: Array(cells.counted))
        let endings = CellEndings(cells.others, cells.places)
        separate()
        for (row, beginning) in rows.enumerated() {
            beginnings.append(beginning, to: &bytes)
            endings.append(row, to: &bytes)
        }
        // No feature follows the last.
        bytes.removeLast()
    }

    /// The whole collection of all cells, packed as a gzip stream; `nil` where they are too many to keep what is repeated in
    /// them.
    ///
    /// - Throws: `PROJError` where a corner has no longitude and latitude.
    func packed(_ cells: CellTable) throws -> [UInt8]? {
        guard isFirst, !cells.places.isEmpty, cells.places.count == cells.cells.count,
            let beginnings = try cells.outlines.packedBeginnings(counted: Array(cells.counted))
        else { return nil }
        return CellPacking.pack(
            head: bytes, beginnings, CellEndings(cells.others, cells.places), tail: Array(Self.end.utf8))
    }

    private static let end = "\n]}\n"

    private mutating func separate() {
        if !isFirst { bytes.append(0x2C) }
        isFirst = false
    }

    /// Writes a feature up to its properties.
    static func begin(id: JSONValue, _ geometry: Geometry, in bytes: inout [UInt8]) {
        JSONWriter.append(literal: "\n{\"type\":\"Feature\",\"id\":", to: &bytes)
        id.append(to: &bytes)
        JSONWriter.append(literal: #","geometry":"#, to: &bytes)
        GeoJSONGeometry.append(geometry, to: &bytes)
        JSONWriter.append(literal: #","properties":"#, to: &bytes)
    }

    /// The whole collection as UTF-8; nothing is left here, so that its bytes are not copied.
    mutating func finish() -> [UInt8] {
        JSONWriter.append(literal: Self.end, to: &bytes)
        defer { bytes = [] }
        return bytes
    }
}
