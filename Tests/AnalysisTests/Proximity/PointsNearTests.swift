import Analysis
import GeoCore
import Testing

struct PointsNearTests {
    private let square = Geometry.polygon([
        [Position(0, 0), Position(100, 0), Position(100, 100), Position(0, 100), Position(0, 0)],
        [Position(40, 40), Position(60, 40), Position(60, 60), Position(40, 60), Position(40, 40)],
    ])

    private func points(_ positions: [(Double, Double)]) -> Points {
        var points = Points()
        for (x, y) in positions { points.append(x: x, y: y) }
        return points
    }

    @Test func findsWhatLiesInOrNearAPolygon() throws {
        let near = try PointsNear(points([(50, 50), (10, 10), (110, 50), (200, 200), (103, 104)]))
        #expect(try near.rows(within: 0, of: square) == [1])
        #expect(try near.rows(within: 5, of: square) == [1, 4])
        #expect(try near.rows(within: 10, of: square) == [0, 1, 2, 4])
    }

    @Test func measuresToTheNearestPartOfALine() throws {
        let line = Geometry.lineString([Position(0, 0), Position(100, 0), Position(100, 100)])
        let near = try PointsNear(points([(50, 3), (103, 4), (-3, -4), (97, 50)]))
        #expect(try near.rows(within: 3, of: line) == [0, 1, 3])
        #expect(try near.rows(within: 5, of: line) == [0, 1, 2, 3])
        #expect(try near.rows(within: 4.999, of: line) == [0, 1, 3])
    }

    @Test func agreesWithLookingAtEveryPoint() throws {
        var generator = SystemLikeGenerator(seed: 7)
        let all = points((0..<500).map { _ in (generator.next() * 300 - 100, generator.next() * 300 - 100) })
        let near = try PointsNear(all)
        for distance in [0.0, 7.5, 60] {
            let expected = (0..<all.count).filter { row in
                let outside = { (value: Double) in max(0, max(-value, value - 100)) }
                let (dx, dy) = (outside(all.x[row]), outside(all.y[row]))
                let inHole = all.x[row] > 40 && all.x[row] < 60 && all.y[row] > 40 && all.y[row] < 60
                let toRim = min(min(all.x[row] - 40, 60 - all.x[row]), min(all.y[row] - 40, 60 - all.y[row]))
                return inHole ? toRim <= distance : (dx * dx + dy * dy).squareRoot() <= distance
            }
            #expect(try near.rows(within: distance, of: square) == expected)
        }
    }

    @Test func refusesDistancesThatAreNone() throws {
        let near = try PointsNear(points([(0, 0)]))
        #expect(throws: AnalysisError.self) { try near.rows(within: .nan, of: square) }
        #expect(throws: AnalysisError.self) { try near.rows(within: -1, of: square) }
    }
}

/// Numbers between 0 and 1, the same for the same seed (SplitMix64).
private struct SystemLikeGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
    }
}
