import Analysis
import TestSupport
import Testing

struct VoteWeightTests {
    @Test func priorIsFittedToTheSharesOfAProceeding() {
        var random = SeededGenerator(seed: 41)
        // Shares of votes for it from Beta(6, 3): the third smallest of eight uniform numbers from the top.
        let scores = (0..<4000).map { _ in
            let share = (0..<8).map { _ in Double.random(in: 0..<1, using: &random) }.sorted()[5]
            let up = (0..<30).reduce(0) { sum, _ in sum + (Double.random(in: 0..<1, using: &random) < share ? 1 : 0) }
            return VoteScore(up: up, down: 30 - up)
        }
        let prior = VotePrior(fitting: scores)
        #expect(prior.isFitted)
        #expect(isClose(prior.alpha, 6, relative: 0.1) && isClose(prior.beta, 3, relative: 0.1))
    }

    @Test func priorDoesNotDependOnTheOrderOfContributions() {
        var random = SeededGenerator(seed: 4)
        let scores = (0..<300).map { _ in
            VoteScore(up: Int.random(in: 0...40, using: &random), down: Int.random(in: 0...9, using: &random))
        }
        #expect(VotePrior(fitting: scores).isFitted)
        #expect(VotePrior(fitting: scores) == VotePrior(fitting: scores.reversed()))
    }

    @Test func priorIsTheStandardWhereNothingCanBeFitted() {
        #expect(VotePrior(fitting: []) == .standard)
        #expect(VotePrior(fitting: Array(repeating: VoteScore(up: 3, down: 0), count: 50)) == .standard)
        #expect(VotePrior(fitting: Array(repeating: VoteScore(up: 3, down: 3), count: 50)) == .standard)
        let score = VoteScore(up: 7, down: 2)
        #expect(VotePrior.standard.posteriorMean(score) == score.posteriorMean)
    }

    @Test func oneContributorCountsAFewTimesInACell() throws {
        let weights = try limitedWeights(
            [1, 1, 1, 1, 1, 2, 5], cells: [0, 0, 0, 0, 1, 0, -1], contributors: [7, 7, 7, 7, 7, 8, 7])
        #expect(weights == [0.75, 0.75, 0.75, 0.75, 1, 2, 5])
        #expect(throws: AnalysisError.self) { try limitedWeights([1], cells: [0], contributors: [0], limit: 0) }
        #expect(throws: AnalysisError.self) { try limitedWeights([1], cells: [], contributors: [0]) }
    }

    @Test func hotspotOfOneContributionIsFragile() throws {
        // A row of places, each with its neighbours left and right.
        let count = 40
        var (offsets, neighbors): ([Int], [Int32]) = ([0], [])
        for place in 0..<count {
            for other in max(place - 1, 0)...min(place + 1, count - 1) { neighbors.append(Int32(other)) }
            offsets.append(neighbors.count)
        }
        let weights = try SpatialWeights(offsets: offsets, neighbors: neighbors)
        var values = (0..<count).map { Double($0 % 3) }
        var heaviest = values.map { min($0, 1) }
        values[10] += 40
        heaviest[10] = 40
        for place in 24...26 {
            values[place] += 30
            heaviest[place] = 1
        }
        let made = try fragilePlaces(
            values: values, heaviest: heaviest, weights: weights, limits: [1.645, 1.96, 2.576])
        // The same by computing Gi* anew.
        for place in 0..<count {
            let neighborhood = max(place - 1, 0)...min(place + 1, count - 1)
            let heavy = neighborhood.reduce(neighborhood.lowerBound) { heaviest[$1] > heaviest[$0] ? $1 : $0 }
            var without = values
            without[heavy] -= heaviest[heavy]
            let (before, after) = (
                try getisOrdGStar(values, weights: weights), try getisOrdGStar(without, weights: weights)
            )
            let rank = { (z: Double) in [1.645, 1.96, 2.576].filter { abs(z) >= $0 }.count * (z < 0 ? -1 : 1) }
            #expect(made[place] == (rank(try #require(before.z[place])) != rank(try #require(after.z[place]))))
        }
        #expect(made[10] && !made[25])
        #expect(throws: AnalysisError.self) {
            try fragilePlaces(values: values, heaviest: heaviest, weights: weights, limits: [])
        }
    }
}
