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
        let before = try rules.map { try $0.bandwidth(points) }
        let plain = try #require(try BandwidthRule.scott2d.bandwidth(points))
        points.append(x: 500, y: -500)
        for (rule, old) in zip(rules, before) {
            #expect((try #require(try rule.bandwidth(points))) / (try #require(old)) < 1.5, "\(rule)")
        }
        #expect((try #require(try BandwidthRule.scott2d.bandwidth(points))) > 10 * plain)
    }

    @Test func likelihoodPrefersTheScaleOfClumps() throws {
        var random = SeededGenerator(seed: 15)
        var points = Points()
        for index in 0..<300 {
            points.append(
                x: Double(index % 5) * 1000 + Double.random(in: -5...5, using: &random),
                y: Double.random(in: -5...5, using: &random))
        }
        let likely = try #require(try BandwidthRule.likelihood.bandwidth(points))
        let scott = try #require(try BandwidthRule.scott2d.bandwidth(points))
        #expect(likely < scott / 10)
    }

    @Test func isUndefinedWithoutSpread() throws {
        #expect(try BandwidthRule.scott2d.bandwidth(Points()) == nil)
        #expect(try BandwidthRule.scott2d.bandwidth(Points(x: [1, 1], y: [2, 2])) == nil)
        #expect(try BandwidthRule.arcgis.bandwidth(Points(x: [1, 1], y: [2, 2])) == nil)
        for rule in BandwidthRule.allCases { #expect(try rule.bandwidth(Points(x: [1, 1, 1], y: [2, 2, 2])) == nil) }
        #expect(try BandwidthRule.arcgis.bandwidth(Points(x: [1, 3], y: [2, 2], weight: [0, 0])) == nil)
    }
}
