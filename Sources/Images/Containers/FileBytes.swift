/// The bytes of a file from outside: every access is checked, and `nil` means that the file ends before.
struct FileBytes {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    func byte(_ place: Int) -> Int? { bytes.indices.contains(place) ? Int(bytes[place]) : nil }

    /// An unsigned number of `size` bytes, at most 4.
    func number(at place: Int, size: Int, isLittle: Bool) -> Int? {
        guard place >= 0, place <= count - size else { return nil }
        var value = 0
        for offset in 0..<size {
            value = value << 8 | Int(bytes[place + (isLittle ? size - 1 - offset : offset)])
        }
        return value
    }

    /// The most significant byte first.
    func big(_ size: Int, at place: Int) -> Int? { number(at: place, size: size, isLittle: false) }

    /// The least significant byte first.
    func little(_ size: Int, at place: Int) -> Int? { number(at: place, size: size, isLittle: true) }

    func has(_ other: some Collection<UInt8>, at place: Int) -> Bool {
        place >= 0 && place <= count - other.count && bytes[place..<place + other.count].elementsEqual(other)
    }

    func has(_ text: String, at place: Int) -> Bool { has(text.utf8, at: place) }
}

/// What is known of an image before a pixel is decoded, and the bytes that the decoder gets.
struct ImageContainer {
    var kind: ImageKind
    /// Width in pixels as stored.
    var width: Int
    /// Height in pixels as stored.
    var height: Int
    /// How often the decoder goes over all pixels.
    var passes = 1
    /// How the picture is to be turned (TIFF 6.0, tag 274): 1 to 8, where 1 leaves it.
    var orientation = 1
    /// What its numbers mean as colours; empty for sRGB.
    var profile: [UInt8] = []
    /// The file without what follows its end and without all that is no picture: texts, Exif, profiles.
    var essence: [UInt8] = []

    /// Reads the structure of an image file.
    ///
    /// - Complexity: linear in its bytes; copies them once at most.
    init(_ file: [UInt8]) throws(ImageError) {
        self =
            switch try ImageKind(of: Array(file.prefix(32))) {
            case .jpeg: try JPEGContainer.read(file)
            case .png: try PNGContainer.read(file)
            case .webp: try WebPContainer.read(file)
            case .gif: try GIFContainer.read(file)
            }
    }

    init(kind: ImageKind, width: Int, height: Int) {
        self.kind = kind
        self.width = width
        self.height = height
    }

    /// Refuses what would take more memory than an image may.
    func check(maximumPixels: Int) throws(ImageError) {
        guard width > 0, height > 0 else { throw .damaged(kind) }
        let side = Self.longestSide
        guard width <= side, height <= side, width * height <= maximumPixels else {
            throw ImageError(
                .tooManyPixels,
                "the image has \(width) × \(height) pixels; \(maximumPixels / 1_000_000) million are allowed, and "
                    + "\(side) on a side: scale it down")
        }
        guard passes * width * height <= Self.mostPassedPixels else {
            throw ImageError(
                .unsupported, "the \(kind.name) file has \(passes) scans, too many for its size; save it anew")
        }
    }

    private static let longestSide = 32_767
    /// What the largest picture takes with twelve passes: usual progressive files have ten.
    private static let mostPassedPixels = 480_000_000
}
