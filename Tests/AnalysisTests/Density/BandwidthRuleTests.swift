import Analysis
import GeoCore
import TestSupport
import Testing

struct BandwidthRuleTests {
    struct Input: Decodable {
        let xy: [[Double]]
        let weights: [Double]?
    }
    struct Expected: Decodable {
        let scott_isotropic: Double
        let arcgis_default_radius: Double
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"),
        arguments: ["bandwidth-juvenile", "bandwidth-soho-weighted"])
    func equalsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load(name)
        let points = Points(pairs: oracle.input.xy, weights: oracle.input.weights)
        #expect(agree([BandwidthRule.scott2d.bandwidth(points)], [oracle.expected.scott_isotropic]))
        #expect(agree([BandwidthRule.arcgis.bandwidth(points)], [oracle.expected.arcgis_default_radius]))
    }

    @Test func isUndefinedWithoutSpread() {
        #expect(BandwidthRule.scott2d.bandwidth(Points()) == nil)
        #expect(BandwidthRule.scott2d.bandwidth(Points(x: [1, 1], y: [2, 2])) == nil)
        #expect(BandwidthRule.arcgis.bandwidth(Points(x: [1, 1], y: [2, 2])) == nil)
        #expect(BandwidthRule.arcgis.bandwidth(Points(x: [1, 3], y: [2, 2], weight: [0, 0])) == nil)
    }
}
