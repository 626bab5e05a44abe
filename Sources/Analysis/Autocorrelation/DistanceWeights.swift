public import GeoCore

extension SpatialWeights {
    /// Binary weights to the `k` nearest other places; ties at the k-th distance go to the smallest index.
    ///
    /// Not symmetric. Rows are in rising order of index.
    ///
    /// - Parameters:
    ///   - points: places in metres.
    ///   - k: at least 1 and less than the number of places.
    /// - Throws: ``AnalysisError`` for another `k` or coordinates that are not finite.
    /// - Complexity: O(n log n) for small `k`.
    public static func nearest(_ k: Int, of points: Points) throws(AnalysisError) -> SpatialWeights {
        try requireFinite(points)
        guard k >= 1, k < points.count else {
            throw AnalysisError(
                .invalidParameter, "The number of neighbours must be at least 1 and less than the number of places.")
        }
        var rows = [[Int32]](repeating: [], count: points.count)
        try PointTree(points).forEachNearest(k) { rows[$0] = $1.map(\.index).sorted() }
        return SpatialWeights(soundRows: rows)
    }

    /// Binary weights between places at most `distance` metres apart, or inverse distances.
    ///
    /// - Parameters:
    ///   - distance: in metres; places at exactly this distance are neighbours.
    ///   - points: places in metres.
    ///   - power: weights are 1 / dᵖ with d at least one metre; 0 for binary weights.
    ///   - limit: the most neighbours altogether.
    /// - Throws: ``AnalysisError`` for a bad parameter or coordinate, or `tooManyCells` above the limit.
    /// - Complexity: linear in places and neighbours.
    public static func within(
        _ distance: Double, of points: Points, power: Double = 0, limit: Int = 50_000_000
    ) throws(AnalysisError) -> SpatialWeights {
        try AnalysisError.requirePositive(distance, "The distance")
        guard power.isFinite, power >= 0 else {
            throw AnalysisError(.invalidParameter, "The power of the distance must not be negative.")
        }
        let buckets = try PointBuckets(points, side: distance / 2 * (1 + 1e-9))
        var rows = [[(index: Int32, weight: Double)]](repeating: [], count: points.count)
        var total = 0
        for cell in 0..<buckets.count {
            try AnalysisError.checkCancellation()
            for place in buckets.range(cell) {
                var row: [(index: Int32, weight: Double)] = []
                buckets.forEachNear(cell) { near in
                    for other in buckets.range(near) where other != place {
                        let (dx, dy) = (buckets.x[other] - buckets.x[place], buckets.y[other] - buckets.y[place])
                        let squared = dx * dx + dy * dy
                        guard squared <= distance * distance else { continue }
                        let weight = power == 0 ? 1 : 1 / Elementary.pow(max(squared.squareRoot(), 1), power)
                        row.append((buckets.order[other], weight))
                    }
                    return true
                }
                total += row.count
                guard total <= limit else {
                    throw AnalysisError(.tooManyCells, "The distance gives more than \(limit) neighbours; shorten it.")
                }
                rows[Int(buckets.order[place])] = row.sorted { $0.index < $1.index }
            }
        }
        return SpatialWeights(soundRows: rows.map { $0.map(\.index) }, weights: rows.map { $0.map(\.weight) })
    }
}

/// Throws unless all coordinates are finite.
func requireFinite(_ points: Points) throws(AnalysisError) {
    for index in 0..<points.count where !(points.x[index].isFinite && points.y[index].isFinite) {
        throw AnalysisError(.notFinite, "The coordinates of point \(index) are not finite numbers.")
    }
}
