/// Divides UTF-8 text into rows of cells as RFC 4180 says; quoted cells may hold line breaks.
struct CSVRowParser {
    private let delimiter: UInt8
    private var buffer: [UInt8] = []
    private var start = 0
    private static let rowLimit = 16 << 20

    init(delimiter: UInt8) { self.delimiter = delimiter }

    mutating func append(_ bytes: [UInt8]) {
        buffer.removeFirst(start)
        start = 0
        buffer += bytes
    }

    /// The next row; `nil` when more bytes are needed, or there are none at the end.
    ///
    /// - Throws: ``FormatError`` for a row of more than 16 MiB, which an unclosed quote makes.
    mutating func next(atEnd: Bool) throws -> [String]? {
        while true {
            guard start < buffer.count else { return nil }
            var cells: [String] = []
            var cell: [UInt8] = []
            var quoted = false
            var index = start
            var isComplete = false
            while index < buffer.count {
                let byte = buffer[index]
                index += 1
                if quoted {
                    if byte == 0x22 {
                        if index < buffer.count, buffer[index] == 0x22 {
                            cell.append(0x22)
                            index += 1
                        } else {
                            quoted = false
                        }
                    } else {
                        cell.append(byte)
                    }
                } else if byte == 0x22, cell.isEmpty {
                    quoted = true
                } else if byte == delimiter {
                    cells.append(String(decoding: cell, as: UTF8.self))
                    cell.removeAll(keepingCapacity: true)
                } else if byte == 0x0A || byte == 0x0D {
                    if byte == 0x0D {
                        guard index < buffer.count || atEnd else { break }
                        if index < buffer.count, buffer[index] == 0x0A { index += 1 }
                    }
                    isComplete = true
                    break
                } else {
                    cell.append(byte)
                }
            }
            if !isComplete && !atEnd {
                guard index - start < Self.rowLimit else {
                    throw FormatError(
                        code: "unclosedQuote", message: "A row is longer than 16 MiB; is a quote not closed?")
                }
                return nil
            }
            start = index
            cells.append(String(decoding: cell, as: UTF8.self))
            if cells.count == 1, cells[0].isEmpty { continue }
            return cells
        }
    }
}
