import Analysis
import GeoCore
import TestSupport
import Testing

struct KnoxTests {
    struct Parameters: Decodable {
        let delta_space: Double
        let delta_time: Double
    }
    struct Input: Decodable {
        let xy: [[Double]]
        let t: [Double]
    }
    struct Expected: Decodable {
        let pairs_space: Int
        let pairs_time: Int
        let pairs_both: Int
        let expected: Double
        let variance_permutation: Double
        let z: Double
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"))
    func equalsTheReference() throws {
        let oracle = try OracleCase<Parameters, Input, Expected>.load("knox-synthetic")
        let made = try knox(
            Points(pairs: oracle.input.xy), times: oracle.input.t, distance: oracle.params.delta_space,
            duration: oracle.params.delta_time, permutations: 199)
        let expected = oracle.expected
        #expect(made.pairsInSpace == expected.pairs_space)
        #expect(made.pairsInTime == expected.pairs_time)
        #expect(made.pairsInBoth == expected.pairs_both)
        #expect(isClose(made.expected, expected.expected))
        #expect(isClose(made.variance, expected.variance_permutation))
        #expect(isClose(try #require(made.z), expected.z))
        // One-sided normal 0.10.
        let permuted = try #require(made.permutedP)
        #expect(permuted > 0.04 && permuted < 0.22)
    }

    @Test func isUndefinedWhereNothingVaries() throws {
        let points = Points(x: [0, 0, 0, 0, 0], y: [1, 1, 1, 1, 1])
        let made = try knox(points, distance: 1, duration: 0)
        #expect(made.pairsInSpace == 10 && made.pairsInTime == 10 && made.pairsInBoth == 10)
        #expect(made.z == nil && made.p == nil && made.permutedP == nil)
    }

    @Test func readsTimesOfThePoints() throws {
        let points = Points(x: [0, 1, 50, 51], y: [0, 0, 0, 0], time: [1000, 2000, 90_000, 91_000])
        let made = try knox(points, distance: 1, duration: 1000)
        #expect(made.pairsInBoth == 2 && made.pairsInTime == 2)
    }

    @Test func refusesBadParameters() {
        let points = Points(x: [0, 1, 2, 3], y: [0, 0, 0, 0])
        #expect(throws: AnalysisError.self) { try knox(points, distance: 0, duration: 1) }
        #expect(throws: AnalysisError.self) { try knox(points, distance: 1, duration: -1) }
        #expect(throws: AnalysisError.self) { try knox(points, times: [1], distance: 1, duration: 1) }
        #expect(throws: AnalysisError.self) { try knox(points, distance: 1, duration: 1, permutations: -1) }
        #expect(throws: AnalysisError.self) { try knox(Points(x: [1], y: [1]), distance: 1, duration: 1) }
    }
}
