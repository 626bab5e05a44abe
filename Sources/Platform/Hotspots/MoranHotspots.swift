import Analysis
import GeoCore

extension HotspotComputation {
    /// Local Moran's I of all cells of the study area, empty ones included.
    mutating func localMoran(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Local Moran's I"
        record.reference = "Anselin 1995; Sokal, Oden & Thomson 1998; Caldas de Castro & Singer 2006"
        let (counts, area, neighbors) = try await testedCells(points)
        let weights = try neighbors.weights(counts)
        ground.surroundings = surroundings(counts, points, weights)
        var local = try Analysis.localMoran(counts.weight, weights: weights)
        // Exact wherever it can be counted: the normal law of a product of deviations is rough for counts.
        let inference = try await inference(counts, neighbors, isRough: true)
        local = local.replacingProbabilities(inference.p ?? normal(local.p))
        tell(inference)
        let q = question.correction == .none ? local.p : adjustment.adjusted(local.p)
        let stability = try await tellStability(points, counts, neighbors) {
            try await $0.cellsUnlikeChance($1, rings: $2)
        }
        summarize("sensitivityRuns", (stability?.runs).map(Double.init))
        var found: [LocalMoran.Quadrant: Int] = [:]
        let features = (0..<counts.cells.count).map { place in
            let isSignificant = q[place].map { $0 <= question.alpha } ?? false
            let quadrant = isSignificant ? local.quadrant[place] : .none
            found[quadrant, default: 0] += 1
            var properties = base(place, counts, area)
            properties.append(("moran", local.value[place].map { .number($0) } ?? .null))
            properties.append(("z", local.z[place].map { .number($0) } ?? .null))
            properties.append(("p", local.p[place].map { .number($0) } ?? .null))
            properties.append(("q", q[place].map { .number($0) } ?? .null))
            properties.append(("quadrant", .string(quadrant.name)))
            return feature(place, counts, properties + (stability?.figure(place) ?? []), Double(quadrant.rawValue))
        }
        if let global = try globalMoran(counts.weight, weights: weights) {
            summarize("moransI", global.value)
            if let test = global.randomization { summarize("moransZ", test.z) }
        }
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

    /// The cells of a test with their square metres inside the area and their neighbours, all parameters told.
    mutating func testedCells(
        _ points: Points
    ) async throws -> (counts: GridAggregation, area: [Double], neighbors: CellNeighbors) {
        try limitCells(of: question.cells)
        var points = points
        let (counts, area) = try await counted(&points)
        let neighbors = try neighbors(counts, question.neighbourhood)
        tellLevels()
        try limitCells(counts)
        return (counts, area, neighbors)
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
