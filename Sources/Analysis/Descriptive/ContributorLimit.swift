/// Weights after which one contributor counts at most `limit` times in each cell, against flooding.
///
/// Where a contributor has more contributions in a cell all of them keep the same share of their weight, so that their
/// order does not matter. Contributions without contributor (−1) or cell (−1) are left as they are.
///
/// - Parameters:
///   - weights: of each contribution.
///   - cells: cell of each contribution.
///   - contributors: who made each, as a number.
///   - limit: contributions that count in full, at least 1.
/// - Throws: ``AnalysisError`` for columns of different lengths or a limit below 1.
/// - Complexity: linear on the average.
public func limitedWeights(
    _ weights: [Double], cells: [Int32], contributors: [Int32], limit: Int = 3
) throws(AnalysisError) -> [Double] {
    guard weights.count == cells.count, weights.count == contributors.count else {
        throw AnalysisError(.invalidColumns, "Every contribution needs a weight, a cell and a contributor.")
    }
    guard limit >= 1 else {
        throw AnalysisError(.invalidParameter, "The contributions of one contributor in a cell must be at least 1.")
    }
    func key(_ row: Int) -> Int64? {
        cells[row] < 0 || contributors[row] < 0 ? nil : Int64(cells[row]) << 32 | Int64(contributors[row])
    }
    var counts: [Int64: Int] = [:]
    for row in weights.indices { if let key = key(row) { counts[key, default: 0] += 1 } }
    return weights.indices.map { row in
        guard let key = key(row), let count = counts[key], count > limit else { return weights[row] }
        return weights[row] * Double(limit) / Double(count)
    }
}
