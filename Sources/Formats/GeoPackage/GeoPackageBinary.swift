import GeoCore

/// The header of a geometry in a GeoPackage, in front of its WKB.
///
/// Source: OGC 12-128r18 (GeoPackage 1.3), section 2.1.3, "GeoPackage geometry encoding".
struct GeoPackageBinary: Equatable {
    /// Identifier in `gpkg_spatial_ref_sys`.
    var srsID: Int32
    /// Whether the writer says that the geometry is empty.
    var isEmpty: Bool
    /// Where the WKB begins.
    var wkbOffset: Int

    /// Reads the header.
    ///
    /// - Throws: ``FormatError`` with code `invalidGeometry` when the header is broken or not of version 1.
    init(_ bytes: [UInt8]) throws {
        guard bytes.count >= 8, bytes[0] == UInt8(ascii: "G"), bytes[1] == UInt8(ascii: "P") else {
            throw Self.invalid("The geometry does not begin with the header of GeoPackage.")
        }
        guard bytes[2] == 0 else { throw Self.invalid("The geometry has an unknown version.") }
        let flags = bytes[3]
        guard flags & 0b0010_0000 == 0 else { throw Self.invalid("The geometry is of an extended type.") }
        let envelopeSizes = [0, 32, 48, 48, 64]
        let envelope = Int(flags >> 1 & 0b111)
        guard envelope < envelopeSizes.count else { throw Self.invalid("The geometry has an unknown envelope.") }
        wkbOffset = 8 + envelopeSizes[envelope]
        guard wkbOffset <= bytes.count else { throw Self.invalid("The geometry is cut off.") }
        isEmpty = flags & 0b0001_0000 != 0
        var id: UInt32 = 0
        for index in 0..<4 {
            let shift = flags & 1 == 1 ? UInt32(index) * 8 : UInt32(3 - index) * 8
            id |= UInt32(bytes[4 + index]) << shift
        }
        srsID = Int32(bitPattern: id)
    }

    /// The header in front of a geometry that is not empty; with its box where that is more than a point.
    static func header(srsID: Int32, box: BoundingBox) -> [UInt8] {
        let isPoint = box.minX == box.maxX && box.minY == box.maxY
        var bytes: [UInt8] = [UInt8(ascii: "G"), UInt8(ascii: "P"), 0, isPoint ? 0b0001 : 0b0011]
        func append(_ pattern: some FixedWidthInteger) {
            for shift in stride(from: 0, to: pattern.bitWidth, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
            }
        }
        append(srsID)
        if !isPoint { for value in [box.minX, box.maxX, box.minY, box.maxY] { append(value.bitPattern) } }
        return bytes
    }

    private static func invalid(_ message: String) -> FormatError {
        FormatError(code: "invalidGeometry", message: message)
    }
}
