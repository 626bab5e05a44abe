public import GeoCore

/// What can be said about each cluster, and who belongs to it.
///
/// All columns have one entry a cluster; the members of cluster i are
/// `members[memberOffsets[i] ..< memberOffsets[i + 1]]`, rising.
public struct ClusterProfiles: Sendable, Equatable {
    /// Number of points.
    public let size: [Int]
    /// Sum of the points' weights.
    public let weight: [Double]
    /// Mean position of the points in metres, each counted once.
    public let centroid: [Position]
    /// Number of cores.
    public let cores: [Int]
    /// Number of distinct contributors; `nil` where nobody says who they are.
    ///
    /// Points whose contributor is unknown count as one person each, since nothing says that two of them are the same.
    public let contributors: [Int]?
    /// Votes for the points; `nil` where there are none to add.
    public let votesUp: [Int64]?
    /// Votes against the points; `nil` where there are none to add.
    public let votesDown: [Int64]?
    /// Start of each cluster in `members`, and the end of the last.
    public let memberOffsets: [Int]
    /// Indices of points by cluster.
    public let members: [Int32]

    /// Gathers the profiles of clusters.
    ///
    /// - Parameters:
    ///   - clusters: as found among the points.
    ///   - points: the points.
    ///   - contributors: for each point a key of who made it, `nil` for unknown; `nil` when no keys are known at all.
    ///   - votesUp: votes for each point.
    ///   - votesDown: votes against each point.
    /// - Precondition: the clusters were found among these points, and given columns have one entry a point.
    /// - Complexity: linear, O(n log n) with contributors.
    public init(
        _ clusters: DensityClusters, of points: Points, contributors: [Int64?]? = nil, votesUp: [Int64]? = nil,
        votesDown: [Int64]? = nil
    ) {
        precondition(clusters.labels.count == points.count)
        precondition((contributors?.count ?? points.count) == points.count)
        precondition((votesUp?.count ?? points.count) == points.count)
        precondition((votesDown?.count ?? points.count) == points.count)
        var offsets = [Int](repeating: 0, count: clusters.count + 1)
        for label in clusters.labels where label >= 0 { offsets[Int(label) + 1] += 1 }
        for cluster in 0..<clusters.count { offsets[cluster + 1] += offsets[cluster] }
        var next = offsets
        var members = [Int32](repeating: 0, count: offsets[clusters.count])
        for (index, label) in clusters.labels.enumerated() where label >= 0 {
            members[next[Int(label)]] = Int32(truncatingIfNeeded: index)
            next[Int(label)] += 1
        }
        var (size, cores): ([Int], [Int]) = ([], [])
        var weight: [Double] = []
        var centroid: [Position] = []
        for cluster in 0..<clusters.count {
            let own = members[offsets[cluster]..<offsets[cluster + 1]]
            // Relative to one member, so that the sums stay small.
            let origin = own.first.map { Position(points.x[Int($0)], points.y[Int($0)]) } ?? Position(0, 0)
            var (sumX, sumY, sum) = (0.0, 0.0, 0.0)
            for member in own {
                sumX += points.x[Int(member)] - origin.x
                sumY += points.y[Int(member)] - origin.y
                sum += points.weight[Int(member)]
            }
            let n = Double(max(own.count, 1))
            size.append(own.count)
            cores.append(own.reduce(0) { clusters.isCore[Int($1)] ? $0 + 1 : $0 })
            weight.append(sum)
            centroid.append(Position(origin.x + sumX / n, origin.y + sumY / n))
        }
        (self.size, self.weight, self.centroid, self.cores) = (size, weight, centroid, cores)
        (memberOffsets, self.members) = (offsets, members)
        let groups = (0..<clusters.count).map { members[offsets[$0]..<offsets[$0 + 1]] }
        self.contributors = contributors.map { keys in groups.map { Self.distinct(keys, $0) } }
        self.votesUp = votesUp.map { votes in groups.map { Self.sum(votes, $0) } }
        self.votesDown = votesDown.map { votes in groups.map { Self.sum(votes, $0) } }
    }

    private static func distinct(_ keys: [Int64?], _ members: ArraySlice<Int32>) -> Int {
        let known = members.compactMap { keys[Int($0)] }.sorted()
        return zip(known, known.dropFirst()).count { $0 != $1 } + min(known.count, 1) + members.count - known.count
    }

    /// The sum, or the nearest number that 64 bits hold.
    private static func sum(_ votes: [Int64], _ members: ArraySlice<Int32>) -> Int64 {
        var sum: Int64 = 0
        for member in members {
            let (next, overflow) = sum.addingReportingOverflow(votes[Int(member)])
            sum = overflow ? (votes[Int(member)] < 0 ? .min : .max) : next
        }
        return sum
    }
}
