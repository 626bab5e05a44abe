import Analysis
import GeoCore
import TestSupport
import Testing

struct KernelWeightsTests {
    private let row = Points(x: [0, 10, 30, 60], y: [0, 0, 0, 0])

    @Test func weightsFallInAStraightLineToTheDistance() throws {
        let weights = try SpatialWeights.kernel(40, of: row)
        #expect(weights.neighbors == [0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 2, 3])
        #expect(weights.weights == [1, 0.75, 0.25, 0.75, 1, 0.5, 0.25, 0.5, 1, 0.25, 0.25, 1])
        #expect(throws: AnalysisError.self) { try SpatialWeights.kernel(0, of: row) }
    }

    @Test func theLastOfTheNearestCountsALittle() throws {
        let weights = try SpatialWeights.kernel(nearest: 2, of: row)
        #expect(weights.neighbors[0..<3] == [0, 1, 2])
        #expect(isClose(weights.weights[1], 1 - 10 / (30 * 1.0000001)))
        #expect(weights.weights[2] > 0 && weights.weights[2] < 1e-6)
        #expect(throws: AnalysisError.self) { try SpatialWeights.kernel(nearest: 4, of: row) }
    }

    @Test func aBandReachesTheEighthNearestOnAverage() throws {
        // A lattice of spacing 10: inside, the eighth nearest lies at 10 √2.
        var lattice = Points()
        for place in 0..<2500 { lattice.append(x: Double(place % 50) * 10, y: Double(place / 50) * 10) }
        let band = try #require(try suggestedBand(lattice))
        #expect(band > 14.1 && band < 15)
        #expect(try suggestedBand(Points(x: [1], y: [1])) == nil)
        #expect(try suggestedBand(Points(x: [1, 1], y: [1, 1])) == nil)
    }
}
