/// GeoJSON of single geometries: bytes in, values out, and back (RFC 7946, section 3.1).
public enum GeoJSONGeometry {
    /// Reads one geometry object; positions keep their order and are not checked for range, closure or validity.
    ///
    /// - Throws: ``JSONError`` for malformed JSON, ``GeoJSONError`` for JSON that is no geometry.
    /// - Complexity: linear in the bytes.
    public static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .request, maximumPositions: Int = 1_000_000
    ) throws -> Geometry {
        var grammar = limits
        grammar.allowsDuplicateNames = false
        try JSONScanner.validate(bytes, limits: grammar)
        var reader = GeoJSONGeometryReader(limits: grammar, maximumPositions: maximumPositions)
        do {
            var i = 0
            guard try JSONScanner.peek(bytes, &i, bytes.count) == 0x7B else { throw Fault.geo(.notAnObject, i) }
            return try reader.read(bytes, &i, bytes.count)
        } catch Fault.geo(let code, let offset) {
            throw GeoJSONError(code: code, offset: offset)
        } catch Fault.json(let code, let offset) {
            throw JSONError(code: code, offset: offset, in: bytes)
        }
    }

    /// Reads a geometry from a parsed value.
    ///
    /// - Throws: ``JSONError`` or ``GeoJSONError``; offsets are those in the compact text of the value.
    public static func parse(_ value: JSONValue, maximumPositions: Int = 1_000_000) throws -> Geometry {
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        return try parse(bytes, limits: .importing, maximumPositions: maximumPositions)
    }

    /// Appends a geometry object, ordinates rounded to 7 decimals.
    public static func append(_ geometry: Geometry, to out: inout [UInt8]) {
        switch geometry {
        case .point(let position):
            JSONWriter.append(literal: #"{"type":"Point","coordinates":"#, to: &out)
            append(position, to: &out)
        case .lineString(let line):
            JSONWriter.append(literal: #"{"type":"LineString","coordinates":"#, to: &out)
            append(line, to: &out)
        case .multiPoint(let points):
            JSONWriter.append(literal: #"{"type":"MultiPoint","coordinates":"#, to: &out)
            append(points, to: &out)
        case .polygon(let rings):
            JSONWriter.append(literal: #"{"type":"Polygon","coordinates":"#, to: &out)
            append(rings, to: &out)
        case .multiLineString(let lines):
            JSONWriter.append(literal: #"{"type":"MultiLineString","coordinates":"#, to: &out)
            append(lines, to: &out)
        case .multiPolygon(let polygons):
            JSONWriter.append(literal: #"{"type":"MultiPolygon","coordinates":["#, to: &out)
            for (index, rings) in polygons.enumerated() {
                if index > 0 { out.append(0x2C) }
                append(rings, to: &out)
            }
            out.append(0x5D)
        case .geometryCollection(let members):
            JSONWriter.append(literal: #"{"type":"GeometryCollection","geometries":["#, to: &out)
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(0x2C) }
                append(member, to: &out)
            }
            out.append(0x5D)
        }
        out.append(0x7D)
    }

    /// Appends one position as an array of two or three numbers, rounded to 7 decimals.
    @inline(__always)
    public static func append(_ position: Position, to out: inout [UInt8]) {
        out.append(0x5B)
        JSONWriter.append(ordinate: position.x, to: &out)
        out.append(0x2C)
        JSONWriter.append(ordinate: position.y, to: &out)
        if let z = position.z {
            out.append(0x2C)
            JSONWriter.append(ordinate: z, to: &out)
        }
        out.append(0x5D)
    }

    private static func append(_ line: [Position], to out: inout [UInt8]) {
        out.append(0x5B)
        var first = true
        for position in line {
            if !first { out.append(0x2C) }
            first = false
            append(position, to: &out)
        }
        out.append(0x5D)
    }

    private static func append(_ lines: [[Position]], to out: inout [UInt8]) {
        out.append(0x5B)
        for (index, line) in lines.enumerated() {
            if index > 0 { out.append(0x2C) }
            append(line, to: &out)
        }
        out.append(0x5D)
    }
}
