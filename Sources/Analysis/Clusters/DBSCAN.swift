public import GeoCore

/// Clusters of points by density, with the parameters they were found with.
public struct DensityClusters: Sendable, Equatable {
    /// Radius of the neighbourhood in metres; a point at exactly this distance belongs to it.
    public let radius: Double
    /// Points, or weight, a neighbourhood needs for its centre to be a core; the centre counts.
    public let minimum: Int
    /// Whether weights were added up instead of points.
    public let isWeighted: Bool
    /// Cluster of each point, −1 for noise.
    ///
    /// Clusters are numbered by their smallest core index. A point that is no core belongs to the cluster of the
    /// nearest core within the radius, the smallest index among equals.
    public let labels: [Int32]
    /// Whether each point is a core.
    public let isCore: [Bool]
    /// Number of clusters.
    public let count: Int

    /// Number of points in no cluster.
    public var noise: Int { labels.reduce(0) { $1 < 0 ? $0 + 1 : $0 } }
}

/// Finds clusters by density (DBSCAN).
///
/// Points are sorted into squares whose diagonal is the radius: a square with enough points consists of cores, and
/// squares are joined by the first pair of cores found within the radius. Source: Ester et al. 1996, KDD; Gan & Tao
/// 2015, SIGMOD, doi:10.1145/2723372.2737792.
///
/// - Parameters:
///   - points: locations in metres; weights must not be negative.
///   - radius: radius of the neighbourhood in metres, closed.
///   - minimum: points (or weight) needed within the radius, the point itself included; at least 1.
///   - isWeighted: adds up weights instead of counting points.
/// - Throws: ``AnalysisError`` for a bad parameter, coordinate or weight, or when the task is cancelled.
/// - Complexity: O(n log n) on data as they occur, O(n) memory.
public func dbscan(
    _ points: Points, radius: Double, minimum: Int, isWeighted: Bool = false
) throws(AnalysisError) -> DensityClusters {
    var search = try DensitySearch(points, radius, minimum, isWeighted)
    search.setCores(try Chunks.mapInOrder(search.parts, search.cores))
    search.setClusters(try Chunks.mapInOrder(search.parts, search.links))
    let (labels, isCore) = search.inOrder(try Chunks.mapInOrder(search.parts, search.labels))
    return DensityClusters(
        radius: radius, minimum: minimum, isWeighted: isWeighted, labels: labels, isCore: isCore,
        count: search.clusterCount)
}

/// Finds clusters by density as ``dbscan(_:radius:minimum:isWeighted:)``, worked on by all cores at once.
///
/// Cores, links between cells and labels are found for ranges of cells apart from each other. Labels do not depend on
/// the ranges: they are the same as on one core.
///
/// - Throws: ``AnalysisError`` as the function on one core.
public func parallelDBSCAN(
    _ points: Points, radius: Double, minimum: Int, isWeighted: Bool = false
) async throws(AnalysisError) -> DensityClusters {
    var search = try DensitySearch(points, radius, minimum, isWeighted)
    let start = search
    search.setCores(try await Chunks.map(start.parts) { range throws(AnalysisError) in try start.cores(range) })
    let withCores = search
    search.setClusters(
        try await Chunks.map(start.parts) { range throws(AnalysisError) in try withCores.links(range) })
    let withClusters = search
    let (labels, isCore) = search.inOrder(
        try await Chunks.map(start.parts) { range throws(AnalysisError) in try withClusters.labels(range) })
    return DensityClusters(
        radius: radius, minimum: minimum, isWeighted: isWeighted, labels: labels, isCore: isCore,
        count: search.clusterCount)
}

extension DensitySearch {
    /// Checks the question and sorts the points into squares.
    fileprivate init(
        _ points: Points, _ radius: Double, _ minimum: Int, _ isWeighted: Bool
    ) throws(AnalysisError) {
        try AnalysisError.requirePositive(radius, "The radius")
        guard minimum >= 1 else {
            throw AnalysisError(.invalidParameter, "The minimum number of points must be at least 1.")
        }
        if isWeighted, !points.weight.allSatisfy({ $0.isFinite && $0 >= 0 }) {
            throw AnalysisError(.invalidParameter, "Weights for clusters must be finite and not negative.")
        }
        // A little less than radius / √2, so that rounding never puts points farther apart than the radius in one
        // square.
        let buckets = try PointBuckets(points, side: radius * 0.5.squareRoot() * (1 - 1e-9))
        self.init(
            buckets, squaredRadius: radius * radius, minimum: Double(minimum),
            weights: isWeighted ? buckets.order.map { points.weight[Int($0)] } : nil)
    }
}
