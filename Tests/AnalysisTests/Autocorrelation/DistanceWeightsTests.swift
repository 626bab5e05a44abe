import Analysis
import GeoCore
import TestSupport
import Testing

struct DistanceWeightsTests {
    private func latticePoints(_ seed: UInt64, _ count: Int) -> Points {
        var random = SeededGenerator(seed: seed)
        var points = Points()
        for _ in 0..<count {
            points.append(
                x: 4e6 + Double(Int.random(in: 0...14, using: &random)),
                y: Double(Int.random(in: 0...14, using: &random)))
        }
        return points
    }

    private func squared(_ points: Points, _ i: Int, _ j: Int) -> Double {
        let (dx, dy) = (points.x[i] - points.x[j], points.y[i] - points.y[j])
        return dx * dx + dy * dy
    }

    @Test(arguments: [1, 4, 9])
    func nearestEqualsSortingAllDistances(k: Int) throws {
        let points = latticePoints(31, 150)
        let made = try SpatialWeights.nearest(k, of: points)
        for i in 0..<points.count {
            let sorted = (0..<points.count).filter { $0 != i }
                .sorted { (squared(points, i, $0), $0) < (squared(points, i, $1), $1) }
            let expected = sorted.prefix(k).map { Int32($0) }.sorted()
            #expect(Array(made.neighbors[made.offsets[i]..<made.offsets[i + 1]]) == expected)
        }
    }

    @Test(arguments: [1.0, 5, 40])
    func bandIsClosed(distance: Double) throws {
        let points = latticePoints(32, 120)
        let made = try SpatialWeights.within(distance, of: points)
        for i in 0..<points.count {
            let expected = (0..<points.count).filter { $0 != i && squared(points, i, $0) <= distance * distance }
            #expect(made.neighbors[made.offsets[i]..<made.offsets[i + 1]].map { Int($0) } == expected)
        }
        let inverse = try SpatialWeights.within(distance, of: Points(x: [0, 1, 0], y: [0, 0, 0]), power: 1)
        #expect(inverse.weights.allSatisfy { $0 == 1 })
    }

    @Test func refusesWhatIsNoNeighbourhood() throws {
        let points = Points(x: [0, 1], y: [0, 0])
        #expect(throws: AnalysisError.self) { try SpatialWeights.nearest(2, of: points) }
        #expect(throws: AnalysisError.self) { try SpatialWeights.nearest(0, of: points) }
        #expect(throws: AnalysisError.self) { try SpatialWeights.within(.infinity, of: points) }
        #expect(throws: AnalysisError.self) { try SpatialWeights.within(2, of: points, limit: 1) }
    }

    @Test func standardizesRowsAndKeepsIslands() throws {
        let weights = try SpatialWeights.within(1.5, of: Points(x: [0, 1, 2, 9], y: [0, 0, 0, 0]))
        #expect(weights.islands == [3])
        #expect(weights.rowStandardized().weights == [1, 0.5, 0.5, 1])
        #expect(weights.meanNeighborCount == 1)
    }
}
