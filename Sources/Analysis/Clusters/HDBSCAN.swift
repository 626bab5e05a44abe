public import GeoCore

/// What is asked of ``hdbscan(_:_:)``.
public struct HierarchicalClustering: Sendable, Hashable {
    /// Points a cluster needs, at least 2.
    public var minimumSize: Int
    /// Others within the core distance of a point, not counting the point; at least 1.
    public var neighbors: Int
    /// How clusters are taken from the hierarchy.
    public var selection: ClusterSelection
    /// Clusters closer than this in metres stay together; 0 for no such rule.
    public var epsilon: Double
    /// Whether all points may be one cluster.
    public var allowsSingleCluster: Bool

    /// Makes a question; `neighbors` is the smaller of `minimumSize` and 10 unless given.
    public init(
        minimumSize: Int, neighbors: Int? = nil, selection: ClusterSelection = .excessOfMass, epsilon: Double = 0,
        allowsSingleCluster: Bool = false
    ) {
        self.minimumSize = minimumSize
        self.neighbors = neighbors ?? min(minimumSize, 10)
        self.selection = selection
        self.epsilon = epsilon
        self.allowsSingleCluster = allowsSingleCluster
    }

    /// The question asked when nothing is said: one point of two hundred makes a cluster, at least 5 and at most 100.
    public static func standard(for count: Int) -> HierarchicalClustering {
        HierarchicalClustering(minimumSize: min(max(5, (count + 100) / 200), 100))
    }
}

/// A cluster of the hierarchy, taken or not.
public struct HierarchicalCluster: Sendable, Equatable {
    /// Place of the cluster it came from; `nil` for the root, which holds all points and comes first.
    public let parent: Int?
    /// Distance in metres at which it parted from its sibling; infinite for the root.
    public let birth: Double
    /// Points at its birth.
    public let size: Int
    /// Sum over its points of 1/distance at leaving less 1/distance at birth.
    public let stability: Double
    /// Number of the cluster in the labels; `nil` unless it was taken.
    public let label: Int32?
}

/// Clusters of different densities, with how sure each point belongs.
public struct HierarchicalClusters: Sendable, Equatable {
    /// What was asked.
    public let question: HierarchicalClustering
    /// Cluster of each point, numbered by their smallest member; −1 for noise.
    public let labels: [Int32]
    /// How deep in its cluster each point lies, 0 for noise, 1 for the densest.
    public let probabilities: [Double]
    /// 0 for points as dense as the densest around them, near 1 for outliers (GLOSH).
    public let outlierScores: [Double]
    /// Distance in metres from each point to the last of its `neighbors` nearest others.
    public let coreDistances: [Double]
    /// Place in the hierarchy of the cluster that each point left last.
    public let lastClusters: [Int32]
    /// Distance in metres at which it left; infinite when it was never with others.
    public let exitDistances: [Double]
    /// Weights of the spanning tree in metres, rising.
    public let treeWeights: [Double]
    /// All clusters of the hierarchy, parents first.
    public let hierarchy: [HierarchicalCluster]
    /// Number of clusters taken.
    public let count: Int
}

/// Finds clusters of different densities (HDBSCAN*), with an exact spanning tree, on all cores.
///
/// Programs that merge two by two break ties by their order of sorting, so that single points differ among them; here
/// all merges at one distance happen at once and the order of the points does not matter.
/// Distances below 10⁻⁹ of the extent count as that. With fewer points than a cluster needs all are noise.
/// Source: Campello et al. 2013, doi:10.1007/978-3-642-37456-2_14, and 2015, doi:10.1145/2733381.
///
/// - Parameters:
///   - points: locations in metres; weights take no part.
///   - question: the parameters; the usual ones for so many points unless given.
/// - Throws: ``AnalysisError`` for a bad parameter or coordinate, or when the task is cancelled.
/// - Complexity: O(n log n) on data as they occur, O(n · neighbors) memory.
public func hdbscan(
    _ points: Points, _ question: HierarchicalClustering? = nil
) async throws(AnalysisError) -> HierarchicalClusters {
    let question = question ?? .standard(for: points.count)
    guard question.minimumSize >= 2 else {
        throw AnalysisError(.invalidParameter, "The minimum size of a cluster must be at least 2, for example 5.")
    }
    guard (1...10_000).contains(question.neighbors) else {
        throw AnalysisError(.invalidParameter, "The number of neighbours must be from 1 to 10000, for example 5.")
    }
    guard question.epsilon.isFinite, question.epsilon >= 0 else {
        throw AnalysisError(.invalidParameter, "The distance ε must be a finite number, 0 or greater.")
    }
    let tree = try BoxTree(points)
    let nearest = try await NearestLists(tree, count: question.neighbors)
    let edges = try await ReachabilityTree(tree, nearest).edges
    let extent = points.boundingBox.map { max($0.width, $0.height) } ?? 0
    let condensed = CondensedTree(
        edges, count: points.count, minimumSize: question.minimumSize, shortest: extent > 0 ? 1e-9 * extent : 1e-9)
    var cores = [Double](repeating: 0, count: points.count)
    for (place, index) in tree.order.enumerated() { cores[Int(index)] = nearest.squared[place].squareRoot() }
    return condensed.clusters(question, cores, edges.map { $0.squared.squareRoot() })
}

extension CondensedTree {
    fileprivate func clusters(
        _ question: HierarchicalClustering, _ cores: [Double], _ weights: [Double]
    ) -> HierarchicalClusters {
        let isSelected = selected(
            question.selection, epsilon: question.epsilon, allowsSingle: question.allowsSingleCluster)
        // The cluster taken that holds each cluster of the hierarchy, and the densest place below each.
        var taken = [Int32](repeating: -1, count: parent.count)
        var deepest = death
        for place in parent.indices {
            taken[place] =
                isSelected[place] ? Int32(truncatingIfNeeded: place) : place > 0 ? taken[Int(parent[place])] : -1
        }
        for place in parent.indices.dropFirst().reversed() {
            deepest[Int(parent[place])] = max(deepest[Int(parent[place])], deepest[place])
        }
        var number = [Int32](repeating: -1, count: parent.count)
        var count: Int32 = 0
        var (labels, probabilities, outliers) = ([Int32](), [Double](), [Double]())
        labels.reserveCapacity(cluster.count)
        probabilities.reserveCapacity(cluster.count)
        outliers.reserveCapacity(cluster.count)
        for point in cluster.indices {
            let own = Int(cluster[point])
            outliers.append(deepest[own] > 0 ? 1 - lambda[point] / deepest[own] : 0)
            guard size[0] >= question.minimumSize, taken[own] >= 0 else {
                labels.append(-1)
                probabilities.append(0)
                continue
            }
            let home = Int(taken[own])
            if number[home] < 0 {
                number[home] = count
                count += 1
            }
            labels.append(number[home])
            probabilities.append(death[home] > 0 ? min(lambda[point], death[home]) / death[home] : 0)
        }
        let hierarchy = parent.indices.map { place in
            HierarchicalCluster(
                parent: place > 0 ? Int(parent[place]) : nil, birth: place > 0 ? 1 / birth[place] : .infinity,
                size: size[place], stability: stability[place], label: number[place] >= 0 ? number[place] : nil)
        }
        return HierarchicalClusters(
            question: question, labels: labels, probabilities: probabilities, outlierScores: outliers,
            coreDistances: cores, lastClusters: cluster, exitDistances: lambda.map { 1 / $0 }, treeWeights: weights,
            hierarchy: hierarchy, count: Int(count))
    }
}
