import Analysis
import GeoCore

/// What clusters are looked for at, again and again.
struct ClusterScales {
    /// Name of the parameter.
    let name: String
    /// Its unit.
    let unit: String
    /// What is compared, in words.
    let rule: String
    /// Its values, rising.
    let sizes: [Double]

    /// Five reaches, in metres.
    init(reach: Double) {
        (name, unit) = ("eps", "m")
        rule = "which contributions lie in clusters, at five reaches"
        sizes = HotspotComputation.scaleFactors.map { $0 * reach }
    }

    /// Five sizes of the smallest cluster, fewer where these round to the same or there are no more contributions.
    init(minimumSize: Int, of count: Int) {
        (name, unit) = ("minPoints", "contributions")
        rule = "which contributions lie in clusters, at up to five sizes of the smallest"
        let sizes = HotspotComputation.scaleFactors.map {
            min(max(2, (Double(minimumSize) * $0).rounded()), Double(max(2, count)))
        }
        self.sizes = Set(sizes).sorted()
    }
}

extension HotspotComputation {
    /// The sizes that clusters are looked for at; none where other scales are not tried, which is told either way.
    mutating func triedSizes(of scales: ClusterScales, _ points: Points) -> [Double] {
        let isTested = question.sensitivity ?? isSmallEnoughForSensitivity(points)
        tellSensitivity(isTested, points, scales.rule)
        return isTested ? scales.sizes : []
    }

    /// How much it depends on a scale which contributions lie in a cluster: for each the share of the runs in which it does.
    ///
    /// - Parameter runs: for each size that was tried the cluster of each contribution, negative for none.
    /// - Returns: `nil` where none was tried.
    mutating func clusterStability(_ points: Points, at sizes: ClusterScales, _ runs: [[Int32]]) -> [Double]? {
        guard !runs.isEmpty else { return nil }
        let scales = zip(sizes.sizes, runs).map { Scale(size: $0, isHot: $1.map { $0 >= 0 }) }
        let counts = runs.map { Double($0.max() ?? -1) + 1 }
        tellScales(scales, as: sizes.name, sizes.unit, beside: [AnalysisSeries("clusters", counts)])
        summarize("sensitivityRuns", Double(scales.count))
        return (0..<points.count).map { row in Double(scales.count { $0.isHot[row] }) / Double(scales.count) }
    }

    /// The mean share of runs in which the members of a cluster are in one, where other scales were tried.
    static func figure(of stability: [Double]?, _ rows: [Int]) -> [(name: String, value: JSONValue)] {
        guard let stability else { return [] }
        let mean = rows.reduce(0) { $0 + stability[$1] } / Double(rows.count)
        return [("stability", .number(mean.rounded(toPlaces: 3)))]
    }
}
