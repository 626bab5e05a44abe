import Analysis
import Foundation
import TestSupport
import Testing

struct GeometricNoiseTests {
    @Test(arguments: [(1000, 1), (500, 3), (2500, 1)])
    func isDrawnAsItsLawSays(_ thousandths: Int, _ contributions: Int) throws {
        let noise = try GeometricNoise(thousandths: thousandths, contributions: contributions)
        let a = exp(-Double(thousandths) / 1000 / Double(contributions))
        #expect(isClose(noise.variance, 2 * a / ((1 - a) * (1 - a))))
        var random = SeededGenerator(seed: 17)
        let draws = (0..<20_000).map { _ in noise.draw(using: &random) }
        let n = Double(draws.count)
        for k in -3...3 {
            let expected = (1 - a) / (1 + a) * pow(a, Double(abs(k)))
            let slack = 5 * (expected * (1 - expected) / n).squareRoot()
            #expect(abs(Double(draws.count { $0 == k }) / n - expected) < slack, "\(k)")
        }
        let variance = draws.reduce(0.0) { $0 + Double($1 * $1) } / n
        #expect(abs(variance / noise.variance - 1) < 0.15)
        let bound = noise.bound(probability: 0.05)
        #expect(Double(draws.count { abs($0) > bound }) / n < 0.06)
        #expect(Double(draws.count { abs($0) >= bound }) / n > 0.04)
    }

    @Test func refusesWhatIsNoNoise() {
        for (thousandths, contributions) in [(0, 1), (100_001, 1), (1000, 0), (1000, 1001)] {
            #expect(throws: AnalysisError.self) {
                try GeometricNoise(thousandths: thousandths, contributions: contributions)
            }
        }
    }
}
