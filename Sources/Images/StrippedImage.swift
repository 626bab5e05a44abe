import Synchronization

/// An image file with its picture as it was, and without all that is no picture.
///
/// For documents whose pixels must stay as they are; which way is up is kept of a JPEG. Only where a colour profile gives
/// the numbers of the pixels other colours than sRGB, the picture is made anew in sRGB, in its own kind of file, so that
/// it looks the same without the profile.
public struct StrippedImage: Sendable, Hashable {
    /// What it is.
    public var kind: ImageKind
    /// The file.
    public var bytes: [UInt8]

    /// One picture is decoded at a time: each may take some hundred megabytes.
    private static let turn = Mutex(())

    /// Takes Exif, texts, comments, profiles and what follows the end out of a file.
    ///
    /// A picture of more than ``PreparedImage/maximumPixels`` is not decoded: it keeps its numbers without the profile.
    ///
    /// - Throws: ``ImageError`` for what is no still image that is known, cut off or damaged.
    /// - Complexity: linear in the bytes; nothing is decoded, but for pictures in other colours than sRGB.
    public init(_ file: [UInt8]) throws(ImageError) {
        let container = try ImageContainer(file)
        kind = container.kind
        let isSmall = container.width * container.height <= PreparedImage.maximumPixels
        if kind == .gif || !isSmall || Canvas.isSRGB(container.profile) {
            bytes = container.essence
        } else {
            bytes = try Self.turn.withLock { _ throws(ImageError) in
                let canvas = try Canvas(decoding: container)
                canvas.convertToSRGB(from: container.profile)
                // Encoders name themselves.
                return try ImageContainer(canvas.faithfullyEncoded(as: container.kind)).essence
            }
        }
        if kind == .jpeg, container.orientation != 1 {
            bytes.insert(contentsOf: ExifOrientation.segment(UInt8(container.orientation)), at: 2)
        }
    }
}

extension ExifOrientation {
    /// A segment of a JPEG file that tells the orientation and nothing else.
    static func segment(_ orientation: UInt8) -> [UInt8] {
        [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8)
            + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
    }
}
