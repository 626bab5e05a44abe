import GeoCore

#if canImport(Glibc)
    import Glibc
#endif

/// Reads the curve types of ISO WKB (CIRCULARSTRING, COMPOUNDCURVE, CURVEPOLYGON, MULTICURVE, MULTISURFACE) and
/// replaces each arc by straight segments of at most 4 degrees of the circle, as GDAL does by default.
///
/// Counts are checked against the bytes that are there before anything is allocated. M ordinates are dropped.
/// Source: ISO/IEC 13249-3 (SQL/MM Spatial), well-known binary.
struct CurveGeometry {
    private let bytes: [UInt8]
    private var offset: Int
    private var littleEndian = true

    /// Whether the WKB at `offset` is one of the curve types.
    static func isCurve(_ bytes: [UInt8], at offset: Int) -> Bool {
        var reader = CurveGeometry(bytes, at: offset)
        guard let (type, _, _) = try? reader.header() else { return false }
        return (8...12).contains(type)
    }

    /// The geometry at `offset`.
    ///
    /// - Throws: ``FormatError`` with code `invalidGeometry`.
    static func decode(_ bytes: [UInt8], at offset: Int) throws -> Geometry {
        var reader = CurveGeometry(bytes, at: offset)
        let (type, hasZ, hasM) = try reader.header()
        switch type {
        case 2, 8, 9: return .lineString(try reader.curveBody(type, hasZ, hasM, depth: 0))
        case 3, 10: return .polygon(try reader.surfaceBody(type, hasZ, hasM))
        case 5, 11:
            return .multiLineString(
                try reader.list(minimumBytes: 9) { reader in
                    let (type, hasZ, hasM) = try reader.header()
                    return try reader.curveBody(type, hasZ, hasM, depth: 0)
                })
        case 6, 12:
            return .multiPolygon(
                try reader.list(minimumBytes: 9) { reader in
                    let (type, hasZ, hasM) = try reader.header()
                    return try reader.surfaceBody(type, hasZ, hasM)
                })
        default: throw invalid
        }
    }

    private init(_ bytes: [UInt8], at offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    private static var invalid: FormatError {
        FormatError(code: "invalidGeometry", message: "The curve geometry is damaged or of an unknown type.")
    }

    private mutating func header() throws -> (type: UInt32, hasZ: Bool, hasM: Bool) {
        guard offset < bytes.count, bytes[offset] <= 1 else { throw Self.invalid }
        littleEndian = bytes[offset] == 1
        offset += 1
        let code = try word()
        // ISO adds 1000, 2000 or 3000 for Z, M and ZM; PostGIS sets high bits.
        let dimension = (code & 0xFFFF) / 1000
        guard dimension <= 3, code & 0x2000_0000 == 0 else { throw Self.invalid }
        return (
            (code & 0xFFFF) % 1000, code & 0x8000_0000 != 0 || dimension == 1 || dimension == 3,
            code & 0x4000_0000 != 0 || dimension >= 2
        )
    }

    private mutating func word() throws -> UInt32 {
        guard bytes.count - offset >= 4 else { throw Self.invalid }
        var value: UInt32 = 0
        for index in 0..<4 {
            value |= UInt32(bytes[offset + index]) << (littleEndian ? UInt32(index) * 8 : UInt32(3 - index) * 8)
        }
        offset += 4
        return value
    }

    private mutating func number() throws -> Double {
        guard bytes.count - offset >= 8 else { throw Self.invalid }
        var value: UInt64 = 0
        for index in 0..<8 {
            value |= UInt64(bytes[offset + index]) << (littleEndian ? UInt64(index) * 8 : UInt64(7 - index) * 8)
        }
        offset += 8
        return Double(bitPattern: value)
    }

    private mutating func list<Element>(
        minimumBytes: Int, _ element: (inout CurveGeometry) throws -> Element
    ) throws -> [Element] {
        let count = Int(try word())
        guard count <= (bytes.count - offset) / minimumBytes else { throw Self.invalid }
        var result: [Element] = []
        result.reserveCapacity(count)
        for _ in 0..<count { result.append(try element(&self)) }
        return result
    }

    private mutating func positions(_ hasZ: Bool, _ hasM: Bool) throws -> [Position] {
        try list(minimumBytes: 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0)) { reader in
            var position = Position(try reader.number(), try reader.number())
            if hasZ { position.z = try reader.number() }
            if hasM { _ = try reader.number() }
            return position
        }
    }

    private mutating func curveBody(_ type: UInt32, _ hasZ: Bool, _ hasM: Bool, depth: Int) throws -> [Position] {
        switch type {
        case 2: return try positions(hasZ, hasM)
        case 8: return try Self.stroke(try positions(hasZ, hasM))
        case 9 where depth == 0:
            let parts = try list(minimumBytes: 9) { reader in
                let (type, hasZ, hasM) = try reader.header()
                return try reader.curveBody(type, hasZ, hasM, depth: 1)
            }
            var line: [Position] = []
            for part in parts {
                // Each part begins where the one before ended.
                line.append(contentsOf: line.isEmpty ? part[...] : part.dropFirst())
            }
            return line
        default: throw Self.invalid
        }
    }

    private mutating func surfaceBody(_ type: UInt32, _ hasZ: Bool, _ hasM: Bool) throws -> [[Position]] {
        switch type {
        case 3: return try list(minimumBytes: 4) { try $0.positions(hasZ, hasM) }
        case 10:
            return try list(minimumBytes: 9) { reader in
                let (type, hasZ, hasM) = try reader.header()
                return try reader.curveBody(type, hasZ, hasM, depth: 0)
            }
        default: throw Self.invalid
        }
    }

    /// Straight segments along the arcs through each three positions.
    private static func stroke(_ control: [Position]) throws -> [Position] {
        guard control.count % 2 == 1 else {
            if control.isEmpty { return [] }
            throw invalid
        }
        var line = [control[0]]
        for index in stride(from: 2, to: control.count, by: 2) {
            appendArc(from: control[index - 2], through: control[index - 1], to: control[index], into: &line)
        }
        return line
    }

    private static func appendArc(
        from start: Position, through middle: Position, to end: Position, into line: inout [Position]
    ) {
        var center = Position(0, 0)
        var sweep = 0.0
        if start.x == end.x && start.y == end.y {
            // A full circle; the middle position lies opposite.
            center = Position((start.x + middle.x) / 2, (start.y + middle.y) / 2)
            sweep = -2 * Double.pi
        } else {
            let (ax, ay) = (middle.x - start.x, middle.y - start.y)
            let (bx, by) = (end.x - start.x, end.y - start.y)
            let double = 2 * (ax * by - ay * bx)
            let (a2, b2) = (ax * ax + ay * ay, bx * bx + by * by)
            center = Position(
                start.x + (by * a2 - ay * b2) / double, start.y + (ax * b2 - bx * a2) / double)
            let first = atan2(start.y - center.y, start.x - center.x)
            sweep = atan2(end.y - center.y, end.x - center.x) - first
            if double > 0 && sweep < 0 { sweep += 2 * Double.pi }
            if double < 0 && sweep > 0 { sweep -= 2 * Double.pi }
            // Positions on one line, or as good as: the circle has no centre to speak of.
            if !center.isFinite || abs(double) <= 1e-12 * (a2 + b2) {
                line.append(middle)
                line.append(end)
                return
            }
        }
        let radius = hypot(start.x - center.x, start.y - center.y)
        let first = atan2(start.y - center.y, start.x - center.x)
        guard sweep.isFinite, radius.isFinite else {
            line.append(middle)
            line.append(end)
            return
        }
        let steps = max(1, Int((abs(sweep) / (Double.pi / 45)).rounded(.up)))
        for step in 1..<max(1, steps) {
            let share = Double(step) / Double(steps)
            let angle = first + sweep * share
            let z = start.z.flatMap { z in end.z.map { z + ($0 - z) * share } }
            line.append(Position(center.x + radius * cos(angle), center.y + radius * sin(angle), z))
        }
        line.append(end)
    }
}
