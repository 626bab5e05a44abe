import Participation

/// Numbers that nobody can tell from chance without the key: HMAC-SHA-256 of a text and a counter.
struct KeyedRandom: RandomNumberGenerator {
    private let key: [UInt8]
    private var counter: UInt32 = 0
    private var words: [UInt64] = []

    /// Starts the numbers that belong to a text under a key.
    init(key: [UInt8], about text: String) {
        self.key = HMAC.sha256(Array("noise|\(text)".utf8), key: key)
    }

    mutating func next() -> UInt64 {
        if words.isEmpty {
            let block = HMAC.sha256((0..<4).map { UInt8(truncatingIfNeeded: counter >> (8 * $0)) }, key: key)
            words = stride(from: 0, to: 32, by: 8).map { start in
                block[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
            }
            counter &+= 1
        }
        return words.removeLast()
    }
}
