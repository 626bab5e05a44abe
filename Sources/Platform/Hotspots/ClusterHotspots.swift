import Analysis
import GeoCore
import Storage

/// Clusters of one density: DBSCAN, and OPTICS cut at a reach.
extension HotspotComputation {
    /// Most contributions whose order is told one by one.
    private static let orderLimit = 100_000

    /// DBSCAN clusters as hulls with their profile.
    mutating func clusters(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "DBSCAN"
        record.reference = "Ester, Kriegel, Sander & Xu 1996; Gunawan 2013"
        let (minimum, radius) = try reach(points)
        let isWeighted = question.weight != .one
        let clusters = try await parallelDBSCAN(points, radius: radius, minimum: minimum, isWeighted: isWeighted)
        let profiles = ClusterProfiles(clusters, of: points)
        summarize("clusters", Double(clusters.count))
        summarize("noise", Double(clusters.noise))
        let scales = ClusterScales(reach: radius)
        var runs: [[Int32]] = []
        for reach in triedSizes(of: scales, points) {
            try Task.checkCancellation()
            runs.append(
                try await parallelDBSCAN(points, radius: reach, minimum: minimum, isWeighted: isWeighted).labels)
        }
        let stability = clusterStability(points, at: scales, runs)
        return try (0..<clusters.count).map { cluster in
            let range = profiles.memberOffsets[cluster]..<profiles.memberOffsets[cluster + 1]
            let rows = profiles.members[range].map(Int.init)
            return try clusterFeature(
                cluster, rows, of: points, reach: radius,
                figures: [("cores", .integer(Int64(profiles.cores[cluster])))] + Self.figure(of: stability, rows))
        }
    }

    /// OPTICS: contributions in the order in which clusters of every density show, and those at one reach as hulls.
    mutating func ordering(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "OPTICS"
        record.reference = "Ankerst, Breunig, Kriegel & Sander 1999"
        let (minimum, radius) = try reach(points)
        let order = try await optics(points, minimum: minimum)
        let labels = try order.labels(radius: radius)
        var members = [[Int]](repeating: [], count: Int(labels.max() ?? -1) + 1)
        for (row, label) in labels.enumerated() where label >= 0 { members[Int(label)].append(row) }
        summarize("clusters", Double(members.count))
        summarize("noise", Double(labels.count { $0 < 0 }))
        tellOrder(order, labels)
        let scales = ClusterScales(reach: radius)
        let runs = try triedSizes(of: scales, points).map { try order.labels(radius: $0) }
        let stability = clusterStability(points, at: scales, runs)
        return try members.enumerated().map { cluster, rows in
            let distances = rows.map { order.reachability[$0] }.filter(\.isFinite).sorted()
            let cores = rows.count { order.coreDistances[$0] <= radius }
            return try clusterFeature(
                cluster, rows, of: points, reach: radius,
                figures: [
                    ("cores", .integer(Int64(cores))),
                    (
                        "medianReachability",
                        distances.isEmpty ? .null : .number(distances[distances.count / 2].rounded(toPlaces: 3))
                    ),
                ] + Self.figure(of: stability, rows))
        }
    }

    private mutating func tellOrder(_ order: ClusterOrdering, _ labels: [Int32]) {
        guard order.ordering.count <= Self.orderLimit else {
            record.warnings.append("the order of more than \(Self.orderLimit) contributions is not told one by one")
            return
        }
        let rows = order.ordering.map(Int.init).filter { ground.mayRead(usedRows[$0]) }
        func metres(_ value: Double) -> JSONValue { value.isFinite ? .number(value.rounded(toPlaces: 3)) : .null }
        series = [
            AnalysisSeries(name: "contribution", values: rows.map { .integer(columns.id[usedRows[$0]]) }),
            AnalysisSeries(name: "reachability", unit: "m", values: rows.map { metres(order.reachability[$0]) }),
            AnalysisSeries(name: "coreDistance", unit: "m", values: rows.map { metres(order.coreDistances[$0]) }),
            AnalysisSeries(name: "cluster", values: rows.map { labels[$0] < 0 ? .null : .integer(Int64(labels[$0])) }),
        ]
    }

    /// Refuses a number of contributions that is larger than there can be.
    ///
    /// - Parameter words: what the largest number is.
    /// - Throws: ``PlatformError`` `invalidInput` that names how many there can be.
    func refuse(
        _ name: String, _ value: Int?, above count: Int, counting words: String = "the number of contributions"
    ) throws {
        guard let value, value > count, count > 0 else { return }
        throw PlatformError(
            .invalidInput, "\(name) must be at most \(count), \(words), and is \(value)",
            hint: "\(name)=\(min(5, count)) can be done")
    }

    /// How many make a core, and the distance within which they must lie.
    private mutating func reach(_ points: Points) throws -> (minimum: Int, radius: Double) {
        let minimum = question.minPoints ?? 5
        tell("minPoints", .number(Double(minimum)), "contributions", question.minPoints == nil ? .standard : .given)
        if question.weight == .one { try refuse("minPoints", question.minPoints, above: points.count) }
        if let given = question.reach {
            tell("eps", .number(given), "m", .given)
            return (minimum, given)
        }
        do {
            let radius = try suggestedRadius(points, minimum: minimum)
            tell("eps", .number(radius), "m", .chosen, rule: "knee of the sorted neighbour distances")
            return (minimum, radius)
        } catch {
            guard error.code == .tooFewData else { throw error }
            tell(
                "eps", .number(ChosenCell.atOnePlace), "m", .chosen,
                rule:
                    "where fewer than minPoints contributions lie at places that differ, which have no knee of distances"
            )
            return (minimum, ChosenCell.atOnePlace)
        }
    }
}
