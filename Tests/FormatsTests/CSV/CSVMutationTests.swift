import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Formats

@Suite struct CSVMutationTests {
    private static let samples = [
        "id,titel,lon,lat\n1,\"Ä, \"\"b\"\"\",9.5,53.5\n2,,,\n3,\"x\ny\",9,53\n",
        "id;wert;Rechtswert;Hochwert\r\n1;1.234,5;566.996,37;5.940.293,96\r\n",
        "a\tgeom\n1\tPOINT (1 2)\n2\tPOLYGON ((0 0,1 0,1 1,0 0))\n",
        "a|koordinate\n1|\"53.5, 9.9\"\n",
    ]

    /// A small seeded generator.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    @Test(arguments: samples) func mutatedTablesNeverTrap(text: String) throws {
        let folder = try TemporaryDirectory()
        var generator = Generator(state: 23)
        let signs = Array(",;\t|\"\n\r.-e0\u{0}".utf8) + [0xFF, 0xFE, 0xC3, 0x80]
        for _ in 0..<400 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...5, using: &generator) where bytes.count > 2 {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(signs.randomElement(using: &generator) ?? 0, at: place)
                default: bytes.removeLast(min(3, bytes.count - 1))
                }
            }
            do {
                let all = try ReadAll(CSVReader(path: folder.file("a.csv", bytes)))
                for properties in all.properties {
                    #expect(throws: Never.self) { try JSONValue.parse(properties, limits: .importing) }
                }
            } catch {
                #expect(error is FormatError)
            }
        }
    }

    @Test func rowsDoNotDependOnTheCut() throws {
        for text in Self.samples {
            let bytes = Array(text.utf8)
            var whole = CSVRowParser(delimiter: UInt8(ascii: ","))
            whole.append(bytes)
            var expected: [[String]] = []
            while let cells = try whole.next(atEnd: true) { expected.append(cells) }
            for cut in 0...bytes.count {
                var parser = CSVRowParser(delimiter: UInt8(ascii: ","))
                var rows: [[String]] = []
                parser.append(Array(bytes[..<cut]))
                while let cells = try parser.next(atEnd: false) { rows.append(cells) }
                parser.append(Array(bytes[cut...]))
                while let cells = try parser.next(atEnd: true) { rows.append(cells) }
                #expect(rows == expected)
            }
        }
    }
}
