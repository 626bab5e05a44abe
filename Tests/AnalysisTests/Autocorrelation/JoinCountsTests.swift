import Analysis
import TestSupport
import Testing

struct JoinCountsTests {
    struct Input: Decodable {
        let y: [Int]
        let weights: OracleWeights
    }
    struct Expected: Decodable {
        let BB: Double
        let WW: Double
        let BW: Double
        let local_BB: [Int]
        let local_p_exact_upper: [Double?]
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func equalsTheReference() throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("join-counts-hex")
        let made = try joinCounts(oracle.input.y.map { $0 == 1 }, weights: oracle.input.weights.makeWeights())
        #expect(made.both == oracle.expected.BB)
        #expect(made.neither == oracle.expected.WW)
        #expect(made.mixed == oracle.expected.BW)
        #expect(made.local == oracle.expected.local_BB)
        #expect(agree(made.localP, oracle.expected.local_p_exact_upper))
    }

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
