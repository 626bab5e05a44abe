import Foundation
public import GeoCore

/// Where a table keeps its coordinates; what is not given is recognised by the names of the columns.
public struct CSVMapping: Sendable, Hashable {
    /// Column of longitude or easting.
    public var x: String?
    /// Column of latitude or northing.
    public var y: String?
    /// Column of geometries in WKT.
    public var wkt: String?
    /// Character between cells; recognised when `nil`.
    public var delimiter: Character?

    /// Makes a mapping.
    public init(x: String? = nil, y: String? = nil, wkt: String? = nil, delimiter: Character? = nil) {
        self.x = x
        self.y = y
        self.wkt = wkt
        self.delimiter = delimiter
    }
}

/// Reads tables with coordinates: any usual delimiter and encoding, decimal comma, coordinates in two columns, in one,
/// or as WKT.
///
/// What was recognised stands in the notes. Attributes stay the texts that the cells hold, numbers too: `01067` is a
/// postcode and `1.5` may be a date, and only the person who knows the table can tell. Empty cells become `null`. A column
/// without a name is called `column_` and its place, and a name that occurs again gets `_2`, `_3` and so on.
public final class CSVReader: FeatureReader {
    /// What was recognised.
    public private(set) var source: SourceDescription

    private let bytes: ByteSource
    private let dialect: CSVDialect
    private var parser: CSVRowParser
    private var rest: [UInt8] = []
    private var isAtEnd = false
    private var row = 0
    private let header: [String]
    private let place: CSVPlace

    /// Opens a table and reads its header.
    ///
    /// - Throws: ``FormatError`` when there is no header, or the mapping names a column that is not there.
    public init(path: String, mapping: CSVMapping = CSVMapping(), encoding: String? = nil) throws {
        bytes = try ByteSource(path: path)
        let first = try bytes.next()
        dialect = CSVDialect(
            head: Array(first.prefix(1 << 16)), encoding: encoding, delimiter: mapping.delimiter?.asciiValue)
        parser = CSVRowParser(delimiter: dialect.delimiter)
        parser.append(dialect.utf8(Array(first.dropFirst(dialect.byteOrderMark)), rest: &rest))
        var header: [String]?
        while header == nil {
            header = try parser.next(atEnd: isAtEnd)
            if header == nil {
                if isAtEnd { throw FormatError(code: "empty", message: "The table has no header.") }
                let chunk = try bytes.next()
                if chunk.isEmpty { isAtEnd = true } else { parser.append(dialect.utf8(chunk, rest: &rest)) }
            }
        }
        let names = Self.distinct((header ?? []).map { $0.trimmingCharacters(in: .whitespaces) })
        guard names.count <= 2000, names.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw FormatError(code: "notCSV", message: "The file is no table of text.")
        }
        self.header = names
        let place = try CSVPlace(header: names, mapping: mapping)
        self.place = place
        source = SourceDescription(
            format: "CSV", crs: place.crs,
            fields: names.indices.filter { !place.columns.contains($0) }.map {
                LayerField(name: names[$0], type: .string)
            })
        let sign = dialect.delimiter == 0x09 ? "tab" : String(UnicodeScalar(dialect.delimiter))
        source.notes = ["encoding \(dialect.encoding.rawValue)", "delimiter \(sign)", place.note(names)]
        row = 1
    }

    /// Share of the file read so far.
    public var fractionRead: Double? { bytes.fractionRead }

    /// The next rows.
    ///
    /// - Throws: ``FormatError`` when the table cannot be read on.
    public func next() throws -> FeatureBatch? {
        var batch = FeatureBatch()
        var properties = PropertyObject()
        while batch.count + batch.rejections.count < FeatureBatch.preferredCount {
            guard let cells = try nextRow() else { break }
            row += 1
            guard cells.count == header.count else {
                batch.rejections.append(
                    RowRejection(
                        row: row, code: "cellCount",
                        reason: "the row has \(cells.count) cells, the header \(header.count)"))
                continue
            }
            let geometry: Geometry?
            do {
                geometry = try place.geometry(cells)
            } catch {
                batch.rejections.append(
                    RowRejection(
                        row: row, field: header[error.column], code: error.code, reason: error.reason))
                continue
            }
            properties.reset()
            for (index, cell) in cells.enumerated() where !place.columns.contains(index) {
                if cell.isEmpty { properties.addNull(header[index]) } else { properties.add(header[index], cell) }
            }
            properties.close()
            batch.append(row: row, identifier: nil, geometry: geometry, properties: properties.bytes)
        }
        return batch.isEmpty ? nil : batch
    }

    /// Names for every column, none twice: an object with two members of one name is no good JSON.
    private static func distinct(_ names: [String]) -> [String] {
        let original = Set(names)
        var taken: Set<String> = []
        var counts: [String: Int] = [:]
        return names.enumerated().map { index, name in
            let base = name.isEmpty ? "column_\(index + 1)" : name
            var unique = base
            while taken.contains(unique) || (unique != name && original.contains(unique)) {
                counts[base, default: 1] += 1
                unique = "\(base)_\(counts[base, default: 1])"
            }
            taken.insert(unique)
            return unique
        }
    }

    private func nextRow() throws -> [String]? {
        while true {
            if let cells = try parser.next(atEnd: isAtEnd) { return cells }
            if isAtEnd { return nil }
            let chunk = try bytes.next()
            if chunk.isEmpty { isAtEnd = true } else { parser.append(dialect.utf8(chunk, rest: &rest)) }
        }
    }
}
