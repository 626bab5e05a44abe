import Analysis
import TestSupport
import Testing

struct JoinCountsTests {
    @Test func tailIsCountedByHand() throws {
        // Place 0 and its neighbours 1, 2; one of the two has the trait, of two owners among the four others.
        let weights = try SpatialWeights(offsets: [0, 2, 2, 2, 2, 2], neighbors: [1, 2])
        let made = try joinCounts([true, true, false, true, false], weights: weights)
        // All 6 pairs but the one without owners.
        #expect(isClose(try #require(made.localP[0]), 5.0 / 6))
        #expect(made.localP[2] == nil)
        #expect(throws: AnalysisError.self) { try joinCounts([true], weights: weights) }
    }

    /// Mean and variance over all ways to choose three places of seven.
    @Test func momentsAreThoseOfAllChoices() throws {
        let weights = try SpatialWeights(
            offsets: [0, 2, 4, 7, 9, 12, 13, 14], neighbors: [1, 2, 0, 2, 0, 1, 3, 2, 4, 3, 5, 6, 4, 4],
            weights: [1, 1, 1, 2, 1, 2, 1, 1, 0.5, 0.5, 1, 3, 1, 3])
        var counts: [Double] = []
        for choice in 0..<128 where choice.nonzeroBitCount == 3 {
            counts.append(try joinCounts((0..<7).map { choice >> $0 & 1 == 1 }, weights: weights).both)
        }
        let mean = counts.reduce(0, +) / Double(counts.count)
        let variance = counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(counts.count)
        let made = try joinCounts([true, true, true, false, false, false, false], weights: weights)
        #expect(isClose(try #require(made.expectedBoth), mean))
        let test = try #require(made.test)
        #expect(isClose(test.variance, variance))
        #expect(isClose(test.z, (made.both - mean) / variance.squareRoot()))
    }
}
