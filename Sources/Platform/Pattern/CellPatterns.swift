import Analysis
import GeoCore

/// Methods that look at the cells of the study area as a whole, empty ones included.
extension PatternComputation {
    /// Places below which Moran's I is tested by permutation.
    private static let permutedPlaces = 5_000
    /// Most neighbours times permutations.
    private static let permutationLimit = 1e10

    private mutating func cells(_ points: Points) async throws -> (GridAggregation, SpatialWeights) {
        let (counts, _) = try await aggregate(points, in: question.cells, isTested: true)
        let weights = try neighbors(counts, question.neighbourhood).weights(counts)
        let others = weights.withoutSelf()
        summarize("meanNeighbours", others.meanNeighborCount)
        summarize("islands", Double(others.islands.count))
        return (counts, weights)
    }

    private func undefined(_ counts: GridAggregation, _ weights: SpatialWeights) -> PlatformError {
        if weights.withoutSelf().islands.count == weights.count, question.neighbourhood.rule != .rings {
            return PlatformError(
                .invalidInput, "no cell has a neighbour at this distance: there is nothing to compare",
                hint:
                    "distance=\(AnalysisParameter.text((counts.grid.spacing * 1.001).rounded(.up))) reaches those around"
            )
        }
        return PlatformError(
            .invalidInput, "all cells hold the same, or none has a neighbour: there is nothing to compare",
            hint: area.map { "cell=\($0.box.widthOfCell(amongst: 400)) makes smaller ones" } ?? "choose smaller cells")
    }

    /// Moran's I, tested by permutation where that is quick, with its score over growing rings.
    mutating func moran(_ points: Points) async throws {
        record.method = "Global Moran's I"
        record.reference = "Moran 1950; Cliff & Ord 1981"
        let (counts, weights) = try await cells(points)
        guard let found = try globalMoran(counts.weight, weights: weights) else { throw undefined(counts, weights) }
        summarize("moransI", found.value)
        summarize("expected", found.expected)
        summarize(found.randomization)
        summarize("normalityZ", found.normality?.z)
        let work = Double(weights.neighbors.count) * Double(question.permutations)
        if question.permutations > 0, counts.cells.count < Self.permutedPlaces, work <= Self.permutationLimit {
            tell("permutations", Double(question.permutations), standard: 999)
            tell("seed", Double(question.seed), standard: 1)
            let permuted = try await moranPermutations(
                counts.weight, weights: weights, permutations: question.permutations, seed: question.seed)
            summarize("permutedP", permuted?.twoSided)
        } else {
            tell(
                "permutations", .number(0), nil, question.permutations == 0 ? .given : .chosen,
                rule: "none: so many cells would take too long")
            if question.permutations > 0 {
                record.warnings.append(
                    "\(counts.cells.count) cells are too many to permute: p is by the normal law under randomisation")
            }
        }
        let scores = try counts.cells.suggestedRings(counts.weight, grid: counts.grid).scores
        column("rings", scores.indices.map { Double($0 + 1) })
        column("distance", scores.indices.map { Double($0 + 1) * counts.grid.spacing }, "m")
        column("z", scores)
    }

    /// Geary's C.
    mutating func geary(_ points: Points) async throws {
        record.method = "Geary's C"
        record.reference = "Geary 1954; Cliff & Ord 1981"
        let (counts, weights) = try await cells(points)
        guard let found = try globalGeary(counts.weight, weights: weights) else { throw undefined(counts, weights) }
        summarize("gearysC", found.value)
        summarize("expected", found.expected)
        summarize(found.randomization)
        summarize("normalityZ", found.normality?.z)
    }

    /// The general G of Getis and Ord.
    mutating func generalClustering(_ points: Points) async throws {
        record.method = "General G"
        record.reference = "Getis & Ord 1992"
        guard ![.inverse, .kernel].contains(question.neighbourhood.rule) else {
            throw PlatformError(
                .badRequest, "general-g takes weights that are all 1: weights must be one of rings, band, nearest",
                parameter: "weights")
        }
        let (counts, weights) = try await cells(points)
        guard let found = try generalG(counts.weight, weights: weights) else { throw undefined(counts, weights) }
        summarize("generalG", found.value)
        summarize("expected", found.expected)
        summarize(found.test)
    }

    /// Join counts of cells that hold a category, with those that have more such neighbours than chance gives.
    mutating func joins(_ points: Points) async throws -> [AnalysisFeature] {
        record.method = "Join counts"
        record.reference = "Cliff & Ord 1981; Anselin & Li 2019"
        let focus = try question.focus.map { try category($0, of: points) }
        let (counts, weights) = try await cells(points)
        tell("focus", .text(question.focus ?? "any category"), nil, focus == nil ? .standard : .given)
        tell("alpha", question.alpha, standard: 0.05)
        if let focus {
            ground.contributors = contributors(to: counts, points) { points.category[$0] == focus }
        }
        ground.surroundings = surroundings(counts, points, weights)
        let held = try focus.map { focus in
            try GridAggregation(points.rows { points.category[$0] == focus }, grid: counts.grid, cells: counts.cells)
                .count
        }
        let hasTrait = (held ?? counts.count).map { $0 > 0 }
        let found = try joinCounts(hasTrait, weights: weights)
        let q = FalseDiscoveryRate.benjaminiHochberg.adjusted(found.localP)
        summarize("cellsWithTrait", Double(hasTrait.count { $0 }))
        summarize("both", found.both)
        summarize("expectedBoth", found.expectedBoth)
        summarize("neither", found.neither)
        summarize("mixed", found.mixed)
        summarize(found.test)
        summarize("significantCells", Double(q.count { ($0 ?? 1) <= question.alpha }))
        return hasTrait.indices.filter { hasTrait[$0] }.map { place in
            let isSignificant = (q[place] ?? 1) <= question.alpha
            return feature(
                place, counts,
                [
                    ("count", .integer(Int64((held ?? counts.count)[place]))),
                    ("joins", .integer(Int64(found.local[place]))),
                    ("p", found.localP[place].map { .number($0) } ?? .null),
                    ("q", q[place].map { .number($0) } ?? .null), ("isSignificant", .bool(isSignificant)),
                ], isSignificant ? 1 : 0)
        }
    }
}
