import Analysis
import Testing

struct FalseDiscoveryRateTests {
    @Test func leavesUndefinedTestsOut() {
        #expect(FalseDiscoveryRate.benjaminiHochberg.adjusted([nil, 0.04, nil]) == [nil, 0.04, nil])
        #expect(FalseDiscoveryRate.benjaminiYekutieli.adjusted([]).isEmpty)
    }
}
