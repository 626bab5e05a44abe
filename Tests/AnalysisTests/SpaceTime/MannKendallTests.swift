import Analysis
import TestSupport
import Testing

struct MannKendallTests {
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
