import Analysis
import TestSupport
import Testing

struct CircularTestTests {
    @Test func equalsThePublishedExample() throws {
        // Zar 1999, examples 26.4 and 27.1: eight directions with a mean of 99°, length 0.825, z 5.448, 0.001 < P < 0.002.
        let degrees: [Double] = [45, 55, 81, 96, 110, 117, 132, 154]
        let test = try CircularTest(degrees.map { ($0 * .pi / 180, 1) })
        #expect(isClose(try #require(test.mean) * 180 / .pi, 98.98775195039646))
        #expect(isClose(test.length, 0.8252177448200448))
        #expect(isClose(test.z, 5.4478746109270455))
        #expect(isClose(test.p, 0.0018516375077209267))
        #expect(isClose(try #require(test.deviation), 0.6198515860372827))
    }

    @Test func anAngleMayStandForMany() throws {
        let many = try CircularTest([(1, 3), (2, 1), (5, 0)])
        let single = try CircularTest([(1, 1), (1, 1), (2, 1), (1, 1)])
        #expect(many.count == 4 && isClose(many.p, single.p) && isClose(many.length, single.length))
    }

    @Test func opposedTimesHaveNoMean() throws {
        let test = try CircularTest([(0, 5), (.pi, 5)])
        #expect(test.mean == nil && test.deviation == nil && test.length == 0 && test.p == 1)
        let same = try CircularTest([(2, 1_000_000)])
        #expect(isClose(same.length, 1) && same.p < 1e-100 && same.deviation.map { $0 < 1e-6 } == true)
    }

    @Test func refusesNothingAndWhatIsNoAngle() {
        #expect(throws: AnalysisError.self) { try CircularTest([]) }
        #expect(throws: AnalysisError.self) { try CircularTest([(1, 0)]) }
        #expect(throws: AnalysisError.self) { try CircularTest([(.nan, 1)]) }
        #expect(throws: AnalysisError.self) { try CircularTest([(1, -1)]) }
    }
}
