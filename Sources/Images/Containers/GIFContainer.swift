/// Walks the blocks of a GIF file; comments and other extensions but the control of the picture stay behind.
///
/// Source: GIF89a specification, sections 17 to 27.
enum GIFContainer {
    static func read(_ file: [UInt8]) throws(ImageError) -> ImageContainer {
        let bytes = FileBytes(file)
        guard let width = bytes.little(2, at: 6), let height = bytes.little(2, at: 8), let flags = bytes.byte(10) else {
            throw .truncated(.gif)
        }
        var result = ImageContainer(kind: .gif, width: width, height: height)
        var place = 13 + colours(flags)
        guard place <= file.count else { throw .truncated(.gif) }
        result.essence = Array(file[..<place])
        var pictures = 0
        while let block = bytes.byte(place) {
            switch block {
            case 0x3B:
                guard pictures > 0 else { throw .damaged(.gif) }
                result.essence.append(0x3B)
                return result
            case 0x21:
                let start = place
                place = try endOfBlocks(bytes, from: place + 2)
                if bytes.byte(start + 1) == 0xF9 { result.essence += file[start..<place] }
            case 0x2C:
                pictures += 1
                guard pictures == 1 else {
                    throw ImageError(.animated, "the GIF file is animated: send a still picture")
                }
                guard let width = bytes.little(2, at: place + 5), let height = bytes.little(2, at: place + 7),
                    let flags = bytes.byte(place + 9)
                else { throw .truncated(.gif) }
                // The decoder makes a picture of this size, whatever that of the screen.
                (result.width, result.height) = (max(result.width, width), max(result.height, height))
                let start = place
                place = try endOfBlocks(bytes, from: place + 11 + colours(flags))
                result.essence += file[start..<place]
            default: throw .damaged(.gif)
            }
        }
        throw .truncated(.gif)
    }

    /// Bytes of a table of colours.
    private static func colours(_ flags: Int) -> Int { flags & 0x80 == 0 ? 0 : 3 << ((flags & 7) + 1) }

    /// Where a row of blocks ends: behind the empty one.
    private static func endOfBlocks(_ bytes: FileBytes, from start: Int) throws(ImageError) -> Int {
        var place = start
        while let length = bytes.byte(place) {
            place += 1 + length
            if length == 0 { return place }
        }
        throw .truncated(.gif)
    }
}
