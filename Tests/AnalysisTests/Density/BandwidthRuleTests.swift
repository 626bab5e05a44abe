import Analysis
import GeoCore
import TestSupport
import Testing

struct BandwidthRuleTests {
    struct Input: Decodable {
        let xy: [[Double]]
        let weights: [Double]?
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"),
        arguments: ["bandwidth-juvenile", "bandwidth-soho-weighted"])
    func equalsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, [String: Double]>.load(name)
        let points = Points(pairs: oracle.input.xy, weights: oracle.input.weights)
        let spread = try #require(WeightedSpread(points))
        let sigma = { (values: [Double]) in
            // A Gaussian along one axis alone.
            BandwidthRule.scott2d.bandwidth(Points(x: values, y: values))
        }
        let figures: [String: Double?] = [
            "scott_factor_2d": BandwidthRule.scottFactor(points), "scott_sigma_x": sigma(points.x),
            "scott_sigma_y": sigma(points.y), "scott_isotropic": BandwidthRule.scott2d.bandwidth(points),
            "standard_distance": spread.standardDistance, "median_distance": spread.medianDistance,
            "arcgis_default_radius": BandwidthRule.arcgis.bandwidth(points),
            "silverman_1d_x_nrd0": AxisBandwidthRule.silverman.bandwidth(points.x),
            "scott_1d_x_nrd": AxisBandwidthRule.scott.bandwidth(points.x),
            "sheather_jones_x_ste": AxisBandwidthRule.sheatherJones.bandwidth(points.x),
            "sheather_jones_x_dpi": AxisBandwidthRule.sheatherJonesDirect.bandwidth(points.x),
            "sheather_jones_y_ste": AxisBandwidthRule.sheatherJones.bandwidth(points.y),
            "sheather_jones_y_dpi": AxisBandwidthRule.sheatherJonesDirect.bandwidth(points.y),
        ]
        #expect(figures.keys.sorted() == oracle.expected.keys.sorted())
        for (key, value) in figures {
            let expected = try #require(oracle.expected[key])
            #expect(isClose(try #require(value), expected), "\(key) \(String(describing: value)) \(expected)")
        }
    }

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
