/// Well-known binary as ISO 19125-1 and OGC 06-103r4, section 8.2, define it: little endian, Z as type + 1000.
///
/// Decoding also takes big endian and the extended form of PostGIS (flags for Z, M and SRID). M is dropped.
public enum WKB {
    /// Levels of multi-geometries and collections.
    static let maximumDepth = 8

    /// The bytes after the first, by which encoded geometries of a kind are known: two of them, without and with Z.
    public static func codes(of kind: Geometry.Kind) -> [[UInt8]] {
        let code: UInt32 =
            switch kind {
            case .point: 1
            case .lineString: 2
            case .polygon: 3
            case .multiPoint: 4
            case .multiLineString: 5
            case .multiPolygon: 6
            case .geometryCollection: 7
            }
        return [code, code + 1000].map { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    /// The geometry as bytes.
    public static func encode(_ geometry: Geometry) -> [UInt8] {
        var out: [UInt8] = []
        append(geometry, to: &out)
        return out
    }

    /// Appends the geometry as bytes; Z is written when every position has one, dropped otherwise.
    ///
    /// - Complexity: linear in the positions.
    public static func append(_ geometry: Geometry, to out: inout [UInt8]) {
        if case .point(let position) = geometry {
            header(1, position.z != nil, to: &out)
            append(position, position.z != nil, to: &out)
            return
        }
        var hasZ = !geometry.isEmpty
        geometry.forEachPosition { if $0.z == nil { hasZ = false } }
        append(geometry, hasZ, to: &out)
    }

    private static func append(_ geometry: Geometry, _ hasZ: Bool, to out: inout [UInt8]) {
        switch geometry {
        case .point(let position):
            header(1, hasZ, to: &out)
            append(position, hasZ, to: &out)
        case .lineString(let line):
            header(2, hasZ, to: &out)
            append(line, hasZ, to: &out)
        case .polygon(let rings):
            header(3, hasZ, to: &out)
            append(rings, hasZ, to: &out)
        case .multiPoint(let points):
            header(4, hasZ, to: &out)
            append(UInt32(truncatingIfNeeded: points.count), to: &out)
            for point in points {
                header(1, hasZ, to: &out)
                append(point, hasZ, to: &out)
            }
        case .multiLineString(let lines):
            header(5, hasZ, to: &out)
            append(UInt32(truncatingIfNeeded: lines.count), to: &out)
            for line in lines {
                header(2, hasZ, to: &out)
                append(line, hasZ, to: &out)
            }
        case .multiPolygon(let polygons):
            header(6, hasZ, to: &out)
            append(UInt32(truncatingIfNeeded: polygons.count), to: &out)
            for rings in polygons {
                header(3, hasZ, to: &out)
                append(rings, hasZ, to: &out)
            }
        case .geometryCollection(let members):
            header(7, hasZ, to: &out)
            append(UInt32(truncatingIfNeeded: members.count), to: &out)
            for member in members { append(member, hasZ, to: &out) }
        }
    }

    private static func header(_ type: UInt32, _ hasZ: Bool, to out: inout [UInt8]) {
        out.append(1)
        append(hasZ ? type + 1000 : type, to: &out)
    }

    private static func append(_ lines: [[Position]], _ hasZ: Bool, to out: inout [UInt8]) {
        append(UInt32(truncatingIfNeeded: lines.count), to: &out)
        for line in lines { append(line, hasZ, to: &out) }
    }

    private static func append(_ line: [Position], _ hasZ: Bool, to out: inout [UInt8]) {
        append(UInt32(truncatingIfNeeded: line.count), to: &out)
        for position in line { append(position, hasZ, to: &out) }
    }

    @inline(__always)
    private static func append(_ position: Position, _ hasZ: Bool, to out: inout [UInt8]) {
        append(position.x.bitPattern, to: &out)
        append(position.y.bitPattern, to: &out)
        if hasZ { append((position.z ?? 0).bitPattern, to: &out) }
    }

    @inline(__always)
    private static func append<Bits: FixedWidthInteger>(_ value: Bits, to out: inout [UInt8]) {
        var rest = value
        for _ in 0..<Bits.bitWidth / 8 {
            out.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
