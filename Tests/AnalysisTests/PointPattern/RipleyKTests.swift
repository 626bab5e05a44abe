import Analysis
import GeoCore
import TestSupport
import Testing

struct RipleyKTests {
    /// A square with a bay, and the same as two rectangles side by side.
    private static let bay = [
        Position(0, 0), Position(90, 0), Position(90, 30), Position(40, 30), Position(40, 90), Position(0, 90),
        Position(0, 0),
    ]

    private static func points(_ count: Int, seed: UInt64) -> Points {
        var random = SeededGenerator(seed: seed)
        var points = Points()
        while points.count < count {
            let (x, y) = (Double.random(in: 0...90, using: &random), Double.random(in: 0...90, using: &random))
            if x < 40 || y < 30 { points.append(x: x, y: y) }
        }
        return points
    }

    @Test func aTableOfSharedAreasIsNearTheExactOnes() async throws {
        let window = try StudyWindow(polygons: [[Self.bay]])
        let points = Self.points(150, seed: 9)
        let exact = try await ripleyK(points, window: window, radii: [6, 12, 18])
        let made = try await ripleyK(points, window: window, radii: [6, 12, 18], tabulates: true)
        #expect(exact.tableError == nil)
        #expect(try #require(made.tableError) < 1e-3)
        for index in 0..<3 {
            let (k, wanted) = (try #require(made.k[index]), try #require(exact.k[index]))
            #expect(abs(k / wanted - 1) < 2e-3)
        }
        // A rectangle needs none.
        let square = try StudyWindow(box: BoundingBox(minX: 0, minY: 0, maxX: 90, maxY: 90))
        let plain = try await ripleyK(points, window: square, radii: [6, 12], tabulates: true)
        #expect(plain.tableError == nil)
    }

    @Test func theBoundHoldsAllPairs() throws {
        let points = Self.points(200, seed: 4)
        for distance in [1.0, 7, 40, 200] {
            var pairs = 0
            for a in 0..<points.count {
                for b in 0..<a {
                    let (dx, dy) = (points.x[a] - points.x[b], points.y[a] - points.y[b])
                    if dx * dx + dy * dy <= distance * distance { pairs += 1 }
                }
            }
            #expect(try pairBound(points, within: distance) >= Double(pairs))
        }
        #expect(try pairBound(points, within: 200) == 200 * 199 / 2)
    }

    @Test func correctionsAgreeInAnAreaOfAnyShape() async throws {
        let window = try StudyWindow(polygons: [[Self.bay]])
        var sums = [PatternCorrection: Double]()
        for seed in 1...6 {
            for correction in PatternCorrection.allCases {
                let made = try await ripleyK(
                    Self.points(150, seed: UInt64(seed)), window: window, radii: [6, 12], correction: correction)
                sums[correction, default: 0] += (try #require(made.k[1])) / 6
            }
        }
        let expected = Double.pi * 144
        for correction in [PatternCorrection.border, .translate, .isotropic] {
            #expect(isClose(try #require(sums[correction]), expected, relative: 0.12), "\(correction)")
        }
        #expect(try #require(sums[PatternCorrection.none]) < expected * 0.9)
    }

    /// The shift of a window over itself by hand: an L moved 10 east and 20 north.
    @Test func countsTheSharedAreaOfAShiftedWindow() async throws {
        let window = try StudyWindow(polygons: [[Self.bay]])
        let made = try await ripleyK(
            Points(x: [10, 20], y: [10, 30]), window: window, radii: [30], correction: .translate)
        let shared = 30.0 * 70 + 50 * 10
        #expect(isClose(try #require(made.k[0]), window.area * window.area / shared))
    }

    @Test func weightsOfOneChangeNothing() async throws {
        let points = Self.points(80, seed: 9)
        let window = try StudyWindow(polygons: [[Self.bay]])
        for correction in PatternCorrection.allCases {
            let plain = try await ripleyK(points, window: window, correction: correction)
            let weighted = try await ripleyK(points, window: window, correction: correction, isWeighted: true)
            #expect(agree(plain.k, weighted.k))
        }
    }

    @Test func reportsDuplicatesAndPointsOutside() async throws {
        let window = try rectangleWindow([0, 0, 10, 10])
        let made = try await ripleyK(Points(x: [1, 1, 1, 20], y: [2, 2, 2, 2]), window: window, radii: [0, 1])
        #expect(made.duplicatePairs == 3 && made.outside == 1 && made.count == 3)
        #expect(made.k[0] == made.k[1])
    }

    @Test func refusesWhatItCannotCompute() async throws {
        let window = try rectangleWindow([0, 0, 10, 10])
        let two = Points(x: [1, 2], y: [1, 2])
        for radii in [[], [2, 1], [-1, 2], [1, .infinity], [.nan]] as [[Double]] {
            await #expect(throws: AnalysisError.self) { try await ripleyK(two, window: window, radii: radii) }
        }
        await #expect(throws: AnalysisError.self) {
            try await ripleyK(Points(x: [1], y: [1]), window: window, radii: [1])
        }
        await #expect(throws: AnalysisError.self) {
            try await ripleyK(
                Points(x: [1, 2], y: [1, 2], weight: [1, -1]), window: window, radii: [1], isWeighted: true)
        }
    }
}
