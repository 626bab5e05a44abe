internal import CZlib
import Foundation

/// The bytes of a file in chunks, unpacked when it is gzip.
final class ByteSource {
    private static let chunkSize = 1 << 20
    /// Most that a packed file may unpack to for each packed byte: beyond, it is an attack.
    private static let ratioLimit = 1100

    private let file: FileHandle
    private let size: Int
    private var read = 0
    private var unpacked = 0
    private var inflater: Inflater?

    /// Opens a file.
    ///
    /// - Throws: ``FormatError`` when it is not there, empty, or packed in a way we do not read.
    init(path: String) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes, let file = FileHandle(forReadingAtPath: path) else {
            throw FormatError(code: "notFound", message: "The file does not exist or cannot be read.")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw FormatError(code: "notFound", message: "This is no file.")
        }
        self.file = file
        size = attributes[.size] as? Int ?? 0
        guard size > 0 else { throw FormatError(code: "empty", message: "The file is empty.") }
        let magic = [UInt8](try file.read(upToCount: 4) ?? Data())
        try file.seek(toOffset: 0)
        if magic == [0x28, 0xB5, 0x2F, 0xFD] {
            throw FormatError(code: "packed", message: "Zstandard files are not read; unpack it first with `zstd -d`.")
        }
        if magic.starts(with: [0x1F, 0x8B]) { inflater = try Inflater() }
    }

    deinit { try? file.close() }

    /// Share of the file read so far.
    var fractionRead: Double { size > 0 ? min(1, Double(read) / Double(size)) : 1 }

    /// The next bytes; empty at the end.
    ///
    /// - Throws: ``FormatError`` when the file is cut off or damaged.
    func next() throws -> [UInt8] {
        while true {
            guard let chunk = try file.read(upToCount: Self.chunkSize), !chunk.isEmpty else {
                if let inflater, !inflater.isAtEnd {
                    throw FormatError(code: "truncated", message: "The gzip file is cut off.")
                }
                return []
            }
            read += chunk.count
            guard let inflater else { return [UInt8](chunk) }
            let bytes = try inflater.unpack([UInt8](chunk))
            unpacked += bytes.count
            guard unpacked <= read * Self.ratioLimit else {
                throw FormatError(code: "tooLarge", message: "The gzip file unpacks to more than is sensible.")
            }
            if !bytes.isEmpty { return bytes }
        }
    }
}

/// Unpacks gzip, several members in a row included.
private final class Inflater {
    private var stream = z_stream()
    private(set) var isAtEnd = false

    init() throws {
        guard mitplan_inflateInit2(&stream, 15 + 32) == Z_OK else {
            throw FormatError(code: "failed", message: "The file cannot be unpacked.")
        }
    }

    deinit { inflateEnd(&stream) }

    func unpack(_ chunk: [UInt8]) throws -> [UInt8] {
        var result: [UInt8] = []
        var input = chunk
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        try input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            repeat {
                if isAtEnd {
                    guard stream.avail_in > 0 else { return }
                    inflateReset(&stream)
                    isAtEnd = false
                }
                var produced = 0
                let code = buffer.withUnsafeMutableBufferPointer { output in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    let code = inflate(&stream, Z_NO_FLUSH)
                    produced = output.count - Int(stream.avail_out)
                    return code
                }
                result.append(contentsOf: buffer[..<produced])
                if code == Z_STREAM_END {
                    isAtEnd = true
                } else if code == Z_BUF_ERROR {
                    return
                } else if code != Z_OK {
                    throw FormatError(code: "damaged", message: "The gzip file is damaged.")
                }
            } while stream.avail_in > 0 || stream.avail_out == 0
        }
        return result
    }
}
