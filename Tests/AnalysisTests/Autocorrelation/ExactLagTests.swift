import Analysis
import TestSupport
import Testing

struct ExactLagTests {
    private struct Input: Decodable {
        var y: [Double]
        var weights: OracleWeights
    }

    private struct Expected: Decodable {
        struct Site: Decodable {
            var site: Int
            var p_lag_greater: Double
            var p_lag_less: Double
            var p_two_doubled: Double
        }
        var exact_conditional: [Site]
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the shared oracles"),
        arguments: ["moran-hex-counts", "moran-sids-counts"])
    func agreesWithFullEnumeration(_ name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load(name)
        let values = oracle.input.y.map { Int($0) }
        let exact = try #require(try ExactLag(values, weights: oracle.input.weights.makeWeights()))
        let twoSided = exact.twoSided
        for site in oracle.expected.exact_conditional {
            let (greater, less) = (exact.greater[site.site], exact.less[site.site])
            #expect(isClose(try #require(greater), site.p_lag_greater))
            #expect(isClose(try #require(less), site.p_lag_less))
            #expect(isClose(try #require(twoSided[site.site]), site.p_two_doubled))
        }
    }

    @Test func countsASmallCaseByHand() throws {
        // Place 0 keeps 5; its neighbours 1 and 2 hold 1 and 1 of the others 1, 1, 0: sums 2, 1, 1.
        let weights = try SpatialWeights(offsets: [0, 2, 2, 2, 2], neighbors: [1, 2])
        let exact = try #require(try ExactLag([5, 1, 1, 0], weights: weights))
        #expect(isClose(try #require(exact.greater[0]), 1.0 / 3))
        #expect(isClose(try #require(exact.less[0]), 1))
        #expect(exact.greater[1] == nil)
    }

    @Test func declinesWhatWouldTakeTooLong() throws {
        let values = (0..<4000).map { $0 * 37 % 4001 }
        let rows = values.indices.map { [Int32(($0 + 1) % 4000), Int32(($0 + 2) % 4000)] }
        let weights = try SpatialWeights(
            offsets: Array(stride(from: 0, through: 8000, by: 2)), neighbors: rows.flatMap { $0 })
        #expect(try ExactLag(values, weights: weights) == nil)
    }
}
