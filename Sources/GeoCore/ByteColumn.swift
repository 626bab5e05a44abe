/// Many byte strings in one buffer: row `i` is `bytes[offsets[i] ..< offsets[i + 1]]`.
public struct ByteColumn: Sendable, Equatable {
    /// All rows, one after the other.
    public private(set) var bytes: [UInt8] = []
    /// Start of each row, and the end of the last: `count + 1` numbers.
    public private(set) var offsets: [Int] = [0]

    /// Makes an empty column.
    public init() {}

    /// Number of rows.
    public var count: Int { offsets.count - 1 }

    /// Reserves room for rows and bytes.
    public mutating func reserveCapacity(rows: Int, bytes byteCount: Int) {
        offsets.reserveCapacity(rows + 1)
        bytes.reserveCapacity(byteCount)
    }

    /// Adds one row.
    public mutating func append(_ row: some Sequence<UInt8>) {
        bytes.append(contentsOf: row)
        offsets.append(bytes.count)
    }

    /// Adds one row that `write` appends to the shared buffer; on an error the row is taken back.
    public mutating func appendRow(_ write: (inout [UInt8]) throws -> Void) rethrows {
        do {
            try write(&bytes)
            offsets.append(bytes.count)
        } catch {
            bytes.removeLast(bytes.count - offsets[offsets.count - 1])
            throw error
        }
    }

    /// The bytes of one row.
    public subscript(row: Int) -> ArraySlice<UInt8> { bytes[offsets[row]..<offsets[row + 1]] }

    /// Removes all rows and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        offsets.append(0)
    }
}
