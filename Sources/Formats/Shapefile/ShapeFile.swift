import GeoCore

/// The main file and the index of a Shapefile (`.shp`, `.shx`).
///
/// Every count and place is checked against the bytes that are there. Source: ESRI Shapefile Technical Description,
/// July 1998.
final class ShapeFile {
    /// Shape type of the file: 1, 3, 5, 8 and the same plus 10 (Z) or 20 (M).
    let shapeType: Int
    /// Number of records in the index.
    let count: Int

    private let main: RandomAccessFile
    private let index: RandomAccessFile
    /// More parts than this in one record are refused; the assignment of holes takes the square of the number.
    private static let maximumParts = 20_000

    /// Opens both files and checks their heads.
    ///
    /// - Throws: ``FormatError`` when a file is missing, truncated or no Shapefile, or holds multipatches.
    init(mainPath: String, indexPath: String) throws {
        main = try RandomAccessFile(path: mainPath, name: "The .shp file")
        index = try RandomAccessFile(path: indexPath, name: "The .shx file")
        shapeType = try Self.checkHead(of: main, name: ".shp")
        _ = try Self.checkHead(of: index, name: ".shx")
        let names = [0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28]
        if shapeType == 31 {
            throw FormatError(code: "unsupportedGeometry", message: "The Shapefile holds multipatches (3D surfaces).")
        }
        guard names.contains(shapeType) else {
            throw FormatError(code: "invalidShapefile", message: "The .shp file names an unknown type of shapes.")
        }
        count = (index.size - 100) / 8
    }

    private static func checkHead(of file: RandomAccessFile, name: String) throws -> Int {
        if file.size == 0 { throw FormatError(code: "empty", message: "The \(name) file is empty.") }
        let head = ByteFields(try file.read(at: 0, count: 100))
        guard head.count == 100, let words = head.big32(24), let type = head.little32(32) else {
            throw FormatError(code: "truncated", message: "The \(name) file is truncated.", offset: file.size)
        }
        guard head.big32(0) == 9994 else {
            throw FormatError(
                code: "invalidShapefile", message: "The \(name) file is no part of a Shapefile.", offset: 0)
        }
        guard words * 2 <= file.size else {
            throw FormatError(
                code: "truncated",
                message: "The \(name) file is truncated: its head tells of \(words * 2) bytes, there are \(file.size).",
                offset: file.size)
        }
        return type
    }

    /// The geometry of a record, counted from 0; `nil` for null shapes.
    ///
    /// - Throws: ``FormatError`` with code `invalidRecord` or `invalidGeometry`; other records may still be read.
    func geometry(_ record: Int) throws -> Geometry? {
        let entry = ByteFields(try index.read(at: 100 + record * 8, count: 8))
        guard let words = entry.big32(0), let offset = Optional(words * 2), offset >= 100 || words == 0 else {
            throw Self.invalidRecord
        }
        if words == 0 { return nil }
        let head = ByteFields(try main.read(at: offset, count: 8))
        guard let contentWords = head.big32(4), contentWords >= 2, contentWords * 2 <= main.size - offset - 8 else {
            throw Self.invalidRecord
        }
        let content = ByteFields(try main.read(at: offset + 8, count: contentWords * 2))
        guard content.count == contentWords * 2, let type = content.little32(0) else { throw Self.invalidRecord }
        if type == 0 { return nil }
        guard type == shapeType || (type < 30 && type % 10 == shapeType % 10) else {
            throw FormatError(
                code: "invalidRecord", message: "The shape is of another type than the file.", row: record + 1)
        }
        return try Self.decode(content, type: type)
    }

    private static var invalidRecord: FormatError {
        FormatError(code: "invalidRecord", message: "The record is damaged: it points outside of the file.")
    }

    private static var invalidGeometry: FormatError {
        FormatError(code: "invalidGeometry", message: "The shape is damaged: its counts do not fit its size.")
    }

    private static func decode(_ content: ByteFields, type: Int) throws -> Geometry? {
        let hasZ = type / 10 == 1
        switch type % 10 {
        case 1:
            guard let x = content.double(4), let y = content.double(12) else { throw invalidGeometry }
            let z = hasZ ? content.double(20) : nil
            return .point(try position(x, y, z))
        case 8:
            let points = try positions(content, countAt: 36, pointsAt: 40, hasZ: hasZ)
            return points.isEmpty ? nil : .multiPoint(points)
        default:
            let parts = try parts(content, hasZ: hasZ)
            if parts.isEmpty { return nil }
            if type % 10 == 5 { return RingAssembly.polygons(of: parts) }
            return parts.count == 1 ? .lineString(parts[0]) : .multiLineString(parts)
        }
    }

    private static func parts(_ content: ByteFields, hasZ: Bool) throws -> [[Position]] {
        guard let count = content.little32(36), count >= 0, count <= (content.count - 44) / 4 else {
            throw invalidGeometry
        }
        guard count <= maximumParts else {
            throw FormatError(code: "tooManyParts", message: "The shape has more than \(maximumParts) parts.")
        }
        let points = try positions(content, countAt: 40, pointsAt: 44 + count * 4, hasZ: hasZ)
        var parts: [[Position]] = []
        for part in 0..<count {
            guard let start = content.little32(44 + part * 4) else { throw invalidGeometry }
            let end = part + 1 < count ? content.little32(48 + part * 4) ?? -1 : points.count
            guard start >= 0, start <= end, end <= points.count else { throw invalidGeometry }
            if start < end { parts.append(Array(points[start..<end])) }
        }
        return parts
    }

    private static func positions(
        _ content: ByteFields, countAt: Int, pointsAt: Int, hasZ: Bool
    ) throws -> [Position] {
        guard let count = content.little32(countAt), count >= 0, count <= max(0, content.count - pointsAt) / 16 else {
            throw invalidGeometry
        }
        // After the points: least and greatest Z, then the Z of each point.
        let zAt = pointsAt + count * 16 + 16
        var points: [Position] = []
        points.reserveCapacity(count)
        for index in 0..<count {
            guard let x = content.double(pointsAt + index * 16), let y = content.double(pointsAt + index * 16 + 8)
            else {
                throw invalidGeometry
            }
            points.append(try position(x, y, hasZ ? content.double(zAt + index * 8) : nil))
        }
        return points
    }

    private static func position(_ x: Double, _ y: Double, _ z: Double?) throws -> Position {
        guard x.isFinite, y.isFinite else {
            throw FormatError(code: "nonFiniteCoordinate", message: "The shape has a coordinate that is no number.")
        }
        // Values below −10^38 mean "no data".
        return Position(x, y, z.flatMap { $0.isFinite && $0 > -1e38 ? $0 : nil })
    }
}
