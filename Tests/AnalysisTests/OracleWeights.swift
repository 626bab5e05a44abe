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
