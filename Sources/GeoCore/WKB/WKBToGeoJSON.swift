/// Writes of GeoJSON straight from well-known binary, without a geometry in between.
extension WKB {
    /// Appends the geometry as a GeoJSON object, ordinates rounded to 7 decimals.
    ///
    /// - Throws: ``WKBError`` as decoding does; `out` may hold a beginning then.
    /// - Complexity: linear in the bytes.
    public static func appendGeoJSON(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) throws(WKBError) {
        var cursor = WKBCursor(bytes, maximumPositions: .max)
        try object(&cursor, depth: 1, to: &out)
        guard cursor.left == 0 else {
            throw cursor.fault(.trailingData, "There are \(cursor.left) bytes behind the geometry.")
        }
    }

    private static func object(_ cursor: inout WKBCursor, depth: Int, to out: inout [UInt8]) throws(WKBError) {
        guard depth <= maximumDepth else { throw cursor.fault(.tooDeep, "The geometry is nested too deeply.") }
        let header = try cursor.header()
        switch header.type {
        case 1:
            guard let position = try cursor.position(header) else {
                JSONWriter.append(literal: #"{"type":"GeometryCollection","geometries":[]}"#, to: &out)
                return
            }
            JSONWriter.append(literal: #"{"type":"Point","coordinates":"#, to: &out)
            GeoJSONGeometry.append(position, to: &out)
        case 2:
            JSONWriter.append(literal: #"{"type":"LineString","coordinates":"#, to: &out)
            try line(&cursor, header, to: &out)
        case 3:
            JSONWriter.append(literal: #"{"type":"Polygon","coordinates":"#, to: &out)
            try lines(&cursor, header, to: &out)
        case 4:
            JSONWriter.append(literal: #"{"type":"MultiPoint","coordinates":["#, to: &out)
            var first = true
            for _ in 0..<(try cursor.count(header, size: 21)) {
                let part = try part(&cursor, of: 1)
                guard let position = try cursor.position(part) else { continue }
                if !first { out.append(0x2C) }
                first = false
                GeoJSONGeometry.append(position, to: &out)
            }
            out.append(0x5D)
        case 5:
            JSONWriter.append(literal: #"{"type":"MultiLineString","coordinates":["#, to: &out)
            for index in 0..<(try cursor.count(header, size: 9)) {
                if index > 0 { out.append(0x2C) }
                let part = try part(&cursor, of: 2)
                try line(&cursor, part, to: &out)
            }
            out.append(0x5D)
        case 6:
            JSONWriter.append(literal: #"{"type":"MultiPolygon","coordinates":["#, to: &out)
            for index in 0..<(try cursor.count(header, size: 9)) {
                if index > 0 { out.append(0x2C) }
                let part = try part(&cursor, of: 3)
                try lines(&cursor, part, to: &out)
            }
            out.append(0x5D)
        default:
            JSONWriter.append(literal: #"{"type":"GeometryCollection","geometries":["#, to: &out)
            for index in 0..<(try cursor.count(header, size: 9)) {
                if index > 0 { out.append(0x2C) }
                try object(&cursor, depth: depth + 1, to: &out)
            }
            out.append(0x5D)
        }
        out.append(0x7D)
    }

    private static func lines(
        _ cursor: inout WKBCursor, _ header: WKBCursor.Header, to out: inout [UInt8]
    ) throws(WKBError) {
        out.append(0x5B)
        for index in 0..<(try cursor.count(header, size: 4)) {
            if index > 0 { out.append(0x2C) }
            try line(&cursor, header, to: &out)
        }
        out.append(0x5D)
    }

    private static func line(
        _ cursor: inout WKBCursor, _ header: WKBCursor.Header, to out: inout [UInt8]
    ) throws(WKBError) {
        out.append(0x5B)
        for index in 0..<(try cursor.count(header, size: header.positionSize)) {
            if index > 0 { out.append(0x2C) }
            GeoJSONGeometry.append(try cursor.fullPosition(header), to: &out)
        }
        out.append(0x5D)
    }
}
