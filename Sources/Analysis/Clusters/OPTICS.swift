public import GeoCore

/// Points in an order in which clusters of every density are runs of small reachability.
public struct ClusterOrdering: Sendable, Equatable {
    /// Points a neighbourhood needs, the point itself included.
    public let minimum: Int
    /// Radius in metres beyond which nothing was looked for; infinite for none.
    public let maximumRadius: Double
    /// Indices of the points in their order.
    public let ordering: [Int32]
    /// Reachability of each point in metres, by index of the point; infinite where no point before reached it.
    public let reachability: [Double]
    /// Distance in metres from each point to the last of its nearest `minimum`, itself included; infinite beyond the
    /// radius.
    public let coreDistances: [Double]
    /// The point from which each was reached, −1 for none.
    public let predecessors: [Int32]

    /// The clusters that ``dbscan(_:radius:minimum:isWeighted:)`` would find at a smaller radius in metres, up to points
    /// that are no core; −1 for noise, numbered along the order.
    ///
    /// - Throws: ``AnalysisError`` unless the radius is above 0 and at most ``maximumRadius``.
    /// - Complexity: linear.
    public func labels(radius: Double) throws(AnalysisError) -> [Int32] {
        guard radius > 0, radius <= maximumRadius else {
            throw AnalysisError(
                .invalidParameter, "The radius of the clusters must be above 0 and at most \(maximumRadius) metres.")
        }
        var labels = [Int32](repeating: -1, count: ordering.count)
        var current: Int32 = -1
        for index in ordering.lazy.map({ Int($0) }) {
            if reachability[index] > radius {
                guard coreDistances[index] <= radius else { continue }
                current += 1
            }
            labels[index] = current
        }
        return labels
    }
}

/// Orders points so that clusters of every density show (OPTICS).
///
/// Starts at the smallest index; next comes the point with the smallest reachability, the smallest index among equals.
/// Instead of updating all points around each new one, every point already in order offers the best point that is not,
/// and renews its offer when that has been taken: the same order without a radius too.
/// Source: Ankerst et al. 1999, SIGMOD, doi:10.1145/304181.304187.
///
/// - Parameters:
///   - points: locations in metres; weights take no part.
///   - minimum: points a neighbourhood needs, the point itself included; at least 1.
///   - maximumRadius: farthest neighbours looked at in metres, closed; infinite for all.
/// - Throws: ``AnalysisError`` for a bad parameter or coordinate, or when the task is cancelled.
/// - Complexity: O(n · minimum · log n) on data as they occur.
public func optics(
    _ points: Points, minimum: Int, maximumRadius: Double = .infinity
) async throws(AnalysisError) -> ClusterOrdering {
    guard (1...10_000).contains(minimum) else {
        throw AnalysisError(.invalidParameter, "The minimum number of points must be from 1 to 10000, for example 5.")
    }
    guard maximumRadius > 0 else {
        throw AnalysisError(.invalidParameter, "The largest radius must be greater than 0, or infinite.")
    }
    let tree = try BoxTree(points)
    let nearest = try await NearestLists(tree, count: minimum - 1)
    // Compared with their roots, so that the radius is closed as it was given.
    let cores = nearest.squared.map { squared in
        nearest.count == minimum - 1 && squared.squareRoot() <= maximumRadius ? squared : .infinity
    }
    var walk = OrderingWalk(tree, cores, limit: maximumRadius)
    try walk.run()
    var coreDistances = [Double](repeating: .infinity, count: points.count)
    for (place, index) in tree.order.enumerated() { coreDistances[Int(index)] = cores[place].squareRoot() }
    return ClusterOrdering(
        minimum: minimum, maximumRadius: maximumRadius, ordering: walk.ordering, reachability: walk.reachability,
        coreDistances: coreDistances, predecessors: walk.predecessors)
}
