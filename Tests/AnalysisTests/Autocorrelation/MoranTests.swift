import Analysis
import TestSupport
import Testing

struct MoranTests {
    @Test func localScoreIsThatOfGiWithItsSign() throws {
        var random = SeededGenerator(seed: 3)
        let values = (0..<60).map { _ in Double.random(in: 0...9, using: &random) }
        let weights = try SpatialWeights(
            offsets: Array(stride(from: 0, through: 180, by: 3)),
            neighbors: (0..<60).flatMap { place in [1, 5, 11].map { Int32((place + $0) % 60) } })
        let local = try localMoran(values, weights: weights)
        let gi = try getisOrdG(values, weights: weights)
        for place in values.indices {
            let sign = try #require(local.deviation[place]) > 0 ? 1.0 : -1
            #expect(local.z[place] == gi.z[place].map { $0 * sign })
            let (value, expected) = (try #require(local.value[place]), try #require(local.expected[place]))
            let variance = try #require(local.variance[place])
            #expect(isClose((value - expected) / variance.squareRoot(), try #require(local.z[place])))
        }
    }

    @Test func equalValuesAndIslandsAreUndefined() throws {
        let pair = try SpatialWeights(offsets: [0, 1, 2, 2], neighbors: [1, 0])
        #expect(try globalMoran([4, 4, 4], weights: pair) == nil)
        #expect(try globalGeary([4, 4, 4], weights: pair) == nil)
        #expect(try globalMoran([1, 2], weights: SpatialWeights(offsets: [0, 0, 0], neighbors: [])) == nil)
        let local = try localMoran([1, 2, 9], weights: pair)
        #expect(local.value[2] == nil && local.z[2] == nil && local.quadrant[2] == .none)
        #expect(try localMoran([4, 4, 4], weights: pair).value == [nil, nil, nil])
    }

    @Test func missingValuesTakeTheirPlacesOut() throws {
        let weights = try SpatialWeights(
            offsets: [0, 2, 4, 6, 8, 10], neighbors: [1, 4, 0, 2, 1, 3, 2, 4, 3, 0])
        let kept = try SpatialWeights(offsets: [0, 2, 3, 4, 6], neighbors: [1, 3, 0, 3, 2, 0])
        let with = try #require(try globalMoran([1, 5, nil, 2, 3], weights: weights))
        let without = try #require(try globalMoran([1, 5, 2, 3], weights: kept))
        #expect(with.value == without.value)
        #expect(with.missing == 1)
        let local = try localMoran([1, 5, nil, 2, 3], weights: weights)
        let expected = try localMoran([1, 5, 2, 3], weights: kept)
        #expect(local.value == [expected.value[0], expected.value[1], nil, expected.value[2], expected.value[3]])
    }
}
