import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates

extension PatternComputation {
    /// Moran's I of the rates of area units that touch, standardised for their different numbers of inhabitants.
    ///
    /// Rates of few inhabitants vary more by chance; as they are, they would make any map look as if neighbours differed.
    mutating func rateMoran(_ points: Points) async throws -> [AnalysisFeature] {
        record.method = "Moran's I of rates, standardised by empirical Bayes"
        record.reference = "Assunção & Reis 1999; Moran 1950; Anselin 1995"
        tell("layer", .text(question.layer ?? ""), nil, .given)
        tell("contiguity", question.contiguity ?? .queen, standard: .queen)
        tell("snap", question.snap, standard: 0)
        let rated = try ratedUnits(units, points, question.contiguity == .rook ? .rook : .queen, snap: question.snap)
        let (rates, weights) = (rated.rates, rated.weights)
        guard let found = try globalMoran(rates.standardized, weights: weights) else {
            throw PlatformError(
                .invalidInput, "no two area units touch, or all have the same rate: there is nothing to compare",
                hint: "choose a layer whose areas share their corners")
        }
        summarize("units", Double(units.count))
        summarize("unitsWithoutInhabitants", Double(rated.population.count { $0 == 0 }))
        summarize("islands", Double(found.islands))
        summarize("overallRate", rates.overallRate)
        summarize("moransI", found.value)
        summarize("expected", found.expected)
        summarize(found.randomization)
        tell("permutations", Double(question.permutations), standard: 999)
        tell("alpha", question.alpha, standard: 0.05)
        var local = try localMoran(rates.standardized, weights: weights)
        if question.permutations > 0 {
            tell("seed", Double(question.seed), standard: 1)
            let global = try await moranPermutations(
                rates.standardized, weights: weights, permutations: question.permutations, seed: question.seed)
            summarize("permutedP", global?.twoSided)
            local = local.replacingProbabilities(try await unitProbabilities(rates.standardized, weights))
        }
        let q = FalseDiscoveryRate.benjaminiHochberg.adjusted(local.p)
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        return units.indices.map { unit in
            let isSignificant = q[unit].map { $0 <= question.alpha } ?? false
            let quadrant = isSignificant ? local.quadrant[unit] : .none
            return feature(
                unit, units, rated,
                [
                    ("moran", number(local.value[unit])), ("p", number(local.p[unit])), ("q", number(q[unit])),
                    ("quadrant", .string(quadrant.name)),
                ], Double(quadrant.rawValue))
        }
    }

    /// The probabilities of single units: of all choices of neighbours where there are few enough and nobody says how many
    /// permutations, else of those drawn.
    private mutating func unitProbabilities(_ rates: [Double?], _ weights: SpatialWeights) async throws -> [Double?] {
        if question.permutations == PatternQuestion(method: .moran).permutations,
            try ConditionalProbabilities.canEnumerate(rates, weights: weights)
        {
            tell("inference", .text("exact"), nil, .chosen, rule: "all choices of neighbours enumerated")
            return try await conditionalProbabilities(rates, weights: weights, isFolded: false).twoSided
        }
        let drawn = try await conditionalProbabilities(
            rates, weights: weights, permutations: question.permutations, seed: question.seed)
        tell("inference", .text("permutation"), nil, .chosen, rule: "conditional permutations of the rates")
        if !drawn.resolves(alpha: question.alpha) {
            record.warnings.append(Self.tooFewForUnits(question.permutations))
        }
        return drawn.twoSided
    }
}
