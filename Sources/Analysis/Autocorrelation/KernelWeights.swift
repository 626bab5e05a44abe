public import GeoCore

extension SpatialWeights {
    /// Weights that fall in a straight line from 1 at a place itself to 0 at a distance (triangular kernel).
    ///
    /// - Parameters:
    ///   - distance: in metres, from which weights are 0.
    ///   - points: places in metres.
    ///   - limit: the most neighbours altogether.
    /// - Throws: ``AnalysisError`` for a bad parameter or coordinate, or `tooManyCells` above the limit.
    /// - Complexity: linear in places and neighbours.
    public static func kernel(
        _ distance: Double, of points: Points, limit: Int = 50_000_000
    ) throws(AnalysisError) -> SpatialWeights {
        let near = try within(distance, of: points, limit: limit)
        return try near.triangular(points) { _ in distance }
    }

    /// Weights that fall in a straight line from 1 at a place itself to 0 just beyond its `k` nearest others.
    ///
    /// - Parameters:
    ///   - k: at least 1 and less than the number of places.
    ///   - points: places in metres.
    /// - Throws: ``AnalysisError`` for another `k` or coordinates that are not finite.
    /// - Complexity: O(n log n) for small `k`.
    public static func kernel(nearest k: Int, of points: Points) throws(AnalysisError) -> SpatialWeights {
        let near = try nearest(k, of: points)
        return try near.triangular(points) { place in
            var farthest = 0.0
            for entry in near.offsets[place]..<near.offsets[place + 1] {
                farthest = max(farthest, distance(points, place, Int(near.neighbors[entry])))
            }
            // As libpysal: the last neighbour counts a little.
            return max(farthest, 1e-9) * 1.0000001
        }
    }

    private func triangular(
        _ points: Points, reach: (Int) -> Double
    ) throws(AnalysisError) -> SpatialWeights {
        var rows = [[Int32]](repeating: [], count: count)
        var values = [[Double]](repeating: [], count: count)
        for place in 0..<count {
            if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
            let reach = reach(place)
            var row = [(index: Int32(truncatingIfNeeded: place), weight: 1.0)]
            for entry in offsets[place]..<offsets[place + 1] {
                let weight = 1 - Self.distance(points, place, Int(neighbors[entry])) / reach
                if weight > 0 { row.append((neighbors[entry], weight)) }
            }
            row.sort { $0.index < $1.index }
            rows[place] = row.map(\.index)
            values[place] = row.map(\.weight)
        }
        return SpatialWeights(soundRows: rows, weights: values)
    }

    private static func distance(_ points: Points, _ a: Int, _ b: Int) -> Double {
        let (dx, dy) = (points.x[a] - points.x[b], points.y[a] - points.y[b])
        return (dx * dx + dy * dy).squareRoot()
    }
}
