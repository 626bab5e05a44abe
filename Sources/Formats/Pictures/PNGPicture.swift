internal import CRsvg

/// A picture of ours as pixels.
///
/// The document is drawn by librsvg, which loads nothing that a document names outside itself. Letters come from the
/// fonts of the system: the same document gives the same bytes on one machine, and there is no time in them.
public enum PNGPicture {
    /// Most pixels of a picture: 64 MB of memory.
    public static let pixelLimit = 16_000_000
    /// Most pixels of a side, since cairo draws no more.
    static let sideLimit: Int32 = 32_767

    /// Draws an SVG document, its height in proportion.
    ///
    /// - Parameter width: pixels, 1 to 10,000.
    /// - Returns: a PNG (ISO/IEC 15948).
    /// - Throws: ``FormatError`` `tooLarge` above ``pixelLimit`` or 32,767 pixels of height, `badPicture` where the document cannot be drawn.
    /// - Complexity: linear in the pixels and in the document.
    public static func draw(_ svg: [UInt8], width: Int) throws(FormatError) -> [UInt8] {
        let document = try Document(svg)
        let height = try document.height(forWidth: width)
        guard let surface = cairo_image_surface_create(MITPLAN_CAIRO_FORMAT_RGB24, Int32(clamping: width), height)
        else { throw badPicture }
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == MITPLAN_CAIRO_STATUS_SUCCESS else { throw badPicture }
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        // A page is white wherever the document says nothing.
        cairo_set_source_rgb(context, 1, 1, 1)
        cairo_paint(context)
        var viewport = RsvgRectangle(x: 0, y: 0, width: Double(width), height: Double(height))
        guard rsvg_handle_render_document(document.handle, context, &viewport, nil) != 0 else { throw badPicture }
        return try written(surface)
    }

    private static var badPicture: FormatError {
        FormatError(code: "badPicture", message: "the picture cannot be drawn")
    }

    private static func written(_ surface: OpaquePointer) throws(FormatError) -> [UInt8] {
        let result = Bytes()
        let status = withExtendedLifetime(result) {
            cairo_surface_write_to_png_stream(
                surface,
                { target, bytes, count in
                    guard let target, let bytes else { return MITPLAN_CAIRO_STATUS_WRITE_ERROR }
                    let result = Unmanaged<Bytes>.fromOpaque(target).takeUnretainedValue()
                    result.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
                    return MITPLAN_CAIRO_STATUS_SUCCESS
                }, Unmanaged.passUnretained(result).toOpaque())
        }
        guard status == MITPLAN_CAIRO_STATUS_SUCCESS else { throw badPicture }
        return result.bytes
    }

    private final class Bytes {
        var bytes: [UInt8] = []
    }

    /// A document that librsvg has read; used where it was made.
    private final class Document {
        let handle: OpaquePointer

        init(_ svg: [UInt8]) throws(FormatError) {
            guard let handle = rsvg_handle_new_from_data(svg, svg.count, nil) else { throw badPicture }
            self.handle = handle
        }

        deinit { g_object_unref(UnsafeMutableRawPointer(handle)) }

        func height(forWidth width: Int) throws(FormatError) -> Int32 {
            var (own, tall) = (0.0, 0.0)
            guard (1...10_000).contains(width), rsvg_handle_get_intrinsic_size_in_pixels(handle, &own, &tall) != 0,
                own > 0, tall > 0, let height = Int32(exactly: (Double(width) * tall / own).rounded())
            else { throw badPicture }
            guard height > 0, height <= sideLimit, Int(height) * width <= pixelLimit else {
                let ratio = own / tall
                let most = Int(min((Double(pixelLimit) * ratio).squareRoot(), Double(sideLimit) * ratio, 10_000))
                throw FormatError(
                    code: "tooLarge", message: "the picture is too large; a width of \(most) pixels fits")
            }
            return height
        }
    }
}
