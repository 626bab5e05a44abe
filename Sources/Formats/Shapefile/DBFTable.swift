/// The attribute table of a Shapefile: dBASE III and its successors, without memo files.
final class DBFTable {
    /// One column of the table.
    struct Column {
        var field: LayerField
        /// Type letter of dBASE.
        var kind: UInt8
        /// Place in the record, after the deletion mark.
        var offset: Int
        var length: Int
    }

    /// Number of records, deleted ones included.
    let count: Int
    /// The columns that can be read.
    let columns: [Column]
    /// The encoding of texts and names.
    let encoding: DBFEncoding
    /// What was decided about encoding and columns, for people.
    let notes: [String]

    private let file: RandomAccessFile
    private let headLength: Int
    private let recordLength: Int
    /// Bytes that are looked at to tell UTF-8 from Windows-1252 when nothing else says the encoding.
    private static let sampledBytes = 32_000_000

    /// Opens the table and reads its head.
    ///
    /// - Parameters:
    ///   - path: Path of the `.dbf` file.
    ///   - encoding: Encoding that the user chose; wins over everything.
    ///   - codePage: Content of the `.cpg` file.
    /// - Throws: ``FormatError`` when the table is no dBASE table or truncated.
    init(path: String, encoding chosen: DBFEncoding?, codePage: String?) throws {
        file = try RandomAccessFile(path: path, name: "The .dbf file")
        if file.size == 0 { throw FormatError(code: "empty", message: "The .dbf file is empty.") }
        let head = ByteFields(try file.read(at: 0, count: 32))
        guard head.count == 32, let declared = head.little32(4), let headLength = head.little16(8),
            let recordLength = head.little16(10)
        else { throw FormatError(code: "truncated", message: "The .dbf file is truncated.", offset: file.size) }
        let count = Int(UInt32(truncatingIfNeeded: declared))
        guard headLength >= 32, recordLength >= 1, headLength <= file.size else { throw Self.invalid }
        guard count <= (file.size - headLength) / recordLength else {
            throw FormatError(
                code: "truncated", message: "The .dbf file is truncated: its head tells of \(count) records.",
                offset: file.size)
        }
        let file = self.file
        self.count = count
        self.headLength = headLength
        self.recordLength = recordLength
        let descriptors = try Self.descriptors(file, headLength: headLength, recordLength: recordLength)
        var notes: [String] = []
        encoding = try Self.decideEncoding(
            chosen: chosen, codePage: codePage, languageDriver: head.byte(29) ?? 0, notes: &notes
        ) {
            try Self.isUTF8(
                file, descriptors.filter { $0.kind == UInt8(ascii: "C") }, headLength, recordLength, count: count)
        }
        columns = Self.columns(descriptors, encoding: encoding, notes: &notes)
        self.notes = notes
    }

    private typealias Descriptor = (name: ArraySlice<UInt8>, kind: UInt8, offset: Int, length: Int, decimals: Int)

    private static var invalid: FormatError {
        FormatError(code: "invalidTable", message: "The .dbf file is damaged or no dBASE table.")
    }

    private static func descriptors(
        _ file: RandomAccessFile, headLength: Int, recordLength: Int
    ) throws -> [Descriptor] {
        var descriptors: [Descriptor] = []
        var offset = 1
        for place in stride(from: 32, to: max(32, headLength - 31), by: 32) {
            let bytes = try file.read(at: place, count: 32)
            guard bytes.count == 32, let first = bytes.first, first != 0x0D else { break }
            let fields = ByteFields(bytes)
            let kind = fields.byte(11) ?? 0
            let length = Int(fields.byte(16) ?? 0)
            guard kind >= 0x20, offset + length <= recordLength else { throw invalid }
            descriptors.append(
                (bytes.prefix(11).prefix { $0 != 0 }, kind, offset, length, Int(fields.byte(17) ?? 0)))
            offset += length
        }
        return descriptors
    }

    private static func columns(
        _ descriptors: [Descriptor], encoding: DBFEncoding, notes: inout [String]
    ) -> [Column] {
        var columns: [Column] = []
        var names: Set<String> = []
        for descriptor in descriptors {
            var name = encoding.decode(descriptor.name).trimmed
            guard let type = fieldType(descriptor) else {
                notes.append("The column \(name) is of a type that is not read, and left out.")
                continue
            }
            if name.isEmpty { name = "field" }
            let plain = name
            var number = 1
            while !names.insert(name).inserted {
                number += 1
                name = "\(plain)_\(number)"
            }
            columns.append(
                Column(
                    field: LayerField(name: name, type: type), kind: descriptor.kind, offset: descriptor.offset,
                    length: descriptor.length))
        }
        return columns
    }

    private static func fieldType(_ descriptor: Descriptor) -> FieldType? {
        switch descriptor.kind {
        case UInt8(ascii: "C"): .string
        case UInt8(ascii: "N"), UInt8(ascii: "F"):
            descriptor.decimals == 0 && descriptor.length < 19 ? .integer : .real
        case UInt8(ascii: "D"): .date
        case UInt8(ascii: "L"): .boolean
        default: nil
        }
    }

    private static func decideEncoding(
        chosen: DBFEncoding?, codePage: String?, languageDriver: UInt8, notes: inout [String], isUTF8: () throws -> Bool
    ) throws -> DBFEncoding {
        if let chosen {
            notes.append("Texts are read as \(chosen.rawValue), as chosen.")
            return chosen
        }
        if let codePage {
            if let encoding = DBFEncoding(name: codePage) {
                notes.append("Texts are read as \(encoding.rawValue), as the .cpg file says.")
                return encoding
            }
            notes.append("The .cpg file names an encoding that is not known.")
        } else if let encoding = DBFEncoding(languageDriver: languageDriver) {
            // Writers of UTF-8 often leave the identifier of Windows-1252; plain ASCII is the same in both.
            notes.append("Texts are read as \(encoding.rawValue), as the head of the .dbf file says.")
            return encoding
        }
        let encoding: DBFEncoding = try isUTF8() ? .utf8 : .windows1252
        notes.append("Nothing says how texts are encoded; they are read as \(encoding.rawValue) by their bytes.")
        return encoding
    }

    private static func isUTF8(
        _ file: RandomAccessFile, _ texts: [Descriptor], _ headLength: Int, _ recordLength: Int, count: Int
    ) throws -> Bool {
        for record in 0..<min(count, sampledBytes / recordLength) {
            let bytes = try file.read(at: headLength + record * recordLength, count: recordLength)
            guard bytes.contains(where: { $0 >= 0x80 }), bytes.count == recordLength else { continue }
            for text in texts {
                let start = bytes.startIndex + text.offset
                let value = DBFEncoding.withoutCutCharacter(bytes[start..<start + text.length].trimmed)
                if String(validating: value, as: UTF8.self) == nil { return false }
            }
        }
        return true
    }

    /// Adds the attributes of a record, counted from 0, to the object; `false` for records marked as deleted.
    func addRecord(_ record: Int, to properties: inout PropertyObject) throws -> Bool {
        let bytes = try file.read(at: headLength + record * recordLength, count: recordLength)
        guard bytes.count == recordLength, let mark = bytes.first else {
            throw FormatError(code: "truncated", message: "The .dbf file ends before its last record.")
        }
        if mark == UInt8(ascii: "*") { return false }
        for column in columns {
            let start = bytes.startIndex + column.offset
            add(column, bytes[start..<start + column.length].trimmed, to: &properties)
        }
        return true
    }

    private func add(_ column: Column, _ value: ArraySlice<UInt8>, to properties: inout PropertyObject) {
        let name = column.field.name
        switch column.field.type {
        case .string where !value.isEmpty: properties.add(name, encoding.decode(value))
        case .integer:
            let text = String(decoding: value, as: UTF8.self)
            if let number = Int64(text) {
                properties.add(name, number)
            } else if let number = Double(text), number.isFinite {
                properties.add(name, number)
            } else {
                properties.addNull(name)
            }
        case .real:
            // Some writers put a decimal comma.
            let text = String(decoding: value.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
            if let number = Double(text), number.isFinite {
                properties.add(name, number)
            } else {
                properties.addNull(name)
            }
        case .date where Self.isDate(value):
            let text = String(decoding: value, as: UTF8.self)
            properties.add(name, "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
        case .boolean where value.count == 1 && "YyTt".utf8.contains(value[value.startIndex]):
            properties.add(name, true)
        case .boolean where value.count == 1 && "NnFf".utf8.contains(value[value.startIndex]):
            properties.add(name, false)
        default: properties.addNull(name)
        }
    }

    private static func isDate(_ value: ArraySlice<UInt8>) -> Bool {
        guard value.count == 8, value.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
        let digits = value.map { Int($0) - 0x30 }
        let (month, day) = (digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
        return (1...12).contains(month) && (1...31).contains(day)
    }
}

extension ArraySlice<UInt8> {
    /// Without the spaces and zero bytes that fill a field.
    fileprivate var trimmed: ArraySlice<UInt8> {
        let end = lastIndex { $0 != 0x20 && $0 != 0 }.map { $0 + 1 } ?? startIndex
        let start = self[..<end].firstIndex { $0 != 0x20 } ?? end
        return self[start..<end]
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
