import Foundation

/// A file that is read in pieces at any place, through one window of memory.
final class RandomAccessFile {
    /// Size in bytes when the file was opened.
    let size: Int
    private let handle: FileHandle
    private var window: [UInt8] = []
    private var windowStart = 0
    private static let windowSize = 1 << 18

    /// Opens the file for reading.
    ///
    /// - Throws: ``FormatError`` with code `unreadable`; `name` is what the message calls the file.
    init(path: String, name: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path), let end = try? handle.seekToEnd(),
            let size = Int(exactly: end)
        else { throw FormatError(code: "unreadable", message: "\(name) cannot be opened.") }
        self.handle = handle
        self.size = size
    }

    deinit { try? handle.close() }

    /// The bytes from `offset` on; fewer than `count` at the end of the file, none outside of it.
    func read(at offset: Int, count: Int) throws -> ArraySlice<UInt8> {
        guard offset >= 0, offset < size, count > 0 else { return [] }
        let end = min(size, offset + min(count, size))
        if offset < windowStart || end > windowStart + window.count {
            do {
                try handle.seek(toOffset: UInt64(offset))
                window = [UInt8](try handle.read(upToCount: max(end - offset, Self.windowSize)) ?? Data())
            } catch {
                throw FormatError(code: "unreadable", message: "The file cannot be read on.", offset: offset)
            }
            windowStart = offset
        }
        let first = offset - windowStart
        return window[first..<min(window.count, first + (end - offset))]
    }
}

/// Numbers at places of a byte string; places outside give `nil`.
struct ByteFields {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var count: Int { bytes.count }

    func byte(_ offset: Int) -> UInt8? {
        offset >= 0 && offset < bytes.count ? bytes[bytes.startIndex + offset] : nil
    }

    func little16(_ offset: Int) -> Int? {
        guard let low = byte(offset), let high = byte(offset + 1) else { return nil }
        return Int(low) | Int(high) << 8
    }

    /// A signed 32-bit integer, least byte first.
    func little32(_ offset: Int) -> Int? {
        guard let low = little16(offset), let high = little16(offset + 2) else { return nil }
        return Int(Int32(truncatingIfNeeded: low | high << 16))
    }

    /// A signed 32-bit integer, greatest byte first.
    func big32(_ offset: Int) -> Int? {
        guard let value = little32(offset) else { return nil }
        return Int(Int32(truncatingIfNeeded: value).byteSwapped)
    }

    /// An IEEE double, least byte first.
    func double(_ offset: Int) -> Double? {
        guard offset >= 0, offset <= bytes.count - 8 else { return nil }
        var bits: UInt64 = 0
        for index in 0..<8 { bits |= UInt64(bytes[bytes.startIndex + offset + index]) << UInt64(index * 8) }
        return Double(bitPattern: bits)
    }
}
