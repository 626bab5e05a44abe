import Analysis
import GeoCore
import PROJCoordinates
import Participation
import Storage

extension HotspotQuestion {
    /// How lines and areas count under this question.
    var apportioning: Apportion { apportion ?? (method == .grid ? .share : .point) }

    /// Whether lines and areas are spread over cells.
    var spreads: Bool { [.grid, .gi, .moran, .geary].contains(method) && apportioning != .point }
}

extension HotspotComputation {
    /// Most cells that the boxes of lines and areas may cover.
    private static let spreadLimit = 20_000_000.0

    /// The counts with lines and areas spread over the cells, as the question wants it.
    mutating func spread(_ counts: GridAggregation, _ points: Points) throws -> GridAggregation {
        let way = question.apportioning
        tell(
            "apportion", .text(way.rawValue), nil, question.apportion == nil ? .standard : .given,
            rule: way == .share
                ? "a line or area counts in each cell by the share of its length or area" : nil)
        guard way != .point, !shapes.isEmpty else { return counts }
        var metric: [(row: Int, geometry: Geometry)] = []
        var covered = 0.0
        for (row, column) in usedRows.enumerated() {
            guard let shape = shapes[columns.id[column]] else { continue }
            let geometry = try transform.metric(shape).shape
            if let box = geometry.boundingBox { covered += (box.width * box.height) / counts.grid.area + 1 }
            metric.append((row, geometry))
        }
        guard covered <= Self.spreadLimit else {
            let wider = counts.grid.spacing * (covered / Self.spreadLimit * 2).squareRoot()
            throw PlatformError(
                .invalidInput, "lines and areas would be spread over too many cells",
                hint: "cell=\(AnalysisParameter.text(wider.rounded(.up))) makes fewer, and apportion=point none")
        }
        let spread = try counts.apportioning(metric, of: points, isTouching: way == .touch)
        summarize("linesAndAreas", Double(metric.count))
        if spread.outside > 0 { summarize("weightOutside", spread.outside) }
        if way == .touch {
            record.warnings.append("a line or area counts in every cell that it touches: sums over cells mean nothing")
        }
        return spread.counts
    }
}

extension Installation {
    /// Most lines and areas that are spread over cells.
    private static let shapeLimit = 50_000

    /// The lines and areas among the contributions, by their numbers.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` when there are too many.
    func spreadShapes(
        of proceeding: Proceeding, filter: ContributionFilter, scope: Scope
    ) async throws -> [Int64: Geometry] {
        let found = try await engine.read {
            try scope.reader($0).extendedGeometries(of: proceeding, filter: filter, limit: Self.shapeLimit + 1)
        }
        guard found.count <= Self.shapeLimit else {
            throw PlatformError(
                .invalidInput, "there are more than \(Self.shapeLimit) lines and areas to be spread over cells",
                hint: "apportion=point counts each where its point lies")
        }
        var shapes: [Int64: Geometry] = [:]
        for (id, wkb) in found { shapes[id] = try? WKB.decode(wkb) }
        return shapes
    }
}
