public import GeoCore

/// A distance within which places are neighbours: the larger of the distance at which 99 % of all places have one, and
/// the mean distance to the eighth nearest.
///
/// The distance at which every place has a neighbour is often far too large where a few lie apart.
///
/// - Returns: metres; `nil` for fewer than two places, or where all lie at one.
/// - Throws: ``AnalysisError`` for coordinates that are not finite.
/// - Complexity: O(n log n).
public func suggestedBand(_ points: Points) throws(AnalysisError) -> Double? {
    try requireFinite(points)
    guard points.count > 1 else { return nil }
    let count = min(8, points.count - 1)
    var first = [Double](repeating: 0, count: points.count)
    var last = first
    try PointTree(points).forEachNearest(count) { place, found in
        first[place] = found.first?.squared.squareRoot() ?? 0
        last[place] = found.last?.squared.squareRoot() ?? 0
    }
    let mean = last.compensatedSum / Double(points.count)
    first.sort()
    let most = first[min(points.count - 1, NearestInteger.integer((0.99 * Double(points.count)).rounded(.up)) - 1)]
    let band = max(mean, most)
    // A band is closed: rounding must not put the farthest neighbour out of reach.
    return band > 0 ? band * (1 + 1e-12) : nil
}
