import Analysis
import GeoCore

extension HotspotComputation {
    /// Local Moran's I of the cells of the study area, empty ones included, whose middle lies in it.
    mutating func localMoran(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Local Moran's I"
        record.reference = "Anselin 1995; Sokal, Oden & Thomson 1998; Caldas de Castro & Singer 2006"
        let (all, area, tested, neighbors) = try await testedCells(points)
        let counts = tested.counts
        let weights = try neighbors.weights(counts)
        ground.surroundings = surroundings(tested, points, weights)
        var local = try Analysis.localMoran(counts.weight, weights: weights)
        // Exact wherever it can be counted: the normal law of a product of deviations is rough for counts.
        let inference = try await inference(counts, neighbors, isRough: true)
        local = local.replacingProbabilities(inference.p ?? normal(local.p))
        tell(inference)
        let q = question.correction == .none ? local.p : adjustment.adjusted(local.p)
        let stability = try await tellStability(points, counts, neighbors, isDrawn: inference.draws > 0) {
            try await $0.cellsUnlikeChance($1, rings: $2)
        }
        summarize("sensitivityRuns", (stability?.runs).map(Double.init))
        var found: [LocalMoran.Quadrant: Int] = [:]
        let quadrants = zip(significant(q), local.quadrant).map { $0 ? $1 : .none }
        let carried = try await tellCarriers(
            points, counts, weights, classes: quadrants.map(\.rawValue), z: Array(local.z))
        let features = (0..<all.cells.count).map { cell in
            let place = tested.place(cell)
            let quadrant = place.map { quadrants[$0] } ?? .none
            found[quadrant, default: 0] += 1
            let properties =
                base(cell, all, area) + [
                    ("moran", tested.figure(local.value, cell)), ("z", tested.figure(local.z, cell)),
                    ("p", tested.figure(local.p, cell)), ("q", tested.figure(q, cell)),
                    ("quadrant", .string(quadrant.name)),
                ] + (stability?.figure(place) ?? []) + tested.figures(carried, cell)
            return feature(cell, all, properties, Double(quadrant.rawValue))
        }
        if let global = try globalMoran(counts.weight, weights: weights) {
            summarize("moransI", global.value)
            if let test = global.randomization { summarize("moransZ", test.z) }
        }
        summarize("tests", Double(q.count { $0 != nil }))
        for quadrant in [LocalMoran.Quadrant.highHigh, .lowHigh, .lowLow, .highLow] {
            summarize(quadrant.name, Double(found[quadrant] ?? 0))
        }
        return features
    }

    /// Which cells are significant by local Moran's I, of whatever kind.
    private func cellsUnlikeChance(_ counts: GridAggregation, rings: Int) async throws -> [Bool] {
        let neighbors = CellNeighbors.rings(rings)
        let local = try Analysis.localMoran(counts.weight, weights: neighbors.weights(counts))
        let p = try await inference(counts, neighbors, isRough: true, mayDraw: false).p ?? normal(local.p)
        let decisive = question.correction == .none ? p : adjustment.adjusted(p)
        return significant(decisive)
    }

    /// The cells that are told with their square metres inside the area, those of them that are tested, and the neighbours
    /// of these, all parameters told.
    mutating func testedCells(
        _ points: Points
    ) async throws -> (counts: GridAggregation, area: [Double], tested: TestedCells, neighbors: CellNeighbors) {
        try limitCells(of: question.cells)
        var points = points
        let (counts, area) = try await counted(&points)
        try limitCells(counts)
        let tested = try tested(counts)
        let neighbors = try neighbors(tested.counts, question.neighbourhood)
        tellLevels()
        return (counts, area, tested, neighbors)
    }
}

extension LocalMoran.Quadrant {
    /// The word in answers.
    var name: String {
        switch self {
        case .none: "none"
        case .highHigh: "highHigh"
        case .lowHigh: "lowHigh"
        case .lowLow: "lowLow"
        case .highLow: "highLow"
        }
    }
}
