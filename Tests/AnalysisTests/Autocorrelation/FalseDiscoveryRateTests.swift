import Analysis
import TestSupport
import Testing

struct FalseDiscoveryRateTests {
    struct Input: Decodable { let p: [Double?] }
    struct Expected: Decodable {
        let p_bh: [Double?]
        let p_by: [Double?]
        let critical_p_bh: [String: Double?]
    }

    @Test(
        .enabled(if: SharedMaterial.isPresent, "needs the reference cases"), arguments: ["fdr-boundary", "fdr-mixed"])
    func equalsTheReference(name: String) throws {
        let oracle = try OracleCase<NoParameters, Input, Expected>.load(name)
        let p = oracle.input.p
        #expect(agree(FalseDiscoveryRate.benjaminiHochberg.adjusted(p), oracle.expected.p_bh, relative: 1e-12))
        #expect(agree(FalseDiscoveryRate.benjaminiYekutieli.adjusted(p), oracle.expected.p_by, relative: 1e-12))
        for (alpha, expected) in oracle.expected.critical_p_bh {
            let critical = FalseDiscoveryRate.benjaminiHochberg.criticalP(p, alpha: try #require(Double(alpha)))
            #expect(agree([critical], [expected], relative: 1e-12))
        }
    }

    @Test func leavesUndefinedTestsOut() {
        #expect(FalseDiscoveryRate.benjaminiHochberg.adjusted([nil, 0.04, nil]) == [nil, 0.04, nil])
        #expect(FalseDiscoveryRate.benjaminiYekutieli.adjusted([]).isEmpty)
    }
}
