import Foundation
import TestSupport
import Testing

@testable import Images

/// Colours with a profile are brought to sRGB before the profile goes.
struct ColourProfileTests {
    /// Display P3 as phones have it: the primaries of DCI-P3, the white of D65, the curve of sRGB; made by Little CMS.
    private static let displayP3: [UInt8] = {
        let text = """
            AAACCGxjbXMEQAAAbW50clJHQiBYWVogB+oACwAcAAQAJAAlYWNzcEFQUEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPbWAAEAAAAA\
            0y1sY21zAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAALZGVzYwAAAQgAAAAgY3BydAAAASgAAAAg\
            d3RwdAAAAUgAAAAUY2hhZAAAAVwAAAAsclhZWgAAAYgAAAAUYlhZWgAAAZwAAAAUZ1hZWgAAAbAAAAAUclRSQwAAAcQAAAAgZ1RSQwAA\
            AcQAAAAgYlRSQwAAAcQAAAAgY2hybQAAAeQAAAAkbWx1YwAAAAAAAAABAAAADGVuVVMAAAAEAAAAHABQADNtbHVjAAAAAAAAAAEAAAAM\
            ZW5VUwAAAAQAAAAcAFAAM1hZWiAAAAAAAAD21gABAAAAANMtc2YzMgAAAAAAAQxCAAAF3v//8yUAAAeTAAD9kP//+6H///2iAAAD3AAA\
            wG5YWVogAAAAAAAAg98AAD2/////u1hZWiAAAAAAAAAoOAAAEQsAAMi5WFlaIAAAAAAAAEq/AACxNwAACrlwYXJhAAAAAAADAAAAAmZm\
            AADypwAADVkAABPQAAAKW2Nocm0AAAAAAAMAAAAArhQAAFHsAABD1wAAsKQAACZmAAAPXA==
            """
        return [UInt8](Data(base64Encoded: text) ?? Data())
    }()

    /// Colours in Display P3, and the same in sRGB by the matrices of CSS Color 4 (section 10).
    private static let colours: [(p3: Int32, sRGB: Int)] = [
        (0xC8_5040, 0xD8_4537), (0x50_A050, 0x26_A245), (0x3C_50B4, 0x36_51BB), (0xFF_0000, 0xFF_0000),
        (0xFF_FFFF, 0xFF_FFFF), (0, 0),
    ]

    private func difference(_ one: Int, _ other: Int) -> Int {
        [0, 8, 16].map { abs((one >> $0 & 0xFF) - (other >> $0 & 0xFF)) }.max() ?? 0
    }

    private func flat(_ colour: Int32, width: Int = 64, height: Int = 48) throws -> Canvas {
        let canvas = try Canvas(width: width, height: height)
        for y in 0..<height { for x in 0..<width { canvas.row(y)[x] = colour } }
        return canvas
    }

    /// A JPEG file with some segments behind its first marker.
    private func file(_ colour: Int32, with segments: [UInt8]) throws -> [UInt8] {
        var bytes = try flat(colour).encoded().bytes
        bytes.insert(contentsOf: segments, at: 2)
        return bytes
    }

    private func segment(_ part: some Collection<UInt8>, _ number: UInt8 = 1, of count: UInt8 = 1) -> [UInt8] {
        let length = part.count + 16
        return [0xFF, 0xE2, UInt8(length >> 8), UInt8(length & 0xFF)] + Array("ICC_PROFILE\0".utf8) + [number, count]
            + part
    }

    /// A chunk of a PNG file, without its checksum.
    private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let big = (0..<4).map { UInt8(truncatingIfNeeded: content.count >> (24 - $0 * 8)) }
        return big + Array(name.utf8) + content + [0, 0, 0, 0]
    }

    /// Bytes in the frame of zlib, not made smaller (RFC 1950, RFC 1951).
    private func stored(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let block = bytes[start..<min(start + 65_535, bytes.count)]
            let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
            result += [block.endIndex == bytes.count ? 1 : 0, low, high, ~low, ~high] + block
        }
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return result + (0..<4).map { UInt8(truncatingIfNeeded: (b << 16 | a) >> UInt32(24 - $0 * 8)) }
    }

    private func png(_ content: [UInt8], in name: String = "alpha.png") throws -> [UInt8] {
        var bytes = try SampleImages.bytes(name)
        bytes.insert(contentsOf: chunk("iCCP", content), at: 33)
        return bytes
    }

    @Test func coloursOfDisplayP3BecomeThoseOfSRGB() throws {
        let canvas = try Canvas(width: Self.colours.count, height: 1)
        for (x, colour) in Self.colours.enumerated() { canvas.row(0)[x] = colour.p3 }
        canvas.convertToSRGB(from: Self.displayP3)
        for (x, colour) in Self.colours.enumerated() {
            #expect(difference(canvas.pixel(x, 0).colour, colour.sRGB) <= 1)
        }
    }

    @Test func transparencyStaysAsItIs() throws {
        let canvas = try Canvas(width: 3, height: 1)
        for (x, pixel) in [0x7F00_0000, 0x20C8_5040, 0x7EC8_5040].enumerated() { canvas.row(0)[x] = Int32(pixel) }
        canvas.convertToSRGB(from: Self.displayP3)
        #expect((0..<3).map { canvas.pixel($0, 0).transparency } == [0x7F, 0x20, 0x7E])
        #expect(canvas.row(0)[0] == 0x7F00_0000)
        #expect(difference(canvas.pixel(1, 0).colour, 0xD8_4537) <= 1)
    }

    /// The red of a phone, and the same from a file whose profile stands in several segments, in no order.
    @Test func theRedOfAPhoneIsTheSameRedAfterwards() throws {
        let profile = Self.displayP3
        #expect(profile.count == 520)
        let parts = segment(profile[300...], 3, of: 3) + segment(profile[..<100], 1, of: 3)
        for segments in [segment(profile), parts + segment(profile[100..<300], 2, of: 3)] {
            let image = try PreparedImage(try file(0xC8_5040, with: segments))
            for rendition in [image.picture, image.thumbnail] {
                #expect(rendition.bytes.firstRange(of: Array("ICC_PROFILE".utf8)) == nil)
                let canvas = try Canvas(decoding: ImageContainer(rendition.bytes))
                #expect(difference(canvas.pixel(30, 20).colour, 0xD8_4537) <= 2)
            }
        }
        let plain = try PreparedImage(try file(0xC8_5040, with: []))
        let canvas = try Canvas(decoding: ImageContainer(plain.picture.bytes))
        #expect(difference(canvas.pixel(30, 20).colour, 0xC8_5040) <= 2)
    }

    @Test func profilesAreFoundInPNGAndWebP() throws {
        let profile = Self.displayP3
        let name = Array("Display P3\0\0".utf8)
        #expect(try ImageContainer(png(name + stored(profile))).profile == profile)
        // The first one counts.
        let other = chunk("iCCP", name + stored(Array(profile.reversed())))
        var twice = try png(name + stored(profile))
        twice.insert(contentsOf: other, at: 33 + chunk("iCCP", name + stored(profile)).count)
        #expect(try ImageContainer(twice).profile == profile)
        let webP = try SampleImages.bytes("metadata.webp")
        let kept = try ImageContainer(webP).profile
        #expect(kept.firstRange(of: Array("acsp".utf8)) != nil)
        #expect(try ImageContainer(SampleImages.bytes("texts.png")).profile == kept)
        #expect(try ImageContainer(SampleImages.bytes("phone.jpg")).profile == kept)
    }

    @Test func segmentsThatMakeNoProfileArePassedOver() throws {
        let profile = Self.displayP3
        let broken: [[UInt8]] = [
            segment(profile[..<100], 1, of: 2), segment(profile, 0, of: 1), segment(profile, 2, of: 1),
            segment(profile, 1, of: 0), segment(profile) + segment(profile), segment([]),
            segment(profile[..<100], 1, of: 2) + segment(profile[100...], 2, of: 3), [0xFF, 0xE2, 0, 2],
        ]
        for segments in broken {
            #expect(try ImageContainer(file(0xC8_5040, with: segments)).profile.isEmpty)
        }
    }

    @Test func profilesThatAreTooLongArePassedOver() throws {
        let long = [UInt8](repeating: 0, count: ColourProfile.mostBytes + 1)
        #expect(ColourProfile.plain(long[...]).isEmpty && ColourProfile.plain(long.dropLast()).count == long.count - 1)
        let name = Array("a\0\0".utf8)
        #expect(ColourProfile.compressed((name + stored(long))[...]).isEmpty)
        #expect(ColourProfile.compressed((name + stored(Array(long.dropLast())))[...]).count == long.count - 1)
        let parts = (1...17).flatMap { segment([UInt8](repeating: 0, count: 65_000), $0, of: 17) }
        #expect(try ImageContainer(file(0, with: parts)).profile.isEmpty)
    }

    @Test(arguments: ["", "ohne Ende", "name\0\u{1}", "name\0\0", "name\0\0kein zlib"])
    func chunksThatHoldNoProfileArePassedOver(_ content: String) throws {
        #expect(try ImageContainer(png(Array(content.utf8))).profile.isEmpty)
    }

    /// A profile of colours says nothing of grey, or of inks.
    @Test func greyAndInksHaveNoUseForIt() throws {
        for name in ["grey.jpg", "cmyk.jpg"] {
            var bytes = try SampleImages.bytes(name)
            bytes.insert(contentsOf: segment(Self.displayP3), at: 2)
            #expect(try ImageContainer(bytes).profile.isEmpty)
            #expect(try PreparedImage(bytes) == PreparedImage(SampleImages.bytes(name)))
        }
        let grey = try png(Array("a\0\0".utf8) + stored(Self.displayP3), in: "sixteen.png")
        #expect(try ImageContainer(grey).profile.isEmpty)
    }

    /// Of grey, of inks, of no colour space, a link between two devices, cut off at many places, and without its mark.
    @Test func brokenProfilesChangeNothing() throws {
        func changed(_ place: Int, to text: String) -> [UInt8] {
            var profile = Self.displayP3
            profile.replaceSubrange(place..<place + 4, with: text.utf8)
            return profile
        }
        let broken =
            [
                changed(16, to: "GRAY"), changed(16, to: "CMYK"), changed(16, to: "????"), changed(12, to: "link"),
                changed(12, to: "nmcl"), changed(36, to: "xxxx"), Array("PLANTED".utf8),
            ] + stride(from: 0, to: 500, by: 20).map { Array(Self.displayP3[..<$0]) }
        for profile in broken {
            let canvas = try flat(0xC8_5040, width: 2, height: 1)
            canvas.convertToSRGB(from: profile)
            #expect(canvas.pixel(1, 0).colour == 0xC8_5040)
        }
    }

    /// Cameras and screens do with curves and a matrix; tables of hostile files are not read.
    @Test(arguments: ["A2B0", "A2B1", "A2B2", "D2B0", "D2B1", "D2B2", "D2B3"])
    func profilesWithTablesChangeNothing(_ tag: String) throws {
        var profile = Self.displayP3
        // The name of the tag with the primaries' chromaticities, at the end of the directory.
        let place = try #require(profile.firstRange(of: Array("chrm".utf8)))
        profile.replaceSubrange(place, with: tag.utf8)
        let canvas = try flat(0xC8_5040, width: 2, height: 1)
        canvas.convertToSRGB(from: profile)
        #expect(canvas.pixel(1, 0).colour == 0xC8_5040)
    }

    /// Whatever stands in a profile, the picture stays one.
    @Test func nothingInAProfileEndsTheProcess() throws {
        var state: UInt64 = 11
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<400 {
            var profile = Self.displayP3
            for _ in 0...random(6) { profile[random(profile.count)] = UInt8(random(256)) }
            let canvas = try flat(0xC8_5040, width: 2, height: 1)
            canvas.convertToSRGB(from: profile)
            #expect(canvas.pixel(1, 0).transparency == 0)
        }
    }

    /// Documents keep their kind, their size and their look.
    @Test func aStrippedImageLooksTheSameWithoutItsProfile() throws {
        for colour in Self.colours {
            let bytes = try file(colour.p3, with: segment(Self.displayP3))
            let stripped = try StrippedImage(bytes)
            let container = try ImageContainer(stripped.bytes)
            #expect(stripped.kind == .jpeg && container.profile.isEmpty)
            #expect(container.width == 64 && container.height == 48)
            #expect(difference(try Canvas(decoding: container).pixel(30, 20).colour, colour.sRGB) <= 4)
            #expect(try StrippedImage(stripped.bytes) == stripped)
        }
    }

    @Test func aStrippedPNGStaysAPNGWithItsTransparency() throws {
        let plain = try SampleImages.bytes("alpha.png")
        let bytes = try png(Array("P3".utf8) + [0, 0] + stored(Self.displayP3))
        let stripped = try StrippedImage(bytes)
        #expect(try stripped.kind == .png && stripped != StrippedImage(plain))
        let before = try Canvas(decoding: ImageContainer(plain))
        let after = try Canvas(decoding: ImageContainer(stripped.bytes))
        #expect(before.width == after.width && before.height == after.height)
        for y in 0..<before.height {
            for x in 0..<before.width {
                #expect(abs(before.pixel(x, y).transparency - after.pixel(x, y).transparency) <= 1)
            }
        }
    }

    @Test func aProfileOfSRGBLeavesThePixelsAlone() throws {
        #expect(!Canvas.isSRGB(Self.displayP3))
        #expect(Canvas.isSRGB([]) && Canvas.isSRGB([1, 2, 3]))
        let broken = Array(Self.displayP3.prefix(200))
        let bytes = try file(0x3C_50B4, with: segment(broken))
        #expect(try StrippedImage(bytes).bytes == StrippedImage(file(0x3C_50B4, with: [])).bytes)
    }
}
