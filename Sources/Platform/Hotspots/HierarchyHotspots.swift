import Analysis
import GeoCore

extension HotspotComputation {
    /// HDBSCAN* clusters as hulls with their profile: dense and loose ones side by side, without a reach to be given.
    mutating func hierarchy(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "HDBSCAN*"
        record.reference = "Campello, Moulavi & Sander 2013; Campello, Moulavi, Zimek & Sander 2015"
        try refuse("minPoints", question.minPoints, above: points.count)
        try refuse(
            "minSamples", question.minSamples, above: points.count - 1,
            counting: "one less than the number of contributions")
        var wanted = HierarchicalClustering.standard(for: points.count)
        if let size = question.minPoints { wanted = HierarchicalClustering(minimumSize: size) }
        if let samples = question.minSamples { wanted.neighbors = samples }
        if let reach = question.reach { wanted.epsilon = reach }
        wanted.selection = question.selection == .leaf ? .leaf : .excessOfMass
        wanted.allowsSingleCluster = question.mayBeOne
        tell(
            "minPoints", .number(Double(wanted.minimumSize)), "contributions",
            question.minPoints == nil ? .chosen : .given,
            rule: question.minPoints == nil ? "one contribution of two hundred, at least 5 and at most 100" : nil)
        tell(
            "minSamples", .number(Double(wanted.neighbors)), "contributions",
            question.minSamples == nil ? .standard : .given)
        tell("selection", question.selection, standard: .excessOfMass)
        tell("single", .text("\(question.mayBeOne)"), nil, question.mayBeOne ? .given : .standard)
        tell("eps", .number(wanted.epsilon), "m", question.reach == nil ? .standard : .given)
        let clusters = try await hdbscan(points, wanted)
        var members = [[Int]](repeating: [], count: clusters.count)
        for (row, label) in clusters.labels.enumerated() where label >= 0 { members[Int(label)].append(row) }
        summarize("clusters", Double(clusters.count))
        summarize("noise", Double(clusters.labels.count { $0 < 0 }))
        let sizes = ClusterScales(minimumSize: wanted.minimumSize, of: points.count)
        var runs: [[Int32]] = []
        for size in triedSizes(of: sizes, points) {
            try Task.checkCancellation()
            var other = wanted
            other.minimumSize = Int(size)
            runs.append(try await hdbscan(points, other).labels)
        }
        let stability = clusterStability(points, at: sizes, runs)
        return try members.enumerated().map { cluster, rows in
            let reach = rows.map { clusters.coreDistances[$0] }.sorted()[rows.count / 2]
            let sure = rows.reduce(0) { $0 + clusters.probabilities[$1] } / Double(rows.count)
            return try clusterFeature(
                cluster, rows, of: points, reach: max(reach, 1),
                figures: [("meanMembership", .number(sure.rounded(toPlaces: 4)))] + Self.figure(of: stability, rows))
        }
    }
}
