import Analysis
import GeoCore
import PROJCoordinates
import Participation
import Storage

extension HotspotQuestion {
    /// How lines and areas count under this question.
    var apportioning: Apportion { apportion ?? (method == .grid && epsilon == nil ? .share : .point) }

    /// Whether lines and areas are spread over cells.
    var spreads: Bool { [.grid, .gi, .moran, .geary, .kde].contains(method) && apportioning != .point }
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
        let metric = try metricShapes()
        let covered = metric.reduce(0.0) { sum, shape in
            guard let box = shape.geometry.boundingBox else { return sum }
            return sum + (box.width * box.height) / counts.grid.area + 1
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

    /// The lines and areas among the points that are analysed, in metres, with the rows of these.
    func metricShapes() throws -> [(row: Int, geometry: Geometry)] {
        try usedRows.enumerated().compactMap { row, column in
            try shapes[columns.id[column]].map { (row, try transform.metric($0).shape) }
        }
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
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
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
