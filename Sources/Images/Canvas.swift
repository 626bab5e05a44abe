import CGD
import CPNG

/// A picture in memory, four bytes a pixel; the handle of gd that never leaves this module.
struct Canvas: ~Copyable {
    private let handle: gdImagePtr

    deinit { gdImageDestroy(handle) }

    private init?(_ handle: gdImagePtr?) {
        guard let handle else { return nil }
        self.handle = handle
    }

    /// gd would write its messages to standard error.
    private static let silenced: Void = mitplan_gdSilence()

    /// Decodes an image; palettes and marked colours become colours with their transparency.
    ///
    /// What nobody sees has no colour: what an eraser took away does not go on under its transparency.
    init(decoding image: ImageContainer) throws(ImageError) {
        if image.kind == .png {
            try self.init(decodingPNG: image)
            return
        }
        _ = Self.silenced
        var data = image.essence
        let size = Int32(clamping: data.count)
        let decoded = data.withUnsafeMutableBytes { buffer in
            switch image.kind {
            case .webp: gdImageCreateFromWebpPtr(size, buffer.baseAddress)
            case .gif: gdImageCreateFromGifPtr(size, buffer.baseAddress)
            // Warnings are for harmless flaws of cameras; what is cut off was refused before.
            default: gdImageCreateFromJpegPtrEx(size, buffer.baseAddress, 1)
            }
        }
        guard let canvas = Canvas(decoded) else { throw .damaged(image.kind) }
        guard gdImagePaletteToTrueColor(canvas.handle) != 0 else {
            throw ImageError(.failed, "the image could not be decoded")
        }
        canvas.clearUnseen()
        self = canvas
    }

    private init(decodingPNG image: ImageContainer) throws(ImageError) {
        let canvas = try Canvas(width: image.width, height: image.height)
        var pixels = [UInt32](repeating: 0, count: image.width * image.height)
        let isDone = pixels.withUnsafeMutableBytes { target in
            image.essence.withUnsafeBytes { source in
                mitplan_pngDecode(
                    source.baseAddress, source.count, UInt32(image.width), UInt32(image.height), target.baseAddress)
            }
        }
        guard isDone != 0 else { throw .damaged(.png) }
        for y in 0..<image.height {
            let row = canvas.row(y)
            for x in row.indices {
                // Opacity in eight bits becomes transparency in seven.
                let pixel = UInt32(littleEndian: pixels[y * image.width + x])
                row[x] = Int32(127 - pixel >> 25) << 24 | Int32(pixel & 0xFF_FFFF)
            }
        }
        canvas.clearUnseen()
        self = canvas
    }

    /// An empty picture.
    init(width: Int, height: Int) throws(ImageError) {
        guard let canvas = Canvas(gdImageCreateTrueColor(Int32(clamping: width), Int32(clamping: height))) else {
            throw ImageError(.failed, "there is too little memory for the image")
        }
        gdImageAlphaBlending(canvas.handle, 0)
        self = canvas
    }

    var width: Int { Int(handle.pointee.sx) }
    var height: Int { Int(handle.pointee.sy) }

    /// One row of pixels: seven bits of transparency, then red, green and blue.
    func row(_ y: Int) -> UnsafeMutableBufferPointer<Int32> {
        UnsafeMutableBufferPointer(start: handle.pointee.tpixels[y], count: width)
    }

    /// A pixel, for tests: transparency from 0 to 127, then the colour.
    func pixel(_ x: Int, _ y: Int) -> (transparency: Int, colour: Int) {
        let value = Int(row(y)[x])
        return (value >> 24 & 0x7F, value & 0xFF_FFFF)
    }

    /// Takes the colours from pixels that are fully transparent.
    func clearUnseen() {
        for y in 0..<height {
            let row = row(y)
            for x in row.indices where row[x] >> 24 & 0x7F == 0x7F { row[x] = 0x7F00_0000 }
        }
    }

    /// Whether any pixel lets something through.
    var isTransparent: Bool {
        for y in 0..<height where row(y).contains(where: { $0 >> 24 != 0 }) { return true }
        return false
    }

    /// The picture turned and mirrored as an orientation of Exif says (CIPA DC-008-2019, 4.6.4).
    consuming func upright(_ orientation: Int) throws(ImageError) -> Canvas {
        guard orientation != 1 else { return self }
        let isTurned = orientation >= 5
        let result = try Canvas(width: isTurned ? height : width, height: isTurned ? width : height)
        let (lastX, lastY) = (width - 1, height - 1)
        for y in 0..<result.height {
            let target = result.row(y)
            for x in target.indices {
                let (fromX, fromY) =
                    switch orientation {
                    case 2: (lastX - x, y)
                    case 3: (lastX - x, lastY - y)
                    case 4: (x, lastY - y)
                    case 5: (y, x)
                    case 6: (y, lastY - x)
                    case 7: (lastX - y, lastY - x)
                    case 8: (lastX - y, x)
                    default: (x, y)
                    }
                target[x] = row(fromY)[fromX]
            }
        }
        return result
    }

    /// The picture as a progressive JPEG file, or as WebP where it is transparent.
    func encoded() throws(ImageError) -> (kind: ImageKind, bytes: [UInt8]) {
        let kind: ImageKind = isTransparent ? .webp : .jpeg
        return (kind, try encoded(as: kind, quality: Self.quality))
    }

    /// The picture as a file of a kind, with as little loss as the kind allows; a GIF becomes a PNG.
    func faithfullyEncoded(as kind: ImageKind) throws(ImageError) -> [UInt8] {
        try encoded(as: kind, quality: kind == .webp ? gdWebpLossless : Self.faithfulQuality)
    }

    private func encoded(as kind: ImageKind, quality: Int32) throws(ImageError) -> [UInt8] {
        var size: Int32 = 0
        gdImageInterlace(handle, 1)
        gdImageSaveAlpha(handle, isTransparent ? 1 : 0)
        let data =
            switch kind {
            case .webp: gdImageWebpPtrEx(handle, &size, quality)
            case .jpeg: gdImageJpegPtr(handle, &size, quality)
            case .png, .gif: gdImagePngPtr(handle, &size)
            }
        defer { gdFree(data) }
        guard let data, size > 0 else { throw ImageError(.failed, "the image could not be written") }
        return Array(UnsafeRawBufferPointer(start: data, count: Int(size)))
    }

    /// The quality of both formats, of 100.
    private static let quality: Int32 = 85
    /// The quality of JPEG where the picture is to stay as it was.
    private static let faithfulQuality: Int32 = 95
}
