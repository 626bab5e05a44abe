import Analysis
import GeoCore

extension HotspotComputation {
    /// Local Geary's c of the cells of the study area, empty ones included, whose middle lies in it.
    mutating func localGeary(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Local Geary's c"
        record.reference = "Anselin 1995, 2019; Besag & Clifford 1991; Caldas de Castro & Singer 2006"
        let (all, area, tested, neighbors) = try await testedCells(points)
        let counts = tested.counts
        let weights = try neighbors.weights(counts).withoutSelf()
        ground.surroundings = surroundings(tested, points, weights)
        // No normal law holds: where cells have very many neighbours, few draws have to do.
        let draws = draws(weights, isEqual: false) ?? min(999, question.permutations ?? 999)
        let local = try await Analysis.localGeary(
            counts.weight, weights: weights, permutations: draws, seed: question.seed)
        let inference = drawn(local.probabilities)
        tell("inference", .text(inference.word.rawValue), nil, .standard, rule: inference.rule)
        tellDraws(inference)
        let p = inference.p ?? []
        let q = question.correction == .none ? p : adjustment.adjusted(p)
        let fewer = self.draws(ofEach: HotspotStability.mostRuns, weights, of: draws)
        let stability = try await tellStability(
            points, counts, neighbors, rule: "with \(fewer) permutations in each run"
        ) {
            try await $0.cellsUnlikeNeighbors($1, rings: $2, draws: fewer)
        }
        summarize("sensitivityRuns", (stability?.runs).map(Double.init))
        var found: [LocalGeary.Association: Int] = [:]
        let associations = zip(significant(q), local.association).map { $0 ? $1 : .none }
        let carried = try await tellCarriers(
            points, counts, weights, classes: associations.map(\.rawValue), z: Array(local.z))
        let features = (0..<all.cells.count).map { cell in
            let place = tested.place(cell)
            let association = place.map { associations[$0] } ?? .none
            found[association, default: 0] += 1
            return feature(
                cell, all,
                base(cell, all, area) + [
                    ("geary", tested.figure(local.value, cell)), ("z", tested.figure(local.z, cell)),
                    ("p", tested.figure(p, cell)), ("q", tested.figure(q, cell)),
                    ("association", .string(Self.name(association))),
                ] + (stability?.figure(place) ?? []) + tested.figures(carried, cell),
                Double(association.rawValue))
        }
        if let global = try globalGeary(counts.weight, weights: weights) {
            summarize("gearysC", global.value)
            summarize("gearysZ", global.randomization?.z)
        }
        summarize("tests", Double(q.count { $0 != nil }))
        for association in [LocalGeary.Association.highHigh, .dissimilar, .lowLow, .otherSimilar] {
            summarize(Self.name(association), Double(found[association] ?? 0))
        }
        return features
    }

    /// Which cells are significant by local Geary's c, of whatever kind.
    private func cellsUnlikeNeighbors(_ counts: GridAggregation, rings: Int, draws: Int) async throws -> [Bool] {
        let weights = try CellNeighbors.rings(rings).weights(counts).withoutSelf()
        let local = try await Analysis.localGeary(
            counts.weight, weights: weights, permutations: draws, seed: question.seed)
        let p = local.probabilities[tails]
        return significant(question.correction == .none ? p : adjustment.adjusted(p))
    }

    private static func name(_ association: LocalGeary.Association) -> String {
        switch association {
        case .none: "none"
        case .highHigh: "highHigh"
        case .dissimilar: "dissimilar"
        case .lowLow: "lowLow"
        case .otherSimilar: "otherSimilar"
        }
    }
}
