public import GeoCore

/// Pairs of points that a search for pairs within a distance has to look at: at least as many as there are, and about
/// twice as many where points are spread evenly.
///
/// For deciding beforehand whether a question about pairs can be answered in time. Each pair counts once.
///
/// - Throws: ``AnalysisError`` for a distance that is not positive, or coordinates that are not finite.
/// - Complexity: O(n), O(n log n) where points are sparse.
public func pairBound(_ points: Points, within distance: Double) throws(AnalysisError) -> Double {
    try AnalysisError.requirePositive(distance, "The distance")
    let buckets = try PointBuckets(points, side: distance / 2 * (1 + 1e-9))
    var pairs = 0.0
    for cell in 0..<buckets.count {
        let own = Double(buckets.range(cell).count)
        var near = 0.0
        buckets.forEachNear(cell) { other in
            near += Double(buckets.range(other).count)
            return true
        }
        pairs += own * (near - 1) / 2
    }
    return pairs
}
