/// Moves through well-known binary; every read is checked against the bytes that are there.
struct WKBCursor {
    /// One geometry header: its type, 1 to 7, and the ordinates of its positions.
    struct Header {
        var type: UInt32
        var hasZ: Bool
        var hasM: Bool
        var littleEndian: Bool
        var srid: UInt32?
        /// Bytes of one position.
        var positionSize: Int { 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0) }
    }

    let bytes: ArraySlice<UInt8>
    var offset: Int
    let start: Int
    var positions = 0
    let maximumPositions: Int

    init(_ bytes: ArraySlice<UInt8>, maximumPositions: Int) {
        self.bytes = bytes
        offset = bytes.startIndex
        start = bytes.startIndex
        self.maximumPositions = maximumPositions
    }

    var left: Int { bytes.endIndex - offset }

    func fault(_ code: WKBError.Code, _ message: String) -> WKBError {
        WKBError(code: code, offset: offset - start, message: message)
    }

    @inline(__always)
    mutating func uint32(littleEndian: Bool) throws(WKBError) -> UInt32 {
        guard left >= 4 else { throw fault(.truncated, "The geometry ends too early.") }
        var value: UInt32 = 0
        for k in 0..<4 { value = value << 8 | UInt32(bytes[offset + (littleEndian ? 3 - k : k)]) }
        offset += 4
        return value
    }

    @inline(__always)
    mutating func double(littleEndian: Bool) -> Double {
        var value: UInt64 = 0
        if littleEndian {
            for k in 0..<8 { value |= UInt64(bytes[offset + k]) << UInt64(8 * k) }
        } else {
            for k in 0..<8 { value = value << 8 | UInt64(bytes[offset + k]) }
        }
        offset += 8
        return Double(bitPattern: value)
    }

    /// A count of parts that each need at least `size` bytes.
    mutating func count(_ header: Header, size: Int) throws(WKBError) -> Int {
        let count = Int(try uint32(littleEndian: header.littleEndian))
        guard count <= left / size else {
            throw fault(.truncated, "The geometry says it has \(count) parts, more than its bytes can hold.")
        }
        return count
    }

    /// The header of the next geometry.
    mutating func header(parent: Header? = nil) throws(WKBError) -> Header {
        guard left >= 5 else { throw fault(.truncated, "The geometry ends too early.") }
        let order = bytes[offset]
        guard order <= 1 else { throw fault(.badByteOrder, "The byte order must be 0 or 1, not \(order).") }
        offset += 1
        var type = try uint32(littleEndian: order == 1)
        var header = Header(type: 0, hasZ: false, hasM: false, littleEndian: order == 1)
        header.hasZ = type & 0x8000_0000 != 0
        header.hasM = type & 0x4000_0000 != 0
        if type & 0x2000_0000 != 0 { header.srid = try uint32(littleEndian: order == 1) }
        type &= 0x1FFF_FFFF
        switch type / 1000 {
        case 1: header.hasZ = true
        case 2: header.hasM = true
        case 3:
            header.hasZ = true
            header.hasM = true
        default: break
        }
        header.type = type % 1000
        guard type < 4000, (1...7).contains(header.type) else {
            let name = type < 4000 ? Self.refusedTypes[header.type] : nil
            let shown = name.map { "\($0) (\(type))" } ?? "\(type)"
            throw fault(.unsupportedType, "The geometry type \(shown) is not supported; convert curves to lines.")
        }
        return header
    }

    private static let refusedTypes: [UInt32: String] = [
        0: "Geometry", 8: "CircularString", 9: "CompoundCurve", 10: "CurvePolygon", 11: "MultiCurve",
        12: "MultiSurface", 13: "Curve", 14: "Surface", 15: "PolyhedralSurface", 16: "TIN", 17: "Triangle",
    ]

    /// One position; `nil` where all ordinates are NaN, which stands for an empty point.
    @inline(__always)
    mutating func position(_ header: Header) throws(WKBError) -> Position? {
        guard left >= header.positionSize else { throw fault(.truncated, "The geometry ends too early.") }
        positions += 1
        if positions > maximumPositions { throw fault(.tooManyPositions, "The geometry has too many positions.") }
        let x = double(littleEndian: header.littleEndian)
        let y = double(littleEndian: header.littleEndian)
        var z: Double?
        if header.hasZ { z = double(littleEndian: header.littleEndian) }
        if header.hasM { offset += 8 }
        if x.isNaN, y.isNaN { return nil }
        // Shapefiles and PostGIS mark a height that is not known as NaN.
        if let height = z, height.isNaN { z = nil }
        guard x.isFinite, y.isFinite, z?.isFinite ?? true else {
            throw fault(.notFinite, "A position of the geometry is not finite.")
        }
        return Position(x, y, z)
    }

    @inline(__always)
    mutating func fullPosition(_ header: Header) throws(WKBError) -> Position {
        guard let position = try position(header) else {
            throw fault(.notFinite, "A position of the geometry is not finite.")
        }
        return position
    }
}
