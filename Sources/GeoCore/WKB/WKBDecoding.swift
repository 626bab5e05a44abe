/// Reads of well-known binary.
extension WKB {
    /// A decoded geometry and the SRID that the extended form may carry.
    public struct Decoded: Sendable, Hashable {
        /// The geometry.
        public var geometry: Geometry
        /// Spatial reference identifier, usually an EPSG code; `nil` in the ISO form.
        public var srid: UInt32?
    }

    /// Reads a geometry, ISO or extended, of either byte order.
    ///
    /// An empty point becomes an empty collection.
    ///
    /// - Throws: ``WKBError`` when a count exceeds the bytes left, a type is not one of RFC 7946 (curves are named),
    ///   parts nest deeper than 8 levels, a position is not finite, or bytes are left over.
    /// - Complexity: linear in the bytes.
    public static func decode(_ bytes: [UInt8], maximumPositions: Int = 10_000_000) throws(WKBError) -> Geometry {
        try decode(bytes[...], maximumPositions: maximumPositions)
    }

    /// Reads a geometry as ``decode(_:maximumPositions:)-([UInt8],_)`` does.
    public static func decode(
        _ bytes: ArraySlice<UInt8>, maximumPositions: Int = 10_000_000
    ) throws(WKBError) -> Geometry {
        try decodeWithSRID(bytes, maximumPositions: maximumPositions).geometry
    }

    /// Reads a geometry together with its SRID.
    public static func decodeWithSRID(
        _ bytes: ArraySlice<UInt8>, maximumPositions: Int = 10_000_000
    ) throws(WKBError) -> Decoded {
        var cursor = WKBCursor(bytes, maximumPositions: maximumPositions)
        let header = try cursor.header()
        let geometry = try body(&cursor, header, depth: 1)
        guard cursor.left == 0 else {
            throw cursor.fault(.trailingData, "There are \(cursor.left) bytes behind the geometry.")
        }
        return Decoded(geometry: geometry, srid: header.srid)
    }

    /// The smallest box around a geometry in bytes; `nil` when it is empty.
    ///
    /// - Throws: ``WKBError`` as ``decode(_:maximumPositions:)-(ArraySlice<UInt8>,_)`` does.
    public static func boundingBox(_ bytes: ArraySlice<UInt8>) throws(WKBError) -> BoundingBox? {
        // A point is the common case and needs no memory.
        var cursor = WKBCursor(bytes, maximumPositions: .max)
        let header = try cursor.header()
        guard header.type == 1 else { return try decode(bytes, maximumPositions: .max).boundingBox }
        guard let p = try cursor.position(header) else { return nil }
        return BoundingBox(minX: p.x, minY: p.y, maxX: p.x, maxY: p.y)
    }

    private static func body(
        _ cursor: inout WKBCursor, _ header: WKBCursor.Header, depth: Int
    ) throws(WKBError) -> Geometry {
        guard depth <= maximumDepth else { throw cursor.fault(.tooDeep, "The geometry is nested too deeply.") }
        switch header.type {
        case 1:
            guard let position = try cursor.position(header) else { return .geometryCollection([]) }
            return .point(position)
        case 2: return .lineString(try line(&cursor, header))
        case 3: return .polygon(try lines(&cursor, header))
        case 4:
            var points: [Position] = []
            for _ in 0..<(try cursor.count(header, size: 21)) {
                let part = try part(&cursor, of: 1)
                if let position = try cursor.position(part) { points.append(position) }
            }
            return .multiPoint(points)
        case 5:
            var parts: [[Position]] = []
            for _ in 0..<(try cursor.count(header, size: 9)) {
                let part = try part(&cursor, of: 2)
                parts.append(try line(&cursor, part))
            }
            return .multiLineString(parts)
        case 6:
            var parts: [[[Position]]] = []
            for _ in 0..<(try cursor.count(header, size: 9)) {
                let part = try part(&cursor, of: 3)
                parts.append(try lines(&cursor, part))
            }
            return .multiPolygon(parts)
        default:
            var members: [Geometry] = []
            for _ in 0..<(try cursor.count(header, size: 9)) {
                let part = try cursor.header()
                members.append(try body(&cursor, part, depth: depth + 1))
            }
            return .geometryCollection(members)
        }
    }

    static func part(_ cursor: inout WKBCursor, of type: UInt32) throws(WKBError) -> WKBCursor.Header {
        let header = try cursor.header()
        guard header.type == type else {
            throw cursor.fault(.unexpectedType, "A part of the geometry has the type \(header.type), not \(type).")
        }
        return header
    }

    private static func lines(
        _ cursor: inout WKBCursor, _ header: WKBCursor.Header
    ) throws(WKBError) -> [[Position]] {
        var lines: [[Position]] = []
        for _ in 0..<(try cursor.count(header, size: 4)) { lines.append(try line(&cursor, header)) }
        return lines
    }

    private static func line(_ cursor: inout WKBCursor, _ header: WKBCursor.Header) throws(WKBError) -> [Position] {
        let count = try cursor.count(header, size: header.positionSize)
        var line: [Position] = []
        line.reserveCapacity(count)
        for _ in 0..<count { line.append(try cursor.fullPosition(header)) }
        return line
    }
}
