/// The symbols of deflate for lengths and distances (RFC 1951, 3.2.5).
enum DeflateSymbols {
    /// Symbols of literals and lengths, and of distances.
    static let literals = 286
    static let distances = 30
    static let end = 256

    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    /// The place in the tables above for each length.
    private static let lengthPlaces: [Int] = (0...258).map { length in
        lengthBases.lastIndex { $0 <= length } ?? 0
    }

    /// The symbol of a length of 3 to 258, with what is sent after it.
    static func length(_ length: Int) -> (symbol: Int, extra: UInt32, bits: Int) {
        let place = lengthPlaces[length]
        return (257 + place, UInt32(length - lengthBases[place]), lengthBits[place])
    }

    /// The symbol of a distance of 1 to 32,768, with what is sent after it.
    static func distance(_ distance: Int) -> (symbol: Int, extra: UInt32, bits: Int) {
        let less = distance - 1
        guard less >= 4 else { return (less, 0, 0) }
        let bits = Int.bitWidth - less.leadingZeroBitCount - 2
        return (2 * bits + less >> bits, UInt32(less & (1 << bits - 1)), bits)
    }
}
