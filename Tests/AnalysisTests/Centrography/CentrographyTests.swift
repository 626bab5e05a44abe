import Analysis
import GeoCore
import TestSupport
import Testing

struct CentrographyTests {
    @Test func isPlainForARectangle() throws {
        let points = Points(x: [1000, 1006, 1006, 1000], y: [500, 500, 502, 502])
        let made = try Centrography(points)
        #expect(made.meanCenter == Position(1003, 501))
        #expect(isClose(made.medianCenter.x, 1003) && isClose(made.medianCenter.y, 501))
        #expect(isClose(made.standardDistance, 10.0.squareRoot()))
        #expect(isClose(made.ellipse.major, 3) && isClose(made.ellipse.minor, 1))
        #expect(made.ellipse.angle == 0)
        #expect(made.effectiveNumber == 4)
    }

    @Test(arguments: [0.0, 30, 89, 90, 135, 179])
    func turnsWithThePoints(degrees: Double) throws {
        let (c, s) = (DonutMaskTests.unit(degrees).x, DonutMaskTests.unit(degrees).y)
        let along = [-3.0, -1, 0, 1, 3]
        let across = [0.1, -0.2, 0.2, -0.2, 0.1]
        let made = try Centrography(
            Points(x: zip(along, across).map { $0 * c - $1 * s }, y: zip(along, across).map { $0 * s + $1 * c }))
        let difference = abs(made.ellipse.angle - degrees)
        #expect(min(difference, 180 - difference) < 1e-6)
    }

    @Test func medianStaysAtAPointThatWeighsHalf() throws {
        let made = try Centrography(Points(x: [0, 10, 4, 7], y: [0, 0, 9, 3], weight: [5, 1, 2, 1]))
        #expect(made.medianCenter == Position(0, 0))
    }

    @Test func medianHasTheSmallestSumOfDistances() throws {
        var random = SeededGenerator(seed: 12)
        var points = Points()
        for _ in 0..<60 {
            points.append(
                x: Double.random(in: 0...100, using: &random), y: Double.random(in: 0...10, using: &random),
                weight: Double.random(in: 0...4, using: &random))
        }
        let median = try Centrography(points).medianCenter
        func sum(_ x: Double, _ y: Double) -> Double {
            (0..<points.count).reduce(0) {
                let (dx, dy) = (points.x[$1] - x, points.y[$1] - y)
                return $0 + points.weight[$1] * (dx * dx + dy * dy).squareRoot()
            }
        }
        let least = sum(median.x, median.y)
        for (dx, dy) in [(1e-3, 0.0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)] {
            #expect(sum(median.x + dx, median.y + dy) > least)
        }
    }

    @Test func survivesOddInput() throws {
        let one = try Centrography(Points(x: [5], y: [6]))
        #expect(one.medianCenter == Position(5, 6) && one.standardDistance == 0 && one.ellipse.major == 0)
        let line = try Centrography(Points(x: [0, 1, 2], y: [0, 1, 2]))
        #expect(line.ellipse.minor == 0 && isClose(line.ellipse.angle, 45))
        #expect(throws: AnalysisError.self) { try Centrography(Points()) }
        #expect(throws: AnalysisError.self) { try Centrography(Points(x: [.nan], y: [0])) }
        #expect(throws: AnalysisError.self) { try Centrography(Points(x: [1], y: [0], weight: [0])) }
        #expect(throws: AnalysisError.self) { try Centrography(Points(x: [1], y: [0], weight: [-1])) }
    }
}
