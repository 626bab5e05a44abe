import TestSupport
import Testing

@testable import Platform

struct HuffmanCodeTests {
    /// Codes that fill all bit patterns, none the beginning of another.
    private func expectWhole(_ code: HuffmanCode) {
        let room = code.lengths.reduce(0) { $0 + 1 << (15 - Int($1)) }
        #expect(room == 1 << 15)
        var taken = Set<UInt32>()
        for (bits, length) in zip(code.codes, code.lengths) {
            #expect((1...15).contains(length))
            for rest in 0..<(1 << (15 - UInt32(length))) { taken.insert(bits | UInt32(rest) << UInt32(length)) }
        }
        #expect(taken.count == 1 << 15)
    }

    @Test func isThatOfTheStandardsExample() {
        // RFC 1951, 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4 for A to H, sent from the highest bit.
        let code = HuffmanCode([4, 4, 4, 4, 4, 9, 2, 2])
        #expect(code.lengths == [3, 3, 3, 3, 3, 2, 4, 4])
        #expect(code.codes == [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111])
    }

    @Test func fillsAllBitsHoweverUnlikeTheSymbolsAre() {
        var random = SeededGenerator(seed: 9)
        expectWhole(HuffmanCode([0, 0]))
        expectWhole(HuffmanCode([Int](repeating: 0, count: 286)))
        expectWhole(HuffmanCode((0..<286).map { _ in Int.random(in: 0...5000, using: &random) }))
        // Fibonacci numbers make the deepest tree.
        var counts = [1, 1]
        while counts.count < 40 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
        expectWhole(HuffmanCode(counts))
    }
}

struct CyclicRedundancyTests {
    @Test func isTheKnownChecksum() {
        #expect(CyclicRedundancy.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CyclicRedundancy.of([]) == 0)
    }

    @Test func isPutTogetherOfThatOfParts() {
        var random = SeededGenerator(seed: 1)
        let bytes = (0..<700).map { _ in UInt8.random(in: 0...255, using: &random) }
        let shifts = CyclicRedundancy.shifts(upTo: bytes.count)
        for place in [0, 1, 350, 699, 700] {
            let (first, second) = (CyclicRedundancy.of(bytes[..<place]), CyclicRedundancy.of(bytes[place...]))
            #expect(
                CyclicRedundancy.joined(first, second, shift: shifts[700 - place]) == CyclicRedundancy.of(bytes))
        }
    }
}

struct PackedTokensTests {
    @Test func tellTheTextPieceByPiece() {
        var random = SeededGenerator(seed: 4)
        var bytes: [UInt8] = []
        var pieces = [0]
        for piece in 0..<100 {
            for _ in 0..<(piece % 60) {
                bytes += Array("[9.\(Int.random(in: 0...400, using: &random)),53.5],".utf8)
            }
            // Long ones, so that a repetition ends before its piece does.
            bytes += [UInt8](repeating: 65, count: piece % 3 == 0 ? 700 : 0)
            pieces.append(bytes.count)
        }
        let packed = PackedTokens(bytes, pieces: pieces, reach: 20)
        #expect(packed.starts.count == pieces.count)
        #expect(packed.tokens.count < bytes.count / 4)
        for piece in 0..<100 {
            var text: [UInt8] = []
            for token in packed.tokens[packed.starts[piece]..<packed.starts[piece + 1]] {
                if let (length, source, offset) = PackedTokens.repetition(token) {
                    #expect((3...258).contains(length) && (max(0, piece - 20)...piece).contains(source))
                    for index in offset..<offset + length {
                        // What is repeated may be the piece itself, as far as it is written.
                        text.append(source == piece ? text[index] : bytes[pieces[source] + index])
                    }
                } else {
                    text.append(UInt8(truncatingIfNeeded: token))
                }
            }
            #expect(text == Array(bytes[pieces[piece]..<pieces[piece + 1]]))
        }
    }
}
