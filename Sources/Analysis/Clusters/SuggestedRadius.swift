public import GeoCore

/// Suggests a radius for ``dbscan(_:radius:minimum:isWeighted:)`` in metres: the knee of the neighbour distances.
///
/// Distances to the (minimum − 1)-th neighbour are sorted; the knee is where their logarithm lies farthest from
/// the straight line from the first to the last. Above the line it parts clusters from the spread between them, below it
/// parts what is dense from single points far out: whichever is the stronger. Distances of 0 take no part.
/// Source: Ester et al. 1996, section 4.2.
///
/// - Parameters:
///   - points: locations in metres.
///   - minimum: as the clustering will use it, at least 2.
/// - Throws: ``AnalysisError`` for coordinates that are not finite, or `tooFewData` when fewer than `minimum` places
///   differ.
/// - Complexity: O(n log n).
public func suggestedRadius(_ points: Points, minimum: Int = 5) throws(AnalysisError) -> Double {
    try requireFinite(points)
    guard minimum >= 2 else {
        throw AnalysisError(.invalidParameter, "The minimum number of points must be at least 2.")
    }
    var distances: [Double] = []
    distances.reserveCapacity(points.count)
    try PointTree(points).forEachNearest(minimum - 1) { _, nearest in
        if nearest.count == minimum - 1, let last = nearest.last, last.squared > 0 {
            distances.append(last.squared.squareRoot())
        }
    }
    distances.sort()
    // A few places almost on top of each other, or far out, would turn the line: two per cent at each end stay out.
    let outliers = distances.count / 50
    distances.removeLast(outliers)
    distances.removeFirst(outliers)
    guard let first = distances.first, let last = distances.last else {
        throw AnalysisError(.tooFewData, "A radius needs at least \(minimum) points that are not all at one place.")
    }
    let (low, high) = (Elementary.log(first), Elementary.log(last))
    var best = (depth: 0.0, place: (distances.count - 1) / 2)
    for place in distances.indices {
        let chord = low + (high - low) * Double(place) / Double(max(distances.count - 1, 1))
        let depth = (chord - Elementary.log(distances[place])).magnitude
        if depth > best.depth { best = (depth, place) }
    }
    return distances[best.place]
}
