import Analysis
import GeoCore
import TestSupport
import Testing

/// A rectangle as the reference cases write it: west, south, east, north.
func rectangleWindow(_ rect: [Double]) throws -> StudyWindow {
    try StudyWindow(box: BoundingBox(minX: rect[0], minY: rect[1], maxX: rect[2], maxY: rect[3]))
}

struct ClarkEvansTests {
    @Test func countsWhatLiesOutside() async throws {
        let window = try StudyWindow(polygons: [
            [
                [
                    Position(0, 0), Position(10, 0), Position(10, 4), Position(4, 4), Position(4, 10), Position(0, 10),
                    Position(0, 0),
                ]
            ]
        ])
        let made = try await clarkEvans(Points(x: [1, 10, 9], y: [1, 0, 9]), window: window)
        #expect(made.count == 2 && made.outside == 1)
        #expect(made.donnelly == nil)
        #expect(isClose(made.meanDistance, 82.0.squareRoot()))
    }

    @Test func needsTwoPoints() async throws {
        let window = try rectangleWindow([0, 0, 1, 1])
        await #expect(throws: AnalysisError.self) { try await clarkEvans(Points(x: [0.5], y: [0.5]), window: window) }
        await #expect(throws: AnalysisError.self) { try await clarkEvans(Points(x: [.nan], y: [0.5]), window: window) }
    }
}
