/// A picture as it is stored and served.
public struct Rendition: Sendable, Hashable {
    /// What it is encoded as.
    public var kind: ImageKind
    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int
    /// The file.
    public var bytes: [UInt8]
}

/// An image from outside, made anew.
///
/// It is decoded, scaled down, brought from its colour profile to sRGB, turned upright and encoded: of the file that came
/// in, only what is seen remains. Exif with its places and times, XMP, IPTC, comments, profiles and hidden bytes do not
/// pass through pixels.
public struct PreparedImage: Sendable, Hashable {
    /// The picture.
    public var picture: Rendition
    /// A small copy for lists and maps.
    public var thumbnail: Rendition

    /// Most pixels that are decoded.
    public static let maximumPixels = 40_000_000
    /// Longer side of the picture at most, in pixels.
    public static let longSide = 2560
    /// Longer side of the thumbnail at most, in pixels.
    public static let thumbnailSide = 480

    /// Makes an image file anew.
    ///
    /// - Parameters:
    ///   - file: the bytes as they came.
    ///   - mediaType: the media type they came with.
    ///   - maximumPixels: refused above, before a pixel is decoded.
    /// - Throws: ``ImageError``.
    /// - Complexity: linear in the pixels; up to 12 bytes of memory a pixel while it decodes.
    public init(
        _ file: [UInt8], declared mediaType: String? = nil, maximumPixels: Int = PreparedImage.maximumPixels
    ) throws(ImageError) {
        let container = try ImageContainer(file)
        try container.kind.check(declared: mediaType)
        try container.check(maximumPixels: maximumPixels)
        let upright = try Self.shrunk(container).upright(container.orientation)
        picture = try Self.rendition(of: upright)
        thumbnail = try Self.rendition(of: upright.scaled(to: Self.thumbnailSide))
    }

    /// The whole picture is gone from memory when this returns.
    private static func shrunk(_ container: ImageContainer) throws(ImageError) -> Canvas {
        let canvas = try Canvas(decoding: container).scaled(to: longSide)
        canvas.convertToSRGB(from: container.profile)
        return canvas
    }

    private static func rendition(of canvas: borrowing Canvas) throws(ImageError) -> Rendition {
        let (kind, bytes) = try canvas.encoded()
        return Rendition(kind: kind, width: canvas.width, height: canvas.height, bytes: bytes)
    }
}
