import CZlib
import Foundation
import Testing

@testable import Formats

struct PNGPictureTests {
    private func document(_ body: String, width: Int = 40, height: Int = 20) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)">
            \(body)</svg>
            """.utf8)
    }

    @Test func showsWhatTheDocumentShows() throws {
        let svg = document(
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><rect width=\"20\" height=\"20\" fill=\"#b2182b\"/>")
        let picture = try DecodedPNG(try PNGPicture.draw(svg, width: 80))
        #expect((picture.width, picture.height) == (80, 40))
        #expect(picture.pixel(10, 10) == [0xB2, 0x18, 0x2B])
        #expect(picture.pixel(39, 39) == [0xB2, 0x18, 0x2B])
        #expect(picture.pixel(41, 0) == [0xFF, 0xFF, 0xFF])
    }

    @Test func drawsLetters() throws {
        let words = document(
            "<text x=\"2\" y=\"15\" font-size=\"14\" font-family=\"sans-serif\" fill=\"#000\">Gi</text>")
        let (with, without) = (try PNGPicture.draw(words, width: 80), try PNGPicture.draw(document(""), width: 80))
        #expect(with != without)
    }

    @Test func isTheSameEveryTimeAndHoldsNoTime() throws {
        let map = MapPicture(title: "Grün & <Verkehr>", methodLine: "Gi*", legend: ["a", "b"], legendTitle: "Anzahl")
            .svg()
        let bytes = try PNGPicture.draw(map, width: 480)
        #expect(bytes == (try PNGPicture.draw(map, width: 480)))
        let picture = try DecodedPNG(bytes)
        #expect(picture.width == 480)
        #expect(Set(picture.chunks).isDisjoint(with: ["tIME", "tEXt", "zTXt", "iTXt", "eXIf"]))
    }

    @Test func refusesTooManyPixelsAndSaysWhatFits() throws {
        for (height, most) in [(400, 632), (10_000, 32)] {
            let tall = document("", width: 10, height: height)
            let error = #expect(throws: FormatError.self) { try PNGPicture.draw(tall, width: 4000) }
            #expect(error?.code == "tooLarge")
            #expect(error?.message.contains("\(most) pixels") == true)
            #expect(try DecodedPNG(try PNGPicture.draw(tall, width: most)).width == most)
        }
    }

    @Test(arguments: ["", "<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"/>", "no picture"])
    func refusesWhatIsNoPicture(_ text: String) {
        let error = #expect(throws: FormatError.self) { try PNGPicture.draw(Array(text.utf8), width: 100) }
        #expect(error?.code == "badPicture")
    }

    @Test func loadsNothingFromOutside() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let plain = try PNGPicture.draw(document(""), width: 40)
        let linked = document(
            "<image href=\"file://\(folder)/x.png\" width=\"40\" height=\"20\"/><image href=\"/etc/hostname\" width=\"9\"/>"
        )
        #expect(try PNGPicture.draw(linked, width: 40) == plain)
    }
}

/// The pixels of a PNG with eight bits of red, green and blue (ISO/IEC 15948).
struct DecodedPNG {
    let width: Int
    let height: Int
    private(set) var chunks: [String] = []
    private var pixels: [UInt8] = []

    init(_ bytes: [UInt8]) throws {
        func number(_ place: Int) -> Int { bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        try #require(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        var packed: [UInt8] = []
        var place = 8
        while place + 8 <= bytes.count {
            let (length, name) = (number(place), String(decoding: bytes[place + 4..<place + 8], as: UTF8.self))
            chunks.append(name)
            if name == "IDAT" { packed += bytes[place + 8..<place + 8 + length] }
            place += length + 12
        }
        try #require(place == bytes.count && chunks.last == "IEND" && bytes[24] == 8 && bytes[25] == 2)
        (width, height) = (number(16), number(20))
        var rows = [UInt8](repeating: 0, count: height * (1 + width * 3))
        var size = UInt(rows.count)
        try #require(uncompress(&rows, &size, packed, UInt(packed.count)) == Z_OK && size == rows.count)
        var above = [UInt8](repeating: 0, count: width * 3)
        for row in 0..<height {
            let start = row * (1 + width * 3)
            var line = Array(rows[start + 1..<start + 1 + width * 3])
            for index in line.indices {
                let left = index >= 3 ? line[index - 3] : 0
                let corner = index >= 3 ? above[index - 3] : 0
                switch rows[start] {
                case 1: line[index] &+= left
                case 2: line[index] &+= above[index]
                case 3: line[index] &+= UInt8((Int(left) + Int(above[index])) / 2)
                case 4: line[index] &+= Self.paeth(Int(left), Int(above[index]), Int(corner))
                default: break
                }
            }
            pixels += line
            above = line
        }
    }

    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
        let start = (y * width + x) * 3
        return Array(pixels[start..<start + 3])
    }

    private static func paeth(_ a: Int, _ b: Int, _ c: Int) -> UInt8 {
        let estimate = a + b - c
        let (pa, pb, pc) = (abs(estimate - a), abs(estimate - b), abs(estimate - c))
        return UInt8(pa <= pb && pa <= pc ? a : pb <= pc ? b : c)
    }
}
