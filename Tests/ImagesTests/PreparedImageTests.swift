import TestSupport
import Testing

@testable import Images

struct PreparedImageTests {
    /// The four colours of the sample images: red and green above, blue and yellow below.
    private enum Quarter: Int, CaseIterable {
        case red = 0xC81E1E
        case green = 0x1EA03C
        case blue = 0x283CC8
        case yellow = 0xDCC828

        /// The one a colour is nearest to.
        init(_ colour: Int) {
            func distance(_ other: Int) -> Int {
                [0, 8, 16].reduce(0) { $0 + abs((colour >> $1 & 0xFF) - (other >> $1 & 0xFF)) }
            }
            self = Self.allCases.min { distance($0.rawValue) < distance($1.rawValue) } ?? .red
        }
    }

    private func quarters(_ rendition: Rendition) throws -> [Quarter] {
        let canvas = try Canvas(decoding: ImageContainer(rendition.bytes))
        let (near, right, low) = (canvas.width / 8, canvas.width * 7 / 8, canvas.height * 7 / 8)
        return [(near, near), (right, near), (near, low), (right, low)].map { Quarter(canvas.pixel($0, $1).colour) }
    }

    @Test(arguments: 1...8)
    func standsUprightWhateverItsOrientation(_ orientation: Int) throws {
        let image = try PreparedImage(SampleImages.bytes("orientation-\(orientation).jpg"))
        #expect((image.picture.width, image.picture.height) == (48, 32))
        #expect(try quarters(image.picture) == [.red, .green, .blue, .yellow])
        #expect(try quarters(image.thumbnail) == [.red, .green, .blue, .yellow])
        #expect(try ImageContainer(image.picture.bytes).orientation == 1)
    }

    /// Exif with its places, XMP, IPTC, comments, profiles, texts, private chunks, and bytes behind the end.
    @Test(arguments: ["phone.jpg", "texts.png", "metadata.webp", "comment.gif"])
    func nothingButThePictureComesThrough(_ name: String) throws {
        let bytes = try SampleImages.bytes(name)
        #expect(bytes.firstRange(of: SampleImages.planted) != nil)
        let image = try PreparedImage(bytes)
        for rendition in [image.picture, image.thumbnail] {
            #expect(rendition.bytes.firstRange(of: SampleImages.planted) == nil)
            for mark in ["Exif", "xmp", "8BIM", "ICC_PROFILE", "eXIf", "GPS"] {
                #expect(rendition.bytes.firstRange(of: Array(mark.utf8)) == nil, "\(mark)")
            }
        }
    }

    /// What stays of a JPEG: its tables and scans, the mark of JFIF, and the comment of the library that wrote it.
    @Test func writesProgressiveJPEGWithoutApplicationData() throws {
        let picture = try PreparedImage(SampleImages.bytes("phone.jpg")).picture
        #expect(picture.kind == .jpeg && (picture.width, picture.height) == (480, 640))
        #expect(picture.bytes.firstRange(of: [0xFF, 0xC2]) != nil)
        for marker in UInt8(0xE1)...0xEF { #expect(picture.bytes.firstRange(of: [0xFF, marker, 0]) == nil) }
    }

    @Test(arguments: ["grey.jpg", "cmyk.jpg", "progressive.jpg", "sixteen.png", "comment.gif"])
    func takesTheRareForms(_ name: String) throws {
        let image = try PreparedImage(SampleImages.bytes(name))
        #expect(image.picture.kind == .jpeg && (image.picture.width, image.picture.height) == (64, 48))
        if name == "cmyk.jpg" || name == "progressive.jpg" {
            #expect(try quarters(image.picture) == [.red, .green, .blue, .yellow])
        }
        guard name == "sixteen.png" else { return }
        let canvas = try Canvas(decoding: ImageContainer(image.picture.bytes))
        #expect(canvas.pixel(2, 20).colour & 0xFF < 40 && canvas.pixel(62, 20).colour & 0xFF > 220)
    }

    @Test(arguments: ["alpha.png", "alpha.webp", "palette.png", "palette.gif", "colour-key.png"])
    func keepsWhatIsTransparent(_ name: String) throws {
        let image = try PreparedImage(SampleImages.bytes(name))
        for rendition in [image.picture, image.thumbnail] {
            #expect(rendition.kind == .webp)
            let canvas = try Canvas(decoding: ImageContainer(rendition.bytes))
            #expect(canvas.pixel(4, 4).transparency > 120 && canvas.pixel(60, 4).transparency == 0)
            #expect(Quarter(canvas.pixel(60, 40).colour) == .yellow)
        }
    }

    /// Editors keep the colours under what an eraser took away; nobody sees them, and anybody could bring them back.
    @Test(arguments: ["colour-key.png", "palette.png"])
    func whatIsFullyTransparentHasNoColour(_ name: String) throws {
        let canvas = try Canvas(decoding: ImageContainer(SampleImages.bytes(name)))
        let pixels = (0..<canvas.height).flatMap { Array(canvas.row($0)) }
        let unseen = pixels.filter { $0 >> 24 & 0x7F == 0x7F }
        #expect(unseen.count >= 100)
        #expect(unseen.allSatisfy { $0 == 0x7F00_0000 })
    }

    /// The file of an editor: below an erased area of 128 × 128 pixels a pattern is left.
    @Test func whatWasErasedDoesNotComeThrough() throws {
        let erased = try Canvas(width: 256, height: 256)
        for y in 0..<256 {
            let row = erased.row(y)
            for x in 0..<256 {
                let isErased = (64..<192).contains(x) && (64..<192).contains(y)
                row[x] = isErased ? 0x7F00_0000 | ((x / 16 + y / 16) & 1 == 1 ? 0xF0_F0F0 : 0x10_1010) : 0x30_70A0
            }
        }
        let canvas = try Canvas(decoding: ImageContainer(erased.encoded().bytes))
        let centres = stride(from: 72, to: 192, by: 16)
        let pixels = centres.flatMap { y in centres.map { canvas.row(y)[$0] } }
        #expect(pixels.allSatisfy { $0 == 0x7F00_0000 })
    }

    /// A table of three colours: black that is marked as transparent, black that is not, and red.
    @Test func anOpaqueColourThatEqualsTheMarkedOneStays() throws {
        let file: [UInt8] =
            Array("GIF89a".utf8) + [3, 0, 1, 0, 0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0xC8, 0x1E, 0x1E, 255, 255, 255]
            + [0x21, 0xF9, 4, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 3, 0, 1, 0, 0, 2, 3, 0x44, 0xA8, 0x02, 0, 0x3B]
        let canvas = try Canvas(decoding: ImageContainer(file))
        let pixels = Array(canvas.row(0))
        #expect(pixels == [0x7F00_0000, 0, 0xC8_1E1E])
    }

    @Test func scalesDownAndNeverUp() throws {
        let image = try PreparedImage(Canvas(width: 5000, height: 100).encoded().bytes)
        #expect((image.picture.width, image.picture.height) == (2560, 51))
        #expect((image.thumbnail.width, image.thumbnail.height) == (480, 10))
        let long = try PreparedImage(Canvas(width: 9000, height: 1).encoded().bytes)
        #expect((long.picture.width, long.picture.height) == (2560, 1))
        let small = try PreparedImage(SampleImages.bytes("alpha.png"))
        #expect((small.thumbnail.width, small.thumbnail.height) == (64, 48))
    }

    /// Equal files are equal pictures: an image sent twice is found to be the same.
    @Test func theSameFileGivesTheSameBytes() throws {
        let bytes = try SampleImages.bytes("phone.jpg")
        #expect(try PreparedImage(bytes) == PreparedImage(bytes))
    }
}
