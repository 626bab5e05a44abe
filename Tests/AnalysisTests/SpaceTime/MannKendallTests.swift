import Analysis
import TestSupport
import Testing

struct MannKendallTests {
    struct Input: Decodable { let series: [[Double?]] }
    struct Expected: Decodable {
        struct Result: Decodable {
            let n: Int
            let S: Int
            let var_S: Double
            let z: Double?
            let p_two: Double
            let tau_a: Double?
            let tau_b: Double?
            let sen_slope: Double?
        }
        let results: [Result]
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: ["mixed", "long"])
    func equalsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load("mann-kendall-\(name)")
        #expect(oracle.input.series.count == oracle.expected.results.count)
        for (series, expected) in zip(oracle.input.series, oracle.expected.results) {
            let made = MannKendall(series)
            #expect(made.count == expected.n)
            #expect(made.s == expected.S)
            #expect(isClose(made.variance, expected.var_S))
            #expect(
                agree(
                    [made.z, made.p, made.tauA, made.tauB, senSlope(series)],
                    [expected.z, expected.p_two, expected.tau_a, expected.tau_b, expected.sen_slope]))
        }
    }

    @Test func saysNothingAboutTooLittle() {
        for series: [Double?] in [[], [1], [nil, 2, nil]] {
            let made = MannKendall(series)
            #expect(made.z == nil && made.p == 1 && made.tauA == nil && made.trend() == 0)
            #expect(senSlope(series) == nil)
        }
    }

    @Test func autocorrelationMakesTrendsLessSure() {
        // Each value keeps most of the one before.
        var random = SeededGenerator(seed: 5)
        var last = 0.0
        let series: [Double?] = (0..<60).map { _ in
            last = 0.7 * last + Double.random(in: -1...1, using: &random)
            return last
        }
        let plain = MannKendall(series)
        let corrected = MannKendall(series, correction: .hamedRao)
        #expect(corrected.variance > plain.variance)
        #expect(corrected.p > plain.p)
        #expect(corrected.s == plain.s)
    }
}
