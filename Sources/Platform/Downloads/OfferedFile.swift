import Formats
import Foundation
import Images
import Participation

/// A file that is to be offered for download, in the parts in which it is stored: as it came, or of an image with nothing
/// but the picture.
struct OfferedFile: Sendable {
    private enum Content {
        case file(String)
        case bytes([UInt8])
    }

    /// Media type, told by the content.
    let mediaType: String
    /// Ending of its name, without the dot.
    let suffix: String
    /// Bytes of it.
    let size: Int
    private let content: Content

    /// Bytes of a part: a write of a citizen waits for no more than one of them.
    private static let partSize = 1 << 18

    /// Looks at a file.
    ///
    /// - Throws: ``PlatformError`` `tooLarge`, `unsupported` with what is taken.
    init(path: String, name: String, maximum: Int) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw PlatformError(.badRequest, "the file cannot be read")
        }
        defer { try? handle.close() }
        let length = Int(clamping: try handle.seekToEnd())
        guard length > 0 else { throw PlatformError(.invalidInput, "the file is empty") }
        guard length <= maximum else {
            throw PlatformError(
                .tooLarge, "the file has more than the \(maximum >> 20) MiB that this proceeding allows")
        }
        try handle.seek(toOffset: 0)
        let head = [UInt8](try handle.read(upToCount: 32) ?? Data())
        do {
            if let kind = try? ImageKind(of: head) {
                let image = try StrippedImage([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
                (mediaType, suffix) = (kind.mediaType, kind == .jpeg ? "jpg" : kind.rawValue)
                (size, content) = (image.bytes.count, .bytes(image.bytes))
            } else {
                let kind = try DocumentKind(path: path, name: name)
                (mediaType, suffix) = (kind.mediaType, kind.suffix)
                (size, content) = (length, .file(path))
            }
        } catch let error as FormatError {
            throw Self.refusal(error.code, error.description)
        } catch let error as ImageError {
            throw Self.refusal(error.code.rawValue, error.description)
        }
    }

    private static func refusal(_ code: String, _ detail: String) -> PlatformError {
        PlatformError(.unsupported, detail, violations: [RuleViolation(pointer: "", code: code, detail: detail)])
    }

    /// How many parts it has.
    var parts: Int { (size + Self.partSize - 1) / Self.partSize }

    /// One part, counted from 0.
    func part(_ index: Int) throws -> [UInt8] {
        let place = index * Self.partSize
        let count = min(Self.partSize, size - place)
        switch content {
        case .bytes(let bytes): return Array(bytes[place..<place + count])
        case .file(let path):
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw PlatformError(.unavailable, "the file cannot be read")
            }
            defer { try? handle.close() }
            try handle.seek(toOffset: UInt64(place))
            let bytes = [UInt8](try handle.read(upToCount: count) ?? Data())
            guard bytes.count == count else { throw PlatformError(.unavailable, "the file was changed meanwhile") }
            return bytes
        }
    }

    /// SHA-256 in hexadecimal digits.
    func digest() throws -> String {
        var digest = SHA256()
        for index in 0..<parts { digest.update(try part(index)) }
        return digest.hexadecimal()
    }
}
