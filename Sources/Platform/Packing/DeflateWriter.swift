/// Writes one gzip stream (RFC 1951, 1952) of symbols that somebody else has found, in a single block.
struct DeflateWriter {
    /// What a stream begins with: deflate, no name, no time, no system.
    private static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

    /// What is written, four bytes a word, the first in the lowest bits.
    private var words: [UInt32] = []
    private let literals: HuffmanCode
    private let distances: HuffmanCode
    /// For each length the bits that tell it, and how many.
    private let lengths: [(bits: UInt64, count: Int)]
    private var bits: UInt64 = 0
    private var count = 0

    /// Begins a stream.
    ///
    /// - Parameters:
    ///   - literals: how often each symbol of literals and lengths comes, about.
    ///   - distances: how often each symbol of distances comes, about.
    ///   - size: of the stream, about.
    init(literals literalCounts: [Int], distances distanceCounts: [Int], size: Int) {
        words.reserveCapacity(size / 4)
        let code = HuffmanCode(literalCounts)
        literals = code
        distances = HuffmanCode(distanceCounts)
        lengths = (0...258).map { length in
            guard length >= 3 else { return (0, 0) }
            let (symbol, extra, bits) = DeflateSymbols.length(length)
            let own = Int(code.lengths[symbol])
            return (UInt64(code.codes[symbol]) | UInt64(extra) << own, own + bits)
        }
        // The last block, with codes of its own: as many as there are symbols, and all 19 lengths of codes.
        put(1, 1)
        put(2, 2)
        put(UInt64(DeflateSymbols.literals - 257), 5)
        put(UInt64(DeflateSymbols.distances - 1), 5)
        put(15, 4)
        // Lengths of 0 to 15 are told by four bits each, and never repeated.
        for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] { put(symbol < 16 ? 4 : 0, 3) }
        for length in literals.lengths + distances.lengths {
            put(UInt64((0..<4).reduce(0) { $0 | (length >> $1 & 1) << (3 - $1) }), 4)
        }
    }

    /// Writes a byte as it is.
    mutating func literal(_ byte: UInt8) { put(UInt64(literals.codes[Int(byte)]), Int(literals.lengths[Int(byte)])) }

    /// Writes that 3 to 258 bytes are those from 1 to 32,768 bytes before.
    mutating func repeated(_ length: Int, distance: Int) {
        put(lengths[length].bits, lengths[length].count)
        let (symbol, extra, bits) = DeflateSymbols.distance(distance)
        let own = Int(distances.lengths[symbol])
        put(UInt64(distances.codes[symbol]) | UInt64(extra) << own, own + bits)
    }

    /// The whole stream.
    ///
    /// - Parameters:
    ///   - checksum: of the text.
    ///   - size: of the text in bytes.
    mutating func finish(checksum: UInt32, size: Int) -> [UInt8] {
        put(UInt64(literals.codes[DeflateSymbols.end]), Int(literals.lengths[DeflateSymbols.end]))
        let rest = (count + 7) / 8
        words.append(UInt32(truncatingIfNeeded: bits))
        var stream = [UInt8](repeating: 0, count: Self.head.count + 4 * words.count)
        stream.replaceSubrange(0..<Self.head.count, with: Self.head)
        var place = Self.head.count
        for word in words {
            stream[place] = UInt8(truncatingIfNeeded: word)
            stream[place + 1] = UInt8(truncatingIfNeeded: word >> 8)
            stream[place + 2] = UInt8(truncatingIfNeeded: word >> 16)
            stream[place + 3] = UInt8(truncatingIfNeeded: word >> 24)
            place += 4
        }
        stream.removeLast(4 - rest)
        for value in [checksum, UInt32(truncatingIfNeeded: size)] {
            for shift in [0, 8, 16, 24] { stream.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        return stream
    }

    /// Puts up to 32 bits.
    @inline(__always)
    private mutating func put(_ value: UInt64, _ length: Int) {
        bits |= value << UInt64(truncatingIfNeeded: count)
        count &+= length
        guard count >= 32 else { return }
        words.append(UInt32(truncatingIfNeeded: bits))
        bits >>= 32
        count &-= 32
    }
}
