import CZlib
import Foundation

/// Reads ZIP archives of unknown origin within fixed limits: 100 entries, 256 MB unpacked, 100 times the packed size.
///
/// Folders, links, encrypted and nested archives are not unpacked; methods are "stored" and "deflated", no ZIP64.
/// Source: PKWARE APPNOTE 6.3.10.
struct ZipArchive {
    /// One file in the archive.
    struct Entry {
        /// Path as written in the archive; for comparison alone, never used on the file system.
        var path: String
        /// Base name without extension.
        var stem: String
        /// Extension in lower case.
        var suffix: String
        fileprivate var method: Int
        fileprivate var packedSize: Int
        fileprivate var size: Int
        fileprivate var headOffset: Int
        fileprivate var checksum: UInt32
    }

    static let maximumEntries = 100
    static let maximumUnpackedSize = 256_000_000
    private static let maximumRatio = 100

    /// The files of the archive, folders left out.
    let entries: [Entry]
    private let file: RandomAccessFile

    /// Whether the file begins like an archive.
    static func isArchive(path: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        let start = [UInt8]((try? handle.read(upToCount: 4)) ?? Data())
        return start == [0x50, 0x4B, 3, 4] || start == [0x50, 0x4B, 5, 6]
    }

    /// Opens the archive and reads its directory.
    ///
    /// - Parameters:
    ///   - maximumEntries: more are refused.
    ///   - maximumUnpackedSize: as much as all entries may unpack to, where they are to be unpacked.
    /// - Throws: ``FormatError`` when it is damaged or beyond a limit.
    init(
        path: String, maximumEntries: Int = Self.maximumEntries, maximumUnpackedSize: Int = Self.maximumUnpackedSize
    ) throws {
        file = try RandomAccessFile(path: path, name: "The archive")
        let tailStart = max(0, file.size - 65_557)
        let tail = Array(try file.read(at: tailStart, count: 65_557))
        guard
            let end = tail.indices.reversed().first(where: {
                tail[$0] == 0x50 && $0 + 22 <= tail.count && tail[$0 + 1] == 0x4B && tail[$0 + 2] == 5
                    && tail[$0 + 3] == 6
            })
        else { throw FormatError(code: "truncated", message: "The archive is damaged or truncated.") }
        let fields = ByteFields(tail[end...])
        guard let count = fields.little16(10), let size = fields.little32(12), let offset = fields.little32(16),
            size >= 0, offset >= 0, offset + size <= tailStart + end
        else { throw Self.damaged }
        guard count <= maximumEntries else {
            throw FormatError(
                code: "tooManyEntries",
                message:
                    "The archive has \(count) entries, at most \(maximumEntries) are read; pack one layer alone.")
        }
        entries = try Self.readDirectory(ByteFields(try file.read(at: offset, count: size)), count: count)
        guard entries.reduce(0, { $0 + $1.size }) <= maximumUnpackedSize else { throw Self.tooBig }
    }

    private static var damaged: FormatError { FormatError(code: "damagedArchive", message: "The archive is damaged.") }
    private static var tooBig: FormatError {
        FormatError(code: "tooBig", message: "The archive holds more than 256 MB, or is packed suspiciously well.")
    }

    private static func readDirectory(_ directory: ByteFields, count: Int) throws -> [Entry] {
        var entries: [Entry] = []
        var place = 0
        for _ in 0..<count {
            guard directory.little32(place) == 0x0201_4B50, let flags = directory.little16(place + 8),
                let method = directory.little16(place + 10), let checksum = directory.little32(place + 16),
                let packed = directory.little32(place + 20), let size = directory.little32(place + 24),
                let nameLength = directory.little16(place + 28), let extra = directory.little16(place + 30),
                let comment = directory.little16(place + 32), let attributes = directory.little32(place + 38),
                let offset = directory.little32(place + 42), packed >= 0, size >= 0, offset >= 0,
                place + 46 + nameLength <= directory.count
            else { throw damaged }
            let first = directory.bytes.startIndex + place + 46
            let path = String(decoding: directory.bytes[first..<first + nameLength], as: UTF8.self)
                .replacing("\\", with: "/")
            place += 46 + nameLength + extra + comment
            let isLink = (attributes >> 16) & 0xF000 == 0xA000
            if path.hasSuffix("/") || isLink { continue }
            if flags & 1 != 0 {
                throw FormatError(code: "encrypted", message: "The archive is encrypted; unpack it first.")
            }
            let base = path.split(separator: "/").last.map(String.init) ?? path
            let dot = base.lastIndex(of: ".")
            entries.append(
                Entry(
                    path: path, stem: dot.map { String(base[..<$0]) } ?? base,
                    suffix: dot.map { base[base.index(after: $0)...].lowercased() } ?? "", method: method,
                    packedSize: packed, size: size, headOffset: offset,
                    checksum: UInt32(truncatingIfNeeded: checksum)))
        }
        return entries
    }

    /// Unpacks one entry into a new file and gives the number of bytes written.
    ///
    /// - Throws: ``FormatError`` when the entry is damaged, or bigger than `limit` or than the archive says.
    func unpack(_ entry: Entry, to path: String, limit: Int) throws -> Int {
        let head = ByteFields(try file.read(at: entry.headOffset, count: 30))
        guard head.little32(0) == 0x0403_4B50, let name = head.little16(26), let extra = head.little16(28) else {
            throw Self.damaged
        }
        let start = entry.headOffset + 30 + name + extra
        guard entry.packedSize <= file.size - start, entry.size <= limit,
            entry.size <= max(1 << 16, entry.packedSize * Self.maximumRatio)
        else { throw entry.size > limit ? Self.tooBig : Self.damaged }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let output = FileHandle(forWritingAtPath: path)
        else { throw FormatError(code: "noSpace", message: "There is no room for temporary files.") }
        defer { try? output.close() }
        var checksum = crc32(0, nil, 0)
        var written = 0
        func write(_ bytes: ArraySlice<UInt8>) throws {
            written += bytes.count
            guard written <= entry.size else { throw Self.damaged }
            bytes.withUnsafeBufferPointer { checksum = crc32(checksum, $0.baseAddress, uInt($0.count)) }
            do { try output.write(contentsOf: Data(bytes)) } catch {
                throw FormatError(code: "noSpace", message: "There is no room for temporary files.")
            }
        }
        switch entry.method {
        case 0: try forEachChunk(from: start, count: entry.packedSize, write)
        case 8:
            let inflater = try RawInflater()
            try forEachChunk(from: start, count: entry.packedSize) { try inflater.inflate($0, write) }
        default: throw FormatError(code: "unsupportedArchive", message: "The archive is packed by an unknown method.")
        }
        guard written == entry.size, UInt32(truncatingIfNeeded: checksum) == entry.checksum else { throw Self.damaged }
        return written
    }

    private func forEachChunk(from start: Int, count: Int, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        var place = start
        while place < start + count {
            let chunk = try file.read(at: place, count: min(1 << 16, start + count - place))
            if chunk.isEmpty { throw Self.damaged }
            place += chunk.count
            try body(chunk)
        }
    }
}

/// Decompresses a raw deflate stream piece by piece.
private final class RawInflater {
    private var stream = z_stream()
    private var finished = false

    init() throws {
        guard mitplan_inflateInit2(&stream, -MAX_WBITS) == Z_OK else {
            throw FormatError(code: "noMemory", message: "There is not enough memory to unpack the archive.")
        }
    }

    deinit { inflateEnd(&stream) }

    func inflate(_ input: ArraySlice<UInt8>, _ write: (ArraySlice<UInt8>) throws -> Void) throws {
        var input = Array(input)
        var output = [UInt8](repeating: 0, count: 1 << 16)
        let capacity = output.count
        try input.withUnsafeMutableBufferPointer { packed in
            stream.next_in = packed.baseAddress
            stream.avail_in = uInt(packed.count)
            while !finished {
                let code = output.withUnsafeMutableBufferPointer { room in
                    stream.next_out = room.baseAddress
                    stream.avail_out = uInt(capacity)
                    return CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                try write(output[..<(capacity - Int(stream.avail_out))])
                if code == Z_STREAM_END { finished = true }
                if code == Z_BUF_ERROR || (code == Z_OK && stream.avail_in == 0 && stream.avail_out != 0) { break }
                guard code == Z_OK || finished else {
                    throw FormatError(code: "damagedArchive", message: "The archive is damaged.")
                }
            }
        }
    }
}
