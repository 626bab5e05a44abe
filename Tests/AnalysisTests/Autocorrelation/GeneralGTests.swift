import Analysis
import Testing

struct GeneralGTests {
    @Test func refusesWhatItIsNotMadeFor() throws {
        let pair = try SpatialWeights(offsets: [0, 1, 2], neighbors: [1, 0])
        #expect(throws: AnalysisError.self) { try generalG([-1, 2], weights: pair) }
        let half = try SpatialWeights(offsets: [0, 1, 2], neighbors: [1, 0], weights: [0.5, 1])
        #expect(throws: AnalysisError.self) { try generalG([1, 2], weights: half) }
        #expect(try generalG([0, 0], weights: pair) == nil)
    }

    @Test func equalValuesHaveNoTest() throws {
        let ring = try SpatialWeights(
            offsets: [0, 2, 4, 6, 8, 10], neighbors: [1, 4, 0, 2, 1, 3, 2, 4, 3, 0])
        #expect(try #require(try generalG([3, 3, 3, 3, 3], weights: ring)).test == nil)
    }
}
