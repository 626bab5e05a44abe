/// The kinds of images that are taken, told apart by their first bytes.
public enum ImageKind: String, Sendable, Hashable, CaseIterable {
    case jpeg, png, webp, gif

    /// The name for people.
    public var name: String { self == .webp ? "WebP" : rawValue.uppercased() }

    /// The media type.
    public var mediaType: String { "image/\(rawValue)" }

    /// The kind of a file, by its content alone.
    ///
    /// - Parameter head: the first bytes of the file; 32 are enough.
    /// - Throws: ``ImageError`` `unsupported` with what to do for images and documents of other kinds, `unknownKind`
    ///   for anything else.
    public init(of head: [UInt8]) throws(ImageError) {
        let bytes = FileBytes(head)
        if bytes.has([0xFF, 0xD8, 0xFF], at: 0) {
            self = .jpeg
        } else if bytes.has(PNGContainer.signature, at: 0) {
            self = .png
        } else if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) {
            self = .webp
        } else if bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) {
            self = .gif
        } else {
            throw Self.refusal(of: bytes)
        }
    }

    /// Refuses a file that was declared as another kind of image than it is.
    ///
    /// - Parameter mediaType: the media type it came with, in lower case without parameters; types that name no image
    ///   say nothing.
    /// - Throws: ``ImageError`` `mismatch`.
    public func check(declared mediaType: String?) throws(ImageError) {
        guard let mediaType, mediaType.hasPrefix("image/"), mediaType != self.mediaType,
            !(self == .jpeg && ["image/jpg", "image/pjpeg"].contains(mediaType))
        else { return }
        throw ImageError(
            .mismatch,
            "the file was sent as \(mediaType.prefix(40)), but its content is \(name): send it as \(self.mediaType)")
    }

    private static func refusal(of bytes: FileBytes) -> ImageError {
        let text = String(decoding: bytes.bytes.prefix(32), as: UTF8.self).lowercased()
        let name: String? =
            if bytes.has("ftyp", at: 4) {
                bytes.has("avi", at: 8) ? "AVIF" : "HEIC"
            } else if bytes.has("II*\0", at: 0) || bytes.has("MM\0*", at: 0) {
                "TIFF"
            } else if bytes.has([0xFF, 0x0A], at: 0) || bytes.has("JXL ", at: 4) {
                "JPEG XL"
            } else if bytes.has("BM", at: 0) {
                "BMP"
            } else if bytes.has("%PDF", at: 0) {
                "PDF"
            } else if text.contains("<svg") || text.contains("<?xml") || text.contains("<!doctype") {
                "SVG"
            } else { nil }
        let accepted = "JPEG, PNG, WebP and GIF are taken"
        switch name {
        case "HEIC":
            return ImageError(
                .unsupported,
                "HEIC and videos are not taken: send the photo as JPEG (on an iPhone: Settings, Camera, Formats, Most "
                    + "Compatible); \(accepted)")
        case "PDF":
            return ImageError(.unsupported, "PDF is no image: send a picture of the page as PNG; \(accepted)")
        case "SVG":
            return ImageError(
                .unsupported, "SVG and other documents of markup are not taken: export it as PNG; \(accepted)")
        case let name?:
            return ImageError(.unsupported, "\(name) is not taken: save the image as JPEG or PNG; \(accepted)")
        case nil: return ImageError(.unknownKind, "this is no image that is known here; \(accepted)")
        }
    }
}
