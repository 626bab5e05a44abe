import Analysis
import GEOSGeometry
import GeoCore
import Storage

extension HotspotComputation {
    /// Most places of a scan: its zones grow with their square.
    private static let scanPlaces = 5_000

    /// Circles in which the category in focus has a larger share of the contributions than elsewhere.
    ///
    /// It asks where people speak of something more than of other things, and needs no inhabitants.
    mutating func scan(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Bernoulli scan"
        record.reference = "Kulldorff 1997"
        let focus = try focusCategory(points)
        tell(
            "focus", .text(columns.categoryNames[Int(focus)]), nil, question.focus == nil ? .chosen : .given,
            rule: question.focus == nil ? "the most frequent category" : nil)
        let (width, counts) = try scanCells(points)
        tell("cell", .number(width), "m", question.cell == nil ? .chosen : .given)
        tell("share", .number(question.share), nil, question.share == 0.1 ? .standard : .given)
        tell(
            "permutations", .number(Double(question.permutations)), nil,
            question.permutations == 999 ? .standard : .given)
        tell("seed", .number(Double(question.seed)), nil, question.seed == 1 ? .standard : .given)
        tell("alpha", .number(question.alpha), nil, question.alpha == 0.05 ? .standard : .given)
        var cases = [Int](repeating: 0, count: counts.cells.count)
        for row in 0..<points.count where points.category[row] == focus {
            if let cell = counts.grid.cell(x: points.x[row], y: points.y[row]), let place = counts.cells.place(of: cell)
            {
                cases[place] += 1
            }
        }
        var places = Points(capacity: counts.cells.count)
        for place in 0..<counts.cells.count {
            let center = counts.grid.center(of: counts.cells[place])
            places.append(x: center.x, y: center.y)
        }
        var options = ScanOptions()
        options.maximumShare = question.share
        options.simulations = question.permutations
        options.seed = question.seed
        let result = try await bernoulliScan(places, cases: cases, totals: counts.count, options: options)
        summarize("places", Double(counts.cells.count))
        summarize("zones", Double(result.zones))
        summarize("cases", Double(cases.reduce(0, +)))
        summarize("significantClusters", Double(result.clusters.count { ($0.p ?? 1) <= question.alpha }))
        return try result.clusters.enumerated().map { rank, cluster in
            let center = Position(places.x[cluster.center], places.y[cluster.center])
            let shape = try MetricGeometry(metres: .point(center)).buffer(metres: cluster.radius + width / 2)
            let total = cluster.members.reduce(0) { $0 + counts.count[$1] }
            return HotspotAnswer.Feature(
                id: "\(rank)", shape: shape,
                properties: [
                    ("cases", .number(cluster.cases)), ("expected", .number(cluster.expected.rounded(toPlaces: 3))),
                    ("contributions", .integer(Int64(total))),
                    ("relativeRisk", cluster.relativeRisk.map { .number($0.rounded(toPlaces: 4)) } ?? .null),
                    ("logLikelihoodRatio", .number(cluster.logLikelihoodRatio)),
                    ("p", cluster.p.map { .number($0) } ?? .null),
                    ("isSignificant", .bool((cluster.p ?? 1) <= question.alpha)),
                    ("radius", .number(cluster.radius.rounded(toPlaces: 1))),
                    ("cells", .integer(Int64(cluster.members.count))),
                ], value: cluster.logLikelihoodRatio)
        }
    }

    private func focusCategory(_ points: Points) throws -> Int32 {
        var counts: [Int32: Int] = [:]
        for category in points.category where category >= 0 { counts[category, default: 0] += 1 }
        if let name = question.focus {
            guard let index = columns.categoryNames.firstIndex(of: name).map({ Int32(truncatingIfNeeded: $0) }),
                counts[index] != nil
            else {
                let known = counts.keys.map { columns.categoryNames[Int($0)] }.sorted().joined(separator: ", ")
                throw PlatformError(
                    .badRequest, "focus must be a category that has contributions here; there are \(known)")
            }
            return index
        }
        guard let most = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) else {
            throw PlatformError(.invalidInput, "no contribution has a category to look for")
        }
        return most.key
    }

    /// Cells that hold contributions; where nobody gave their size, wide enough for the number of places.
    private func scanCells(_ points: Points) throws -> (width: Double, counts: GridAggregation) {
        var width = try question.cell ?? suggestedHexagonEdge(points).width
        while true {
            let grid: Grid =
                question.shape == .hex ? .hexagon(try HexagonGrid(width: width)) : .square(try SquareGrid(side: width))
            let counts = try GridAggregation(occupiedBy: points, grid: grid)
            if counts.cells.count <= Self.scanPlaces { return (width, counts) }
            guard question.cell == nil else {
                throw PlatformError(
                    .invalidInput,
                    "these cells make \(counts.cells.count) places, more than the \(Self.scanPlaces) of a scan",
                    hint: "cell=\(PictureClasses.text(width * 2)) would do with fewer")
            }
            width *= 2
        }
    }
}
