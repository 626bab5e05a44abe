import Analysis
import GEOSGeometry
import GeoCore

extension HotspotComputation {
    /// The clusters of a scan as shapes, the most likely first.
    ///
    /// - Parameters:
    ///   - rows: of the points at each place.
    ///   - share: which of them are cases, where the others are what these are compared with.
    ///   - filteredOut: which of those whom the filter leaves out lie in a cluster.
    mutating func scanClusters(
        _ result: ScanResult, _ places: Points, margin: Double, rows: [[Int]], share: ScanShare? = nil,
        filteredOut: (ScanResult.Cluster) -> (Int) -> Bool,
        figures: (ScanResult.Cluster) -> [(name: String, value: JSONValue)],
        shape: ((ScanResult.Cluster) throws -> MetricGeometry)? = nil
    ) throws -> [HotspotAnswer.Feature] {
        summarize("simulations", Double(result.simulations))
        let isGumbel = question.isGumbel
        summarize(
            "significantClusters",
            Double(result.clusters.count { ($0.probability(isGumbel: isGumbel) ?? 1) <= question.alpha }))
        if isGumbel, result.clusters.contains(where: { $0.gumbelP == nil }) {
            record.warnings.append("fewer than 99 simulations were made: p decides, since no Gumbel law can be fitted")
        }
        return try result.clusters.enumerated().map { rank, cluster in
            let center = Position(places.x[cluster.center], places.y[cluster.center])
            let members = cluster.members.flatMap { rows[$0] }
            // Looked at together: few private ones of one place must not hide behind others of the next.
            let isOut = filteredOut(cluster)
            var people = contributors(members, leavingOut: isOut)
            if let share,
                let own = contributors(
                    members.filter(share.isCase), leavingOut: { isOut($0) && share.isOtherCase($0) }),
                let others = contributors(
                    members.filter { !share.isCase($0) }, leavingOut: { isOut($0) && !share.isOtherCase($0) })
            {
                people = .fewer(own, others)
            }
            return HotspotAnswer.Feature(
                id: "\(rank)",
                shape: try shape?(cluster)
                    ?? Self.outline(cluster, around: center, margin: margin),
                properties: [
                    ("cases", .number(cluster.cases)), ("expected", .number(cluster.expected.rounded(toPlaces: 3))),
                    ("relativeRisk", cluster.relativeRisk.map { .number($0.rounded(toPlaces: 4)) } ?? .null),
                    ("logLikelihoodRatio", .number(cluster.logLikelihoodRatio)),
                    ("p", cluster.p.map { .number($0) } ?? .null),
                    ("gumbelP", cluster.gumbelP.map { .number($0) } ?? .null),
                    (
                        "isSignificant",
                        .bool((cluster.probability(isGumbel: isGumbel) ?? 1) <= question.alpha)
                    ),
                    ("radius", .number(cluster.radius.rounded(toPlaces: 1))),
                ] + ellipse(cluster.window) + figures(cluster) + carriers(of: members, ground.weights),
                value: cluster.logLikelihoodRatio, contributors: people,
                // Other cells hold fewer than may be told.
                masked: [("stability", .null)] + Self.maskedCarriers)
        }
    }

    private static func outline(
        _ cluster: ScanResult.Cluster, around center: Position, margin: Double
    ) throws -> MetricGeometry {
        guard cluster.window != .circle else {
            return try MetricGeometry(metres: .point(center)).buffer(metres: cluster.radius + margin)
        }
        return MetricGeometry(
            metres: .polygon([cluster.window.outline(around: center, radius: cluster.radius, margin: margin)]))
    }

    /// What is told of an ellipse, of which the radius is half of the longer axis; nothing where all are circles.
    private func ellipse(_ window: ScanWindow) -> [(name: String, value: JSONValue)] {
        guard question.window == .ellipse else { return [] }
        return [("shape", .number(window.shape)), ("angle", .number(window.angle.rounded(toPlaces: 1)))]
    }

    /// Which of those whom the filter leaves out lie in cells that a circle or ellipse holds.
    static func inCircle(
        of cluster: ScanResult.Cluster, around places: Points, _ grid: Grid, _ others: Points
    ) -> (Int) -> Bool {
        let (x, y) = (places.x[cluster.center], places.y[cluster.center])
        // Sums of lengths are off by their last bits.
        let reach = cluster.radius * (1 + 1e-9) + 1e-6
        return { row in
            guard let cell = grid.cell(x: others.x[row], y: others.y[row]) else { return false }
            let center = grid.center(of: cell)
            let (dx, dy) = cluster.window.stretched(center.x - x, center.y - y)
            return dx * dx + dy * dy <= reach * reach
        }
    }
}

/// Of what a scan of shares takes those in a circle to be.
struct ScanShare {
    /// Whether a row of the points is a case.
    let isCase: (Int) -> Bool
    /// Whether one whom the filter leaves out is.
    let isOtherCase: (Int) -> Bool
}
