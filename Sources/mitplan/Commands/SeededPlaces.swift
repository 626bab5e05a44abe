import Analysis
import GeoCore

/// Clustered points that are the same on every run: what benchmarks work on.
struct SeededPlaces {
    private var state: UInt64

    /// Starts the sequence; equal seeds give equal points.
    init(seed: UInt64) { state = seed }

    /// Side of the square that the points lie in, in metres.
    static let extent = 30_000.0

    /// Three fifths of the points lie in 40 clusters of 300 m to 1,500 m, the others anywhere in the square.
    mutating func points(_ count: Int) -> Points {
        var centers: [(x: Double, y: Double, spread: Double)] = []
        for _ in 0..<40 {
            centers.append((uniform() * Self.extent, uniform() * Self.extent, 300 + 1_200 * uniform()))
        }
        var points = Points(capacity: count)
        while points.count < count {
            if uniform() < 0.4 {
                points.append(x: uniform() * Self.extent, y: uniform() * Self.extent)
                continue
            }
            let center = centers[index(below: centers.count)]
            let x = center.x + center.spread * bell()
            let y = center.y + center.spread * bell()
            guard x >= 0, y >= 0, x < Self.extent, y < Self.extent else { continue }
            points.append(x: x, y: y)
        }
        return points
    }

    /// An index from 0 until `limit`.
    mutating func index(below limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

    /// A number in [0, 1).
    mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// About normal, standard deviation 1: the sum of twelve uniform numbers less 6.
    private mutating func bell() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
