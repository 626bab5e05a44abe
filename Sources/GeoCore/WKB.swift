/// Well-known binary: how geometries are stored.
///
/// Writes the ISO form, little endian, with Z only when every position has one. Reads ISO and extended WKB (SRID, Z and
/// M flags), both byte orders; M values are dropped. Source: OGC 06-103r4, section 8; PostGIS EWKB.
public enum WKB {
    /// Bytes that are no geometry we know.
    public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// A stable word, such as `truncated`.
        public var code: String
        /// What is wrong.
        public var description: String
    }

    /// The bytes of a geometry.
    public static func encode(_ geometry: Geometry) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(geometry.positionCount * 16 + 32)
        append(geometry, to: &bytes)
        return bytes
    }

    /// Appends the bytes of a geometry.
    public static func append(_ geometry: Geometry, to bytes: inout [UInt8]) {
        var hasZ = true
        geometry.forEachPosition { if $0.z == nil { hasZ = false } }
        write(geometry, hasZ && !geometry.isEmpty, &bytes)
    }

    private static func write(_ geometry: Geometry, _ hasZ: Bool, _ bytes: inout [UInt8]) {
        func header(_ type: UInt32) {
            bytes.append(1)
            number(type + (hasZ ? 1000 : 0), &bytes)
        }
        switch geometry {
        case .point(let position):
            header(1)
            write(position, hasZ, &bytes)
        case .lineString(let line):
            header(2)
            write(line, hasZ, &bytes)
        case .polygon(let rings):
            header(3)
            number(UInt32(truncatingIfNeeded: rings.count), &bytes)
            for ring in rings { write(ring, hasZ, &bytes) }
        case .multiPoint(let points):
            header(4)
            number(UInt32(truncatingIfNeeded: points.count), &bytes)
            for point in points { write(.point(point), hasZ, &bytes) }
        case .multiLineString(let lines):
            header(5)
            number(UInt32(truncatingIfNeeded: lines.count), &bytes)
            for line in lines { write(.lineString(line), hasZ, &bytes) }
        case .multiPolygon(let polygons):
            header(6)
            number(UInt32(truncatingIfNeeded: polygons.count), &bytes)
            for rings in polygons { write(.polygon(rings), hasZ, &bytes) }
        case .geometryCollection(let members):
            header(7)
            number(UInt32(truncatingIfNeeded: members.count), &bytes)
            for member in members { write(member, hasZ, &bytes) }
        }
    }

    private static func write(_ line: [Position], _ hasZ: Bool, _ bytes: inout [UInt8]) {
        number(UInt32(truncatingIfNeeded: line.count), &bytes)
        for position in line { write(position, hasZ, &bytes) }
    }

    private static func write(_ position: Position, _ hasZ: Bool, _ bytes: inout [UInt8]) {
        number(position.x.bitPattern, &bytes)
        number(position.y.bitPattern, &bytes)
        if hasZ { number((position.z ?? 0).bitPattern, &bytes) }
    }

    private static func number(_ value: some FixedWidthInteger, _ bytes: inout [UInt8]) {
        var rest = value
        for _ in 0..<(rest.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// The geometry in the bytes.
    ///
    /// - Throws: ``Fault`` when they are truncated, of an unknown type, nested deeper than 8 or have bytes to spare.
    /// - Complexity: linear; every count is checked against the bytes that are there before room is made for it.
    public static func decode(_ bytes: [UInt8]) throws(Fault) -> Geometry {
        var reader = WKBReader(bytes: bytes[...])
        let geometry = try reader.geometry(depth: 0)
        guard reader.rest == 0 else { throw Fault(code: "excess", description: "there are bytes after the geometry") }
        return geometry
    }

    /// The geometry in a slice of bytes.
    ///
    /// - Throws: ``Fault`` as ``decode(_:)-([UInt8])``.
    public static func decode(_ bytes: ArraySlice<UInt8>) throws(Fault) -> Geometry {
        var reader = WKBReader(bytes: bytes)
        let geometry = try reader.geometry(depth: 0)
        guard reader.rest == 0 else { throw Fault(code: "excess", description: "there are bytes after the geometry") }
        return geometry
    }
}

/// Reads one geometry from bytes that nobody vouches for.
struct WKBReader {
    let bytes: ArraySlice<UInt8>
    private var index: Int

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var rest: Int { bytes.endIndex - index }

    /// Layout of one geometry's numbers.
    private struct Layout {
        var isLittle: Bool
        var hasZ: Bool
        var hasM: Bool
        var size: Int { 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0) }
    }

    private static let truncated = WKB.Fault(code: "truncated", description: "the geometry is cut off")

    private mutating func unsigned(_ count: Int, _ isLittle: Bool) throws(WKB.Fault) -> UInt64 {
        guard rest >= count else { throw Self.truncated }
        var value: UInt64 = 0
        for offset in 0..<count {
            let byte = UInt64(bytes[index + offset])
            value = isLittle ? value | byte << UInt64(8 * offset) : value << 8 | byte
        }
        index += count
        return value
    }

    private mutating func double(_ isLittle: Bool) throws(WKB.Fault) -> Double {
        Double(bitPattern: try unsigned(8, isLittle))
    }

    private mutating func count(_ layout: Layout, minimumSize: Int) throws(WKB.Fault) -> Int {
        let count = Int(try unsigned(4, layout.isLittle))
        guard count <= rest / minimumSize else { throw Self.truncated }
        return count
    }

    private mutating func position(_ layout: Layout) throws(WKB.Fault) -> Position {
        let x = try double(layout.isLittle)
        let y = try double(layout.isLittle)
        let z = layout.hasZ ? try double(layout.isLittle) : nil
        if layout.hasM { _ = try double(layout.isLittle) }
        return Position(x, y, z)
    }

    private mutating func line(_ layout: Layout) throws(WKB.Fault) -> [Position] {
        let count = try count(layout, minimumSize: layout.size)
        var line: [Position] = []
        line.reserveCapacity(count)
        for _ in 0..<count { line.append(try position(layout)) }
        return line
    }

    private mutating func rings(_ layout: Layout) throws(WKB.Fault) -> [[Position]] {
        let count = try count(layout, minimumSize: 4)
        var rings: [[Position]] = []
        for _ in 0..<count { rings.append(try line(layout)) }
        return rings
    }

    mutating func geometry(depth: Int) throws(WKB.Fault) -> Geometry {
        guard depth <= 8 else { throw WKB.Fault(code: "tooDeep", description: "geometries are nested too deep") }
        let order = try unsigned(1, true)
        guard order <= 1 else { throw WKB.Fault(code: "byteOrder", description: "the byte order is neither 0 nor 1") }
        let isLittle = order == 1
        var type = UInt32(truncatingIfNeeded: try unsigned(4, isLittle))
        var layout = Layout(isLittle: isLittle, hasZ: type & 0x8000_0000 != 0, hasM: type & 0x4000_0000 != 0)
        if type & 0x2000_0000 != 0 { _ = try unsigned(4, isLittle) }
        type &= 0x0FFF_FFFF
        if type >= 3000 { (layout.hasZ, layout.hasM, type) = (true, true, type - 3000) }
        if type >= 2000 { (layout.hasM, type) = (true, type - 2000) }
        if type >= 1000 { (layout.hasZ, type) = (true, type - 1000) }
        switch type {
        case 1:
            let position = try position(layout)
            if position.x.isNaN && position.y.isNaN { return .geometryCollection([]) }
            return .point(position)
        case 2: return .lineString(try line(layout))
        case 3: return .polygon(try rings(layout))
        case 4...7: return try collection(type, layout, depth)
        case 8...17:
            let names = [
                "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve", "Surface",
                "PolyhedralSurface", "TIN", "Triangle",
            ]
            throw WKB.Fault(
                code: "unsupportedType", description: "geometries of type \(names[Int(type) - 8]) are not supported")
        default: throw WKB.Fault(code: "unknownType", description: "the geometry type \(type) is unknown")
        }
    }

    private mutating func collection(_ type: UInt32, _ layout: Layout, _ depth: Int) throws(WKB.Fault) -> Geometry {
        let count = try count(layout, minimumSize: 5)
        var members: [Geometry] = []
        for _ in 0..<count { members.append(try geometry(depth: depth + 1)) }
        let mixed = WKB.Fault(code: "mixedTypes", description: "a multi geometry holds a member of another type")
        switch type {
        case 4:
            var points: [Position] = []
            for member in members {
                if case .point(let position) = member { points.append(position) } else if !member.isEmpty { throw mixed }
            }
            return .multiPoint(points)
        case 5:
            var lines: [[Position]] = []
            for member in members {
                guard case .lineString(let line) = member else { throw mixed }
                lines.append(line)
            }
            return .multiLineString(lines)
        case 6:
            var polygons: [[[Position]]] = []
            for member in members {
                guard case .polygon(let rings) = member else { throw mixed }
                polygons.append(rings)
            }
            return .multiPolygon(polygons)
        default: return .geometryCollection(members)
        }
    }
}
