/// Walks the segments of a JPEG file.
///
/// The decoder gets the segments that make the picture: frame, tables, scans and Adobe's mark for colours. All others
/// stay behind, reserved ones too, and whatever follows the end.
///
/// Source: ITU-T T.81, annex B.
enum JPEGContainer {
    /// Most scans of a progressive file: usual ones have ten, and each is a pass over all pixels.
    private static let mostScans = 64

    static func read(_ file: [UInt8]) throws(ImageError) -> ImageContainer {
        let bytes = FileBytes(file)
        var result = ImageContainer(kind: .jpeg, width: 0, height: 0)
        result.essence.reserveCapacity(file.count)
        result.essence += [0xFF, 0xD8]
        var place = 2
        var scans = 0
        var hasOrientation = false
        var hasColours = false
        var profile = ColourProfile.Parts()
        while true {
            guard let marker = nextMarker(file, &place) else { throw .truncated(.jpeg) }
            switch marker {
            case 0xD9:
                guard scans > 0 else { throw .damaged(.jpeg) }
                result.passes = scans
                // One for red, green and blue says nothing of grey, and one for inks not what the decoder makes of them.
                if hasColours { result.profile = profile.profile }
                result.essence += [0xFF, 0xD9]
                return result
            case 0x01, 0xD0...0xD7: continue
            case 0xD8: throw .damaged(.jpeg)
            default: break
            }
            guard let length = bytes.big(2, at: place) else { throw .truncated(.jpeg) }
            guard length >= 2 else { throw .damaged(.jpeg) }
            let segment = place..<place + length
            guard segment.upperBound <= file.count else { throw .truncated(.jpeg) }
            place = segment.upperBound
            switch marker {
            case 0xC0, 0xC1, 0xC2:
                guard result.width == 0 else { throw .damaged(.jpeg) }
                (result.width, result.height) = try size(bytes, in: segment)
                hasColours = bytes.byte(segment.lowerBound + 7) == 3
            case 0xC3, 0xC5...0xC7, 0xC8, 0xC9...0xCB, 0xCC, 0xCD...0xCF, 0xDE, 0xDF:
                throw ImageError(
                    .unsupported, "this rare form of JPEG (lossless, hierarchical or arithmetic) is not taken")
            case 0xE1:
                if !hasOrientation, bytes.has("Exif\0\0", at: segment.lowerBound + 2), length >= 8 {
                    result.orientation = ExifOrientation.read(file[segment.lowerBound + 8..<segment.upperBound])
                    hasOrientation = true
                }
                continue
            case 0xE2:
                profile.take(file[segment.lowerBound + 2..<segment.upperBound])
                continue
            case 0xEE where bytes.has("Adobe", at: segment.lowerBound + 2): break
            case 0xDA:
                scans += 1
                guard result.width > 0 else { throw .damaged(.jpeg) }
                guard scans <= mostScans else {
                    throw ImageError(.unsupported, "the JPEG file has more than \(mostScans) scans; save it anew")
                }
                place = endOfScan(file, from: place)
            case 0xC4, 0xDB, 0xDC, 0xDD: break
            default: continue
            }
            result.essence += [0xFF, marker]
            result.essence += file[segment.lowerBound..<place]
        }
    }

    /// The next marker, behind which `place` goes.
    ///
    /// Fill bytes and stray bytes before it are passed over, as decoders do.
    private static func nextMarker(_ file: [UInt8], _ place: inout Int) -> UInt8? {
        while true {
            while place < file.count, file[place] != 0xFF { place += 1 }
            while place < file.count, file[place] == 0xFF { place += 1 }
            guard place < file.count else { return nil }
            place += 1
            // A stuffed zero outside a scan is a stray byte too.
            if file[place - 1] != 0 { return file[place - 1] }
        }
    }

    /// Where the compressed data end: at the next marker that is neither a stuffed byte nor a restart.
    private static func endOfScan(_ file: [UInt8], from start: Int) -> Int {
        var place = start
        while place + 1 < file.count {
            let next = file[place + 1]
            if file[place] == 0xFF, next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return place }
            place += 1
        }
        return file.count
    }

    private static func size(_ bytes: FileBytes, in segment: Range<Int>) throws(ImageError) -> (Int, Int) {
        guard segment.count >= 8, let precision = bytes.byte(segment.lowerBound + 2),
            let height = bytes.big(2, at: segment.lowerBound + 3),
            let width = bytes.big(2, at: segment.lowerBound + 5),
            let components = bytes.byte(segment.lowerBound + 7)
        else { throw .damaged(.jpeg) }
        guard precision == 8, [1, 3, 4].contains(components) else {
            throw ImageError(.unsupported, "only JPEG files of 8 bits a colour are taken")
        }
        guard width > 0, height > 0 else { throw .damaged(.jpeg) }
        return (width, height)
    }
}
