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
}
