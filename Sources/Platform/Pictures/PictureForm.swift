import Formats

/// How a picture is handed out.
public enum PictureForm: Sendable, Hashable {
    /// Width of a PNG in pixels where nobody says it.
    public static let standardWidth = 1440
    /// The widths that may be asked for, in pixels.
    public static let widths = 100...4000

    /// The document itself.
    case svg
    /// Pixels, so many wide.
    case png(width: Int)

    /// The picture in this form.
    ///
    /// - Throws: ``PlatformError`` `badRequest` when it would have too many pixels.
    public func picture(_ svg: [UInt8]) throws -> [UInt8] {
        guard case .png(let width) = self else { return svg }
        guard Self.widths.contains(width) else {
            throw PlatformError(
                .badRequest,
                "width must lie between \(Self.widths.lowerBound) and \(Self.widths.upperBound) pixels",
                parameter: "width",
                hint: "\(Self.standardWidth), say")
        }
        do {
            return try PNGPicture.draw(svg, width: width)
        } catch {
            throw PlatformError(.badRequest, error.description)
        }
    }
}
