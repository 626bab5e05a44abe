import Analysis
import GeoCore

/// How the probabilities of cells were found.
struct CellInference {
    /// Probabilities by the tails that the question wants; `nil` where the normal law holds.
    var p: [Double?]?
    /// The word for it.
    var word: HotspotQuestion.Inference = .normal
    /// What was done, in words.
    var rule = "normal law"
    /// Draws by chance; 0 where none were needed.
    var draws = 0
    /// Whether so many draws can tell the rate of false discoveries asked for.
    var isResolved = true
}

extension HotspotComputation {
    /// Most draws times the square of a cell's neighbours, a second or two: what the shared draws cost
    /// (``Analysis/conditionalProbabilities(_:weights:permutations:seed:isFolded:)``).
    private static let drawLimit = 1.5e7
    /// Most draws times neighbours of all cells, where weights differ; as long.
    private static let unequalLimit = 4e8

    /// Why permutations asked for are not drawn.
    private static let noneDrawn = "none were drawn: inference=permutation draws them"

    /// The probabilities of cells' neighbourhoods as the question wants them: counted where that is possible, else drawn.
    ///
    /// - Parameters:
    ///   - isRough: whether the normal law is rough here.
    ///   - mayDraw: whether permutations may be drawn where they cannot be counted.
    func inference(
        _ counts: GridAggregation, _ neighbors: CellNeighbors, isRough: Bool, mayDraw: Bool = true
    ) async throws -> CellInference {
        switch question.inference {
        case .normal: return CellInference()
        case .automatic where !isRough: return CellInference()
        default: break
        }
        return try await inference(
            counts.weight, whole: wholeWeights(counts), neighbors.weights(counts).withoutSelf(), mayDraw: mayDraw)
    }

    /// The probabilities of neighbourhoods by other than the normal law, where that can be done.
    ///
    /// - Parameters:
    ///   - whole: the same values, where they are whole numbers.
    ///   - weights: without the places themselves.
    func inference(
        _ values: [Double], whole: [Int]?, _ weights: SpatialWeights, mayDraw: Bool = true
    ) async throws -> CellInference {
        let isEqual = weights.weights.allSatisfy { $0 == 1 }
        if question.inference != .permutation, isEqual, let whole,
            let exact = try ExactLag(whole, weights: weights)
        {
            return CellInference(
                p: ConditionalProbabilities(exact)[tails], word: .exact, rule: "conditional permutations, counted")
        }
        guard mayDraw, let draws = draws(weights, isEqual: isEqual) else {
            return CellInference(rule: "normal law, since permutations would take too long")
        }
        let found = try await conditionalProbabilities(
            values, weights: weights, permutations: draws, seed: question.seed, isFolded: tails == .folded)
        return drawn(found)
    }

    /// What is counted in cells where it is whole, as contributions are and what one participant's are cut down to;
    /// `nil` where it is not.
    private func wholeWeights(_ counts: GridAggregation) -> [Int]? {
        if zip(counts.weight, counts.count).allSatisfy({ $0 == Double($1) }) { return counts.count }
        guard question.perPerson != nil, question.weight == .one, !question.spreads else { return nil }
        // Shares such as three times a fifth of three do not add up to the last bit.
        let whole = counts.weight.map { $0.rounded() }
        guard zip(counts.weight, whole).allSatisfy({ abs($0 - $1) < 1e-9 }) else { return nil }
        return whole.map { Int($0) }
    }

    /// Drawn probabilities as the question wants them.
    func drawn(_ found: ConditionalProbabilities) -> CellInference {
        CellInference(
            p: found[tails], word: .permutation, rule: "conditional permutations, drawn", draws: found.permutations,
            isResolved: question.correction == .none || found.resolves(alpha: question.alpha))
    }

    /// What counts as at least as unusual.
    var tails: ProbabilityTails {
        switch question.tails {
        case .twoSided: .twoSided
        case .directed: .directed
        case .folded: .folded
        }
    }

    /// Probabilities of the normal law by the tails that the question wants.
    func normal(_ twoSided: some Sequence<Double?>) -> [Double?] {
        twoSided.map { $0.map(tails.normal) }
    }

    /// Which probabilities are at or below the level, where they are known.
    func significant(_ probabilities: [Double?]) -> [Bool] {
        probabilities.map { $0.map { $0 <= question.alpha } ?? false }
    }

    /// Tells what decides which cells are significant.
    mutating func tellLevels() {
        tell("correction", question.correction, standard: .fdr)
        tell("alpha", question.alpha, standard: 0.05)
        tell("tails", question.tails, standard: .twoSided)
        if question.tails == .directed {
            record.warnings.append(
                "tails=directed does not double the smaller tail: twice as many cells as alpha says are significant by "
                    + "chance")
        }
    }

    /// How many permutations are drawn: those asked for, or as many as can be done; `nil` where they are too few.
    func draws(_ weights: SpatialWeights, isEqual: Bool) -> Int? {
        let most = Double((0..<weights.count).reduce(1) { max($0, weights.offsets[$1 + 1] - weights.offsets[$1]) })
        var limit = Self.drawLimit / (isEqual ? most * most : most)
        if !isEqual { limit = min(limit, Self.unequalLimit / Double(max(1, weights.neighbors.count))) }
        let wanted = Double(question.permutations ?? 99_999)
        guard limit >= 999 || limit >= wanted else { return nil }
        return Int(min(wanted, limit.rounded(.down)))
    }

    /// How many permutations each of several runs makes: as many as all of them can in the time of one answer, 999 at
    /// least, but no more than the answer.
    func draws(ofEach runs: Int, _ weights: SpatialWeights, of answer: Int) -> Int {
        let each = Self.unequalLimit / Double(max(1, weights.neighbors.count) * runs)
        return min(answer, max(999, Int(each.rounded(.down))))
    }

    /// Tells how probabilities were found.
    mutating func tell(_ inference: CellInference) {
        // What was asked for cannot always be done: whole numbers alone can be counted.
        let isAsked = question.inference == inference.word
        tell(
            "inference", .text(inference.word.rawValue), nil, isAsked ? .given : .chosen,
            rule: question.inference == .exact && !isAsked
                ? "\(inference.rule), since only whole numbers of equal weights and few neighbours can be counted"
                : inference.rule)
        tellDraws(inference)
    }

    /// Tells how many draws were made, and whether they are enough.
    mutating func tellDraws(_ inference: CellInference) {
        guard inference.draws > 0 else {
            if let unused = question.permutations {
                tell("permutations", .number(Double(unused)), nil, .given, rule: Self.noneDrawn)
            }
            return
        }
        tell(
            "permutations", .number(Double(inference.draws)), nil,
            inference.draws == question.permutations ? .given : .chosen,
            rule: inference.draws == question.permutations ? nil : "as many as can be done in time")
        tell("seed", Double(question.seed), standard: 1)
        if !inference.isResolved {
            record.warnings.append(
                question.looksAtUnits
                    ? Self.tooFewForUnits(inference.draws)
                    : "\(inference.draws) permutations are too few to tell single cells apart after the correction for many "
                        + "cells; larger cells make fewer tests")
        }
    }
}
