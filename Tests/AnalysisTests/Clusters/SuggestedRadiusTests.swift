import Analysis
import GeoCore
import TestSupport
import Testing

struct SuggestedRadiusTests {
    @Test func liesBetweenClustersAndNoise() throws {
        var random = SeededGenerator(seed: 41)
        var points = Points()
        for center in 0..<4 {
            for _ in 0..<100 {
                points.append(
                    x: Double(center) * 1000 + Double.random(in: 0...50, using: &random),
                    y: Double.random(in: 0...50, using: &random))
            }
        }
        for _ in 0..<25 {
            points.append(
                x: Double.random(in: -2000...6000, using: &random), y: Double.random(in: -4000...4000, using: &random))
        }
        let radius = try suggestedRadius(points)
        #expect(radius > 4 && radius < 300)
        #expect(try dbscan(points, radius: radius, minimum: 5).count == 4)
    }

    @Test func needsPlacesThatDiffer() throws {
        #expect(throws: AnalysisError.self) { try suggestedRadius(Points()) }
        let same = Points(x: Array(repeating: 1, count: 5000), y: Array(repeating: 1, count: 5000))
        #expect(throws: AnalysisError.self) {
            try suggestedRadius(Points(x: same.x + [9], y: same.y + [9]), minimum: 1)
        }
        #expect(throws: AnalysisError.self) { try suggestedRadius(Points(x: [1, 1, 1, 1, 1], y: [2, 2, 2, 2, 2])) }
    }
}
