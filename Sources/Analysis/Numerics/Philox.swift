/// The counter-based random generator Philox 4x32 with ten rounds.
///
/// A draw is a function of key and counter alone: results do not depend on threads or chunks, and a single place can
/// be computed again. Source: Salmon et al. 2011, SC '11, doi:10.1145/2063384.2063405.
enum Philox {
    /// The four words at a counter.
    static func block(key: UInt64, _ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
        var c = counter
        for _ in 0..<10 {
            let first = UInt64(0xD251_1F53) &* UInt64(c.x)
            let second = UInt64(0xCD9E_8D57) &* UInt64(c.z)
            c = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ c.y ^ k0, UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ c.w ^ k1, UInt32(truncatingIfNeeded: first))
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return c
    }
}

/// The draws of one permutation or simulation of one method, in order.
///
/// Counter: (draw, permutation, place, method); key: the seed.
struct CounterRandom {
    /// Which method draws, so that methods with one seed share no numbers.
    enum Method: UInt32 {
        case globalPermutation = 1
        case conditionalPermutation
        case poissonScan
        case bernoulliScan
        case spaceTimeScan
        case pointPattern = 64
        case timePermutation
        case categoryPermutation
        case changePoint
    }

    private let key: UInt64
    private var counter: SIMD4<UInt32>
    private var words = SIMD2<UInt64>()
    private var hasSecond = false

    /// Starts at the first draw.
    init(seed: UInt64, _ method: Method, permutation: Int, place: Int = 0) {
        key = seed
        counter = SIMD4(
            0, UInt32(truncatingIfNeeded: permutation), UInt32(truncatingIfNeeded: place), method.rawValue)
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        if hasSecond {
            hasSecond = false
            return words.y
        }
        let block = Philox.block(key: key, counter)
        counter.x &+= 1
        words = SIMD2(UInt64(block.x) << 32 | UInt64(block.y), UInt64(block.z) << 32 | UInt64(block.w))
        hasSecond = true
        return words.x
    }

    /// A number from 0 ..< `bound`, each equally likely but for less than bound / 2⁶⁴.
    mutating func index(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: bound)).high)
    }

    /// A number from [0, 1) with 53 random bits.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
