import Analysis
import GeoCore
import TestSupport

/// Sparse rows as the reference cases write them.
struct OracleWeights: Decodable {
    let indptr: [Int]
    let indices: [Int32]
    let data: [Double]?

    func makeWeights() throws -> SpatialWeights {
        try SpatialWeights(offsets: indptr, neighbors: indices, weights: data)
    }
}

/// Whether two columns agree place by place, undefined places included.
func agree(
    _ values: some Collection<Double?>, _ expected: some Collection<Double?>, relative: Double = 1e-9,
    absolute: Double = 1e-12
) -> Bool {
    values.count == expected.count
        && zip(values, expected).allSatisfy { value, expected in
            switch (value, expected) {
            case (nil, nil): true
            case (let value?, let expected?): isClose(value, expected, relative: relative, absolute: absolute)
            default: false
            }
        }
}

extension Points {
    /// Columns from pairs of coordinates.
    init(pairs: [[Double]], weights: [Double]? = nil) {
        self.init(x: pairs.map { $0[0] }, y: pairs.map { $0[1] }, weight: weights)
    }
}

/// A small seeded generator, so that property tests repeat.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
