/// Walks the chunks of a WebP file.
///
/// Only the chunks of the picture go on: frame, transparency and the extended header, whose flags then tell of no more.
///
/// Source: RFC 9649, section 2.
enum WebPContainer {
    static func read(_ file: [UInt8]) throws(ImageError) -> ImageContainer {
        let bytes = FileBytes(file)
        guard let size = bytes.little(4, at: 4) else { throw .truncated(.webp) }
        let end = size + 8
        guard end <= file.count else { throw .truncated(.webp) }
        var result = ImageContainer(kind: .webp, width: 0, height: 0)
        var chunks: [UInt8] = []
        chunks.reserveCapacity(size)
        var place = 12
        while place < end {
            guard let length = bytes.little(4, at: place + 4), length <= end - place - 8 else { throw .damaged(.webp) }
            let content = place + 8
            if bytes.has("VP8X", at: place) {
                guard let flags = bytes.byte(content) else { throw .damaged(.webp) }
                guard flags & 0x02 == 0 else { throw animated }
                try take(
                    bytes.little(3, at: content + 4).map { $0 + 1 }, bytes.little(3, at: content + 7).map { $0 + 1 })
            } else if bytes.has("VP8 ", at: place) {
                // A key frame: three bytes of tag, the start code, then 14 bits of each side (RFC 6386, 9.1).
                guard bytes.has([0x9D, 0x01, 0x2A], at: content + 3) else { throw .damaged(.webp) }
                try take(
                    bytes.little(2, at: content + 6).map { $0 & 0x3FFF },
                    bytes.little(2, at: content + 8).map { $0 & 0x3FFF })
            } else if bytes.has("VP8L", at: place) {
                guard bytes.byte(content) == 0x2F, let bits = bytes.little(4, at: content + 1) else {
                    throw .damaged(.webp)
                }
                try take((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
            } else if bytes.has("ANIM", at: place) || bytes.has("ANMF", at: place) {
                throw animated
            } else if bytes.has("ICCP", at: place) {
                result.profile = ColourProfile.plain(file[content..<content + length])
            } else if bytes.has("EXIF", at: place) {
                let start = bytes.has("Exif\0\0", at: content) ? content + 6 : content
                result.orientation = ExifOrientation.read(file[min(start, content + length)..<content + length])
            }
            if ["VP8X", "VP8 ", "VP8L", "ALPH"].contains(where: { bytes.has($0, at: place) }) {
                let start = chunks.count
                chunks += file[place..<content + length]
                if length & 1 == 1 { chunks.append(0) }
                // Bits for a profile, Exif and XMP.
                if bytes.has("VP8X", at: place), length > 0 { chunks[start + 8] &= ~0x2C }
            }
            // Chunks of odd length are followed by a byte of padding.
            place = content + length + length & 1
        }
        guard result.width > 0 else { throw .damaged(.webp) }
        let length = UInt32(clamping: chunks.count + 4)
        result.essence = Array("RIFF".utf8) + (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
        result.essence += Array("WEBP".utf8) + chunks
        return result

        /// The canvas and the frame of a still picture are of one size.
        func take(_ width: Int?, _ height: Int?) throws(ImageError) {
            guard let width, let height, width > 0, height > 0 else { throw .damaged(.webp) }
            guard result.width == 0 || (result.width, result.height) == (width, height) else { throw .damaged(.webp) }
            (result.width, result.height) = (width, height)
        }
    }

    private static var animated: ImageError {
        ImageError(.animated, "the WebP file is animated: send a still picture")
    }
}
