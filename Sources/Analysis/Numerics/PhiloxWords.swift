/// Words of Philox 4x32 for long loops: the blocks of one permutation, four worked out side by side.
///
/// Four blocks do not wait for each other, which a generator that makes one at a time does. Words come four blocks at a
/// time: the first words of all four, the second, the third, the fourth.
struct PhiloxWords {
    private let key: UInt64
    private let permutation: UInt32
    private let method: UInt32
    private var nextBlock: UInt32 = 0
    private var words: [UInt64]
    private var place: Int

    private static let size = 256

    /// Starts at the first word.
    init(seed: UInt64, _ method: CounterRandom.Method, permutation: Int) {
        key = seed
        self.permutation = UInt32(truncatingIfNeeded: permutation)
        self.method = method.rawValue
        words = Array(repeating: 0, count: Self.size)
        place = Self.size
    }

    /// A number from 0 ..< `bound`, each exactly as likely, for bounds that 32 bits hold.
    ///
    /// Multiplying takes the place of a division; the few words that would favour some numbers are passed over.
    /// Source: Lemire 2019, doi:10.1145/3230636.
    @inline(__always)
    mutating func index(below bound: Int) -> Int {
        let bound = UInt64(truncatingIfNeeded: bound)
        var product = next() &* bound
        if product & 0xFFFF_FFFF < bound {
            let favored = (0x1_0000_0000 - bound) % bound
            while product & 0xFFFF_FFFF < favored { product = next() &* bound }
        }
        return Int(truncatingIfNeeded: product >> 32)
    }

    /// The next 32 bits.
    @inline(__always)
    private mutating func next() -> UInt64 {
        if place == Self.size { refill() }
        let word = words[place]
        place &+= 1
        return word
    }

    @inline(never)
    private mutating func refill() {
        typealias Four = SIMD4<UInt64>
        let low = Four(repeating: 0xFFFF_FFFF)
        var target = 0
        while target < Self.size {
            let first = UInt64(nextBlock)
            var (c0, c1) = (Four(first, first &+ 1, first &+ 2, first &+ 3) & low, Four(repeating: UInt64(permutation)))
            var (c2, c3) = (Four.zero, Four(repeating: UInt64(method)))
            var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
            for _ in 0..<10 {
                let (p0, p2) = ((c0 & low) &* 0xD251_1F53, (c2 & low) &* 0xCD9E_8D57)
                c0 = p2 &>> 32 ^ c1 ^ UInt64(k0)
                c1 = p2 & low
                c2 = p0 &>> 32 ^ c3 ^ UInt64(k1)
                c3 = p0 & low
                k0 &+= 0x9E37_79B9
                k1 &+= 0xBB67_AE85
            }
            store(c0, at: target)
            store(c1, at: target + 4)
            store(c2, at: target + 8)
            store(c3, at: target + 12)
            nextBlock &+= 4
            target += 16
        }
        place = 0
    }

    @inline(__always)
    private mutating func store(_ four: SIMD4<UInt64>, at target: Int) {
        for lane in 0..<4 { words[target + lane] = four[lane] }
    }
}
