import Analysis
import GeoCore
import TestSupport
import Testing

struct BandwidthRuleTests {
    @Test func robustRulesResistOutliers() throws {
        var random = SeededGenerator(seed: 14)
        var points = Points()
        for _ in 0..<200 {
            points.append(x: Double.random(in: -1...1, using: &random), y: Double.random(in: -1...1, using: &random))
        }
        let rules = [BandwidthRule.scott2dRobust, .sheatherJones]
        let before = rules.map { $0.bandwidth(points) }
        let plain = try #require(BandwidthRule.scott2d.bandwidth(points))
        points.append(x: 500, y: -500)
        for (rule, old) in zip(rules, before) {
            #expect((try #require(rule.bandwidth(points))) / (try #require(old)) < 1.5, "\(rule)")
        }
        #expect((try #require(BandwidthRule.scott2d.bandwidth(points))) > 10 * plain)
    }

    @Test func likelihoodPrefersTheScaleOfClumps() throws {
        var random = SeededGenerator(seed: 15)
        var points = Points()
        for index in 0..<300 {
            points.append(
                x: Double(index % 5) * 1000 + Double.random(in: -5...5, using: &random),
                y: Double.random(in: -5...5, using: &random))
        }
        let likely = try #require(BandwidthRule.likelihood.bandwidth(points))
        let scott = try #require(BandwidthRule.scott2d.bandwidth(points))
        #expect(likely < scott / 10)
    }

    @Test func isUndefinedWithoutSpread() {
        #expect(BandwidthRule.scott2d.bandwidth(Points()) == nil)
        #expect(BandwidthRule.scott2d.bandwidth(Points(x: [1, 1], y: [2, 2])) == nil)
        #expect(BandwidthRule.arcgis.bandwidth(Points(x: [1, 1], y: [2, 2])) == nil)
        for rule in BandwidthRule.allCases { #expect(rule.bandwidth(Points(x: [1, 1, 1], y: [2, 2, 2])) == nil) }
        #expect(BandwidthRule.arcgis.bandwidth(Points(x: [1, 3], y: [2, 2], weight: [0, 0])) == nil)
    }
}
