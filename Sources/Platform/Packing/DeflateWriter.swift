/// Writes one gzip stream (RFC 1951, 1952) of symbols that somebody else has found, in a single block.
struct DeflateWriter {
    private(set) var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
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
        bytes.reserveCapacity(size)
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
        put(0, 7)
        while count >= 8 { putByte() }
        for value in [checksum, UInt32(truncatingIfNeeded: size)] {
            for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        }
        defer { bytes = [] }
        return bytes
    }

    /// Puts up to 32 bits.
    @inline(__always)
    private mutating func put(_ value: UInt64, _ length: Int) {
        bits |= value << UInt64(truncatingIfNeeded: count)
        count += length
        guard count >= 32 else { return }
        for _ in 0..<4 { putByte() }
    }

    @inline(__always)
    private mutating func putByte() {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
    }
}
