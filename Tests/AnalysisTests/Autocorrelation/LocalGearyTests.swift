import Analysis
import TestSupport
import Testing

struct LocalGearyTests {
    /// Places in a ring, each with three neighbours ahead.
    private static func ring(_ count: Int, weights: [Double]? = nil) throws -> SpatialWeights {
        try SpatialWeights(
            offsets: Array(stride(from: 0, through: 3 * count, by: 3)),
            neighbors: (0..<count).flatMap { place in [1, 2, 4].map { Int32((place + $0) % count) } },
            weights: weights.map { row in (0..<count).flatMap { _ in row } })
    }

    private static func values(_ count: Int) -> [Double] {
        var random = SeededGenerator(seed: 11)
        return (0..<count).map { _ in Double.random(in: 0...9, using: &random) }
    }

    @Test func allPlacesTogetherMakeTheGlobalStatistic() async throws {
        let (values, weights) = (Self.values(60), try Self.ring(60, weights: [2, 1, 0.5]))
        let local = try await localGeary(values, weights: weights, permutations: 99)
        let global = try #require(try globalGeary(values, weights: weights))
        let sum = local.value.reduce(0) { $0 + ($1 ?? 0) }
        #expect(isClose(sum, 2 * global.sums.s0 * global.value))
    }

    @Test func momentsAndProbabilitiesAreThoseOfAllDraws() async throws {
        let (values, row) = ([3.0, 1, 4, 1, 5, 9, 2], [2.0, 1, 0.5])
        let weights = try Self.ring(values.count, weights: row)
        let local = try await localGeary(values, weights: weights, permutations: 9_999)
        let mean = values.reduce(0, +) / 7
        let scale = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
        for place in values.indices {
            let others = values.indices.filter { $0 != place }
            func term(_ other: Int, _ weight: Double) -> Double {
                weight * (values[place] - values[other]) * (values[place] - values[other]) / scale
            }
            var all: [Double] = []
            for a in others {
                for b in others where b != a {
                    for c in others where c != a && c != b {
                        all.append(term(a, row[0]) + term(b, row[1]) + term(c, row[2]))
                    }
                }
            }
            let expected = all.reduce(0, +) / Double(all.count)
            let variance = all.reduce(0) { $0 + ($1 - expected) * ($1 - expected) } / Double(all.count)
            let value = try #require(local.value[place])
            #expect(isClose(try #require(local.expected[place]), expected))
            #expect(isClose(try #require(local.variance[place]), variance))
            #expect(isClose(try #require(local.z[place]), (expected - value) / variance.squareRoot()))
            func share(_ isCounted: (Double) -> Bool) -> Double {
                Double(all.count(where: isCounted)) / Double(all.count)
            }
            let found = local.probabilities
            for (made, exact) in [
                (found.greater[place], share { $0 >= value - 1e-9 }), (found.less[place], share { $0 <= value + 1e-9 }),
                (found.folded[place], share { abs($0 - expected) >= abs(value - expected) - 1e-9 }),
            ] {
                // Drawing ends after 20 in the smaller tail: a deviation is about p / sqrt 20 of it.
                #expect(abs(try #require(made) - exact) <= 0.01 + exact, "\(place)")
                if exact > 0.4 { #expect(try #require(made) > 0.1) }
            }
            #expect(local.association[place] == .dissimilar ? value >= expected : value < expected)
        }
    }

    @Test func aPlaceAmongItsLikeIsToldFromOneThatIsNot() async throws {
        // Two halves of a line, low and high, with one high place in the low half.
        var values = (0..<80).map { (place: Int) -> Double in
            let wave = Double(place % 7) / 100
            return (place < 40 ? 1 : 9) + wave
        }
        values[20] = 9
        let inner: [Int32] = (1..<79).flatMap { (place: Int32) -> [Int32] in [place - 1, place + 1] }
        let neighbors: [Int32] = [1, 2] + inner + [77, 78]
        let weights = try SpatialWeights(
            offsets: Array(stride(from: 0, through: 156, by: 2)) + [158, 160],
            neighbors: neighbors)
        let local = try await localGeary(values, weights: weights)
        #expect(local.association[10] == .lowLow && local.association[60] == .highHigh)
        #expect(local.association[20] == .dissimilar)
        let (alike, unlike) = (try #require(local.z[10]), try #require(local.z[20]))
        #expect(alike > 0 && unlike < 0)
        let (less, greater) = (try #require(local.probabilities.less[60]), local.probabilities.greater[60])
        #expect(less < (greater ?? 0))
    }

    @Test func equalValuesIslandsAndMissingOnesAreUndefined() async throws {
        let pair = try SpatialWeights(offsets: [0, 1, 2, 2, 3], neighbors: [1, 0, 0])
        let equal = try await localGeary([4, 4, 4, 4], weights: pair)
        #expect(equal.value == [nil, nil, nil, nil] && equal.probabilities.less == [nil, nil, nil, nil])
        let local = try await localGeary([1, 2, 9, nil], weights: pair)
        #expect(local.value[2] == nil && local.z[2] == nil && local.association[2] == .none)
        #expect(local.value[3] == nil && local.probabilities.missing == 1)
        let kept = try SpatialWeights(offsets: [0, 1, 2, 2], neighbors: [1, 0])
        #expect(try await localGeary([1, 2, 9], weights: kept).value == Array(local.value.prefix(3)))
        await #expect(throws: AnalysisError.self) { try await localGeary([1, 2, 3], weights: kept, permutations: 3) }
    }

    @Test func bitsAreTheSameOnAnyNumberOfThreads() async throws {
        let (values, weights) = (Self.values(700), try Self.ring(700))
        let (one, many) = try await onOneAndManyThreads {
            try await localGeary(values, weights: weights, permutations: 199, seed: 5)
        }
        #expect(one == many)
    }
}
