/// Text as literals and repetitions, as deflate has it (RFC 1951): where a repetition begins is told by piece, so that
/// other text may come between pieces before they are written.
struct PackedTokens: Sendable {
    /// A literal byte, or with the highest bit a repetition: its length in 9 bits, the piece in 7, the offset there in 15.
    private(set) var tokens: [UInt32] = []
    /// First token of each piece, and the number of tokens.
    private(set) var starts: [Int] = [0]

    private static let isRepeated: UInt32 = 1 << 31
    /// Most pieces: so many a token can tell apart.
    static let most = 128
    private static let longest = 258
    private static let shortest = 4

    /// Finds repetitions in pieces of a text by what begins with the same four bytes; the last place where it was seen is
    /// taken.
    ///
    /// - Parameters:
    ///   - bytes: of all pieces; one has at most 32,767.
    ///   - pieces: where each begins, and the end of the last; at most ``most`` and one.
    ///   - reach: pieces back that a repetition may lie.
    init(_ bytes: [UInt8], pieces: [Int], reach: Int) {
        // The place in the text where four bytes of a hash were last seen.
        var seen = [Int32](repeating: -1, count: 1 << 12)
        // The piece of each place, so that repetitions stay inside of one.
        var pieceOf = [UInt8](repeating: 0, count: bytes.count)
        tokens.reserveCapacity(bytes.count / 4)
        for piece in 0..<pieces.count - 1 {
            let end = pieces[piece + 1]
            for place in pieces[piece]..<end { pieceOf[place] = UInt8(piece) }
            var place = pieces[piece]
            while place < end {
                guard place + Self.shortest <= end else {
                    tokens.append(UInt32(bytes[place]))
                    place += 1
                    continue
                }
                let slot = Self.slot(bytes, place)
                let source = Int(seen[slot])
                seen[slot] = Int32(place)
                var length = 0
                if source >= 0, piece - Int(pieceOf[source]) <= reach {
                    let last = min(pieces[Int(pieceOf[source]) + 1], source + Self.longest)
                    while place + length < end, source + length < last, bytes[place + length] == bytes[source + length]
                    {
                        length += 1
                    }
                }
                guard length >= Self.shortest else {
                    tokens.append(UInt32(bytes[place]))
                    place += 1
                    continue
                }
                let from = Int(pieceOf[source])
                tokens.append(
                    Self.isRepeated | UInt32(length) << 22 | UInt32(from) << 15 | UInt32(source - pieces[from]))
                for inner in place + 1..<place + length where inner + Self.shortest <= end {
                    seen[Self.slot(bytes, inner)] = Int32(inner)
                }
                place += length
            }
            starts.append(tokens.count)
        }
    }

    /// What a token repeats: its length, the piece where it begins, and the offset there; `nil` for a literal.
    @inline(__always)
    static func repetition(_ token: UInt32) -> (length: Int, piece: Int, offset: Int)? {
        guard token & isRepeated != 0 else { return nil }
        return (Int(token >> 22 & 0x1FF), Int(token >> 15 & 0x7F), Int(token & 0x7FFF))
    }

    private static func slot(_ bytes: [UInt8], _ place: Int) -> Int {
        let four =
            UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
            | UInt32(bytes[place + 3]) << 24
        return Int((four &* 0x9E37_79B1) >> 20)
    }
}
