import Analysis
import TestSupport
import Testing

struct GeneralGTests {
    struct Input: Decodable {
        let y: [Double]
        let weights: OracleWeights
    }
    struct Expected: Decodable {
        let G: Double
        let EG: Double
        let VG: Double
        let z: Double
        let p_two: Double
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: ["columbus", "sids"])
    func equalsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("general-g-\(name)")
        let made = try #require(try generalG(oracle.input.y, weights: oracle.input.weights.makeWeights()))
        let test = try #require(made.test)
        #expect(isClose(made.value, oracle.expected.G))
        #expect(isClose(made.expected, oracle.expected.EG))
        #expect(isClose(test.variance, oracle.expected.VG))
        #expect(isClose(test.z, oracle.expected.z))
        #expect(isClose(test.p, oracle.expected.p_two, relative: 1e-8, absolute: 1e-14))
    }

    @Test func refusesWhatItIsNotMadeFor() throws {
        let pair = try SpatialWeights(offsets: [0, 1, 2], neighbors: [1, 0])
        #expect(throws: AnalysisError.self) { try generalG([-1, 2], weights: pair) }
        let half = try SpatialWeights(offsets: [0, 1, 2], neighbors: [1, 0], weights: [0.5, 1])
        #expect(throws: AnalysisError.self) { try generalG([1, 2], weights: half) }
        #expect(try generalG([0, 0], weights: pair) == nil)
    }

    @Test func equalValuesHaveNoTest() throws {
        let ring = try SpatialWeights(
            offsets: [0, 2, 4, 6, 8, 10], neighbors: [1, 4, 0, 2, 1, 3, 2, 4, 3, 0])
        #expect(try #require(try generalG([3, 3, 3, 3, 3], weights: ring)).test == nil)
    }
}
