import TestSupport
import Testing

@testable import Images

struct StrippedImageTests {
    private func colours(_ bytes: [UInt8]) throws -> [Int] {
        let canvas = try Canvas(decoding: ImageContainer(bytes))
        return (0..<canvas.height).flatMap { y in (0..<canvas.width).map { canvas.pixel($0, y).colour } }
    }

    @Test(arguments: ["phone.jpg", "texts.png", "metadata.webp", "comment.gif"])
    func keepsThePixelsAndNothingElse(_ name: String) throws {
        let bytes = try SampleImages.bytes(name)
        let stripped = try StrippedImage(bytes)
        #expect(stripped.bytes.firstRange(of: SampleImages.planted) == nil)
        for mark in ["xmp", "8BIM", "ICC", "eXIf", "EXIF", "iCCP", "XMP "] {
            #expect(stripped.bytes.firstRange(of: Array(mark.utf8)) == nil, "\(mark)")
        }
        #expect(try colours(stripped.bytes) == colours(bytes))
        #expect(try StrippedImage(stripped.bytes) == stripped)
    }

    @Test(arguments: 1...8)
    func keepsWhichWayIsUp(_ orientation: Int) throws {
        let stripped = try StrippedImage(SampleImages.bytes("orientation-\(orientation).jpg"))
        #expect(try ImageContainer(stripped.bytes).orientation == orientation)
    }

    @Test(arguments: ["alpha.png", "alpha.webp", "palette.gif", "palette.png", "colour-key.png", "cmyk.jpg"])
    func leavesTheRareFormsAsTheyAre(_ name: String) throws {
        let bytes = try SampleImages.bytes(name)
        let (before, after) = (try PreparedImage(bytes), try PreparedImage(StrippedImage(bytes).bytes))
        #expect(before == after)
    }
}
