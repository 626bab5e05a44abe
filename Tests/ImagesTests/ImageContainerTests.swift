import TestSupport
import Testing

@testable import Images

struct ImageContainerTests {
    @Test(arguments: [
        ("phone.jpg", ImageKind.jpeg, 640, 480, 6), ("progressive.jpg", .jpeg, 64, 48, 1),
        ("orientation-5.jpg", .jpeg, 32, 48, 5), ("cmyk.jpg", .jpeg, 64, 48, 1), ("texts.png", .png, 64, 48, 3),
        ("sixteen.png", .png, 64, 48, 1), ("metadata.webp", .webp, 64, 48, 8), ("alpha.webp", .webp, 64, 48, 1),
        ("comment.gif", .gif, 64, 48, 1),
    ])
    func readsKindSizeAndOrientationBeforeDecoding(
        _ name: String, _ kind: ImageKind, _ width: Int, _ height: Int, _ orientation: Int
    ) throws {
        let container = try ImageContainer(SampleImages.bytes(name))
        #expect(container.kind == kind)
        #expect((container.width, container.height) == (width, height))
        #expect(container.orientation == orientation)
    }

    @Test(arguments: [
        ("\0\0\0\u{18}ftypheic\0\0\0\0", ImageError.Code.unsupported, "iPhone"),
        ("\0\0\0\u{18}ftypavif\0\0\0\0", .unsupported, "AVIF"), ("%PDF-1.7\n", .unsupported, "picture of the page"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", .unsupported, "export it as PNG"),
        ("<?xml version='1.0'?><svg/>", .unsupported, "markup"), ("II*\0\u{8}\0\0\0", .unsupported, "TIFF"),
        ("BM\u{36}\0\0\0", .unsupported, "BMP"), ("Nur ein Text", .unknownKind, "JPEG, PNG, WebP and GIF"),
        ("", .unknownKind, "no image"),
    ])
    func refusesOtherKindsWithWhatHelps(_ text: String, _ code: ImageError.Code, _ words: String) {
        let error = #expect(throws: ImageError.self) { try ImageContainer(Array(text.utf8)) }
        #expect(error?.code == code)
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func theContentDecidesAndNotWhatItIsSaidToBe() throws {
        let error = #expect(throws: ImageError.self) { try ImageKind.jpeg.check(declared: "image/png") }
        #expect(error?.code == .mismatch && error?.description.contains("its content is JPEG") == true)
        for type in ["image/jpeg", "image/jpg", "application/octet-stream", nil] {
            try ImageKind.jpeg.check(declared: type)
        }
    }

    @Test(arguments: ["animated.gif", "animated.webp", "animated.png"])
    func refusesMovingPictures(_ name: String) throws {
        let bytes = try SampleImages.bytes(name)
        let error = #expect(throws: ImageError.self) { try PreparedImage(bytes) }
        #expect(error?.code == .animated)
    }

    /// The sizes in the headers are all that is said of the pixels: nothing may be decoded to find out.
    @Test(arguments: [("alpha.png", 16, 4), ("comment.gif", 6, 2), ("grey.jpg", 0, 2)])
    func refusesTooManyPixelsByTheHeaderAlone(_ name: String, _ place: Int, _ size: Int) throws {
        var bytes = try SampleImages.bytes(name)
        let start = name.hasSuffix("jpg") ? try #require(bytes.firstRange(of: [0xFF, 0xC0])).lowerBound + 5 : place
        for side in 0..<2 {
            let value: [UInt8] = name.hasSuffix("gif") ? [0x40, 0x7F] : [0x7F, 0x40]
            bytes.replaceSubrange(start + side * size + size - 2..<start + side * size + size, with: value)
        }
        let error = #expect(throws: ImageError.self) { try PreparedImage(bytes) }
        #expect(error?.code == .tooManyPixels)
        #expect(error?.description.contains("× 32576 pixels; 40 million are allowed") == true)
    }

    @Test func refusesMoreScansThanAPictureNeeds() throws {
        var bytes = try SampleImages.bytes("progressive.jpg")
        let scan = try #require(bytes.firstRange(of: [0xFF, 0xDA])).lowerBound
        let header = Array(bytes[scan..<scan + 14])
        for _ in 0..<64 { bytes.insert(contentsOf: header, at: scan) }
        let error = #expect(throws: ImageError.self) { try PreparedImage(bytes) }
        #expect(error?.code == .unsupported && error?.description.contains("64 scans") == true)
    }

    /// Of a picture of 40 million pixels each scan is work of a tenth of a second; usual files have ten.
    @Test func refusesMoreScansThanTheSizeAllows() throws {
        var bytes = try SampleImages.bytes("progressive.jpg")
        let frame = try #require(bytes.firstRange(of: [0xFF, 0xC2])).lowerBound
        bytes.replaceSubrange(frame + 5..<frame + 9, with: [0x13, 0x88, 0x1F, 0x40])
        let usual = try ImageContainer(bytes)
        #expect((usual.width, usual.height, usual.passes) == (8000, 5000, 10))
        try usual.check(maximumPixels: PreparedImage.maximumPixels)
        let scan = try #require(bytes.firstRange(of: [0xFF, 0xDA])).lowerBound
        for _ in 0..<3 { bytes.insert(contentsOf: bytes[scan..<scan + 14], at: scan) }
        let error = #expect(throws: ImageError.self) { try PreparedImage(bytes) }
        #expect(error?.code == .unsupported && error?.description.contains("13 scans") == true)
    }

    /// What no rule gives a meaning may hold anything.
    @Test(arguments: [0x02, 0x4F, 0xBF, 0xF0, 0xFD, 0xE5, 0xFE] as [UInt8])
    func segmentsThatMakeNoPictureStayBehind(_ marker: UInt8) throws {
        let bytes = try SampleImages.bytes("progressive.jpg")
        let foreign = [0xFF, marker, 0, 9] + SampleImages.planted
        let container = try ImageContainer(Array(bytes[..<2] + foreign + bytes[2...]))
        #expect(try container.essence == ImageContainer(bytes).essence)
    }

    /// Wherever a file is cut, the cut is noticed; only what follows the end may be missing.
    @Test(arguments: SampleImages.names)
    func noticesEveryCut(_ name: String) throws {
        let bytes = try SampleImages.bytes(name)
        guard let whole = try? ImageContainer(bytes) else { return }
        for length in stride(from: 0, to: bytes.count, by: bytes.count > 2000 ? 7 : 1) {
            do {
                let cut = try ImageContainer(Array(bytes[..<length]))
                #expect(cut.essence == whole.essence, "\(name) after \(length) bytes")
            } catch {
                #expect([.truncated, .unknownKind, .damaged].contains(error.code), "\(length): \(error)")
            }
        }
    }

    @Test(arguments: [
        [], Array("II".utf8), Array("II*\0\u{8}\0\0\0\u{1}\0".utf8),
        // A directory far outside, an entry of another type, a value that is none.
        [0x4D, 0x4D, 0, 42, 0xFF, 0xFF, 0xFF, 0xFF], tiff(type: 4, value: 6), tiff(type: 3, value: 9),
        tiff(type: 3, value: 0),
    ])
    func anOrientationThatIsNoneLeavesThePicture(_ bytes: [UInt8]) {
        #expect(ExifOrientation.read(bytes[...]) == 1)
    }

    @Test func readsOrientationsOfBothByteOrders() {
        #expect(ExifOrientation.read(Self.tiff(type: 3, value: 6)[...]) == 6)
        let motorola: [UInt8] = [
            0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0,
        ]
        #expect(ExifOrientation.read(motorola[...]) == 8)
    }

    private static func tiff(type: UInt8, value: UInt8) -> [UInt8] {
        [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, type, 0, 1, 0, 0, 0, value, 0, 0, 0]
    }
}
