import Analysis
import GeoCore
import TestSupport
import Testing

struct RelativeRiskTests {
    private static func points(_ count: Int, _ low: Double, _ high: Double, seed: UInt64) -> Points {
        var random = SeededGenerator(seed: seed)
        var points = Points()
        for _ in 0..<count {
            points.append(
                x: Double.random(in: low...high, using: &random), y: Double.random(in: 0...100, using: &random))
        }
        return points
    }

    @Test func rasterEqualsPositions() async throws {
        let (first, second) = (Self.points(60, 0, 60, seed: 1), Self.points(80, 0, 100, seed: 2))
        let window = try StudyWindow(polygons: [
            [
                [
                    Position(0, 0), Position(100, 0), Position(100, 100), Position(30, 90), Position(0, 0),
                ]
            ]
        ])
        let raster = try Raster(minX: 0, minY: 0, cell: 10, columns: 10, rows: 10)
        let surface = try await relativeRisk(first, second, raster: raster, window: window)
        let x = (0..<100).map { raster.x($0 % 10) }
        let y = (0..<100).map { raster.y($0 / 10) }
        let places = try Self.atPlaces(first, second, x, y, window)
        #expect(surface.bandwidth == places.bandwidth)
        #expect(agree(surface.logarithm, places.logarithm, relative: 1e-6, absolute: 1e-7))
        #expect(agree(surface.z, places.z, relative: 1e-6, absolute: 1e-7))
        #expect(surface.logarithm.contains(nil) && surface.logarithm.contains { $0 != nil })
    }

    private static func atPlaces(
        _ first: Points, _ second: Points, _ x: [Double], _ y: [Double], _ window: StudyWindow
    ) throws -> RelativeRisk { try relativeRisk(first, second, atX: x, y: y, window: window) }

    @Test func permutationsFindWhereTheFirstKindGathers() async throws {
        let (first, second) = (Self.points(60, 0, 40, seed: 3), Self.points(60, 0, 100, seed: 4))
        let window = try rectangleWindow([0, 0, 100, 100])
        let raster = try Raster(minX: 0, minY: 0, cell: 25, columns: 4, rows: 4)
        let made = try await relativeRisk(
            first, second, raster: raster, bandwidth: 15, window: window, permutations: 39, seed: 5)
        let again = try await relativeRisk(
            first, second, raster: raster, bandwidth: 15, window: window, permutations: 39, seed: 5)
        #expect(made == again)
        for index in 0..<16 {
            if index % 4 == 0 { #expect(try #require(made.p[index]) <= 0.1) }
            if index % 4 == 3, let p = made.p[index] { #expect(p > 0.9) }
        }
    }

    @Test func refusesWhatItCannotCompute() throws {
        let window = try rectangleWindow([0, 0, 100, 100])
        let points = Self.points(5, 0, 100, seed: 6)
        #expect(throws: AnalysisError.self) { try relativeRisk(points, Points(), atX: [1], y: [1], window: window) }
        #expect(throws: AnalysisError.self) {
            try relativeRisk(points, points, atX: [1], y: [1], bandwidth: -1, window: window)
        }
        let one = Points(x: [5], y: [5])
        #expect(throws: AnalysisError.self) { try relativeRisk(one, one, atX: [1], y: [1], window: window) }
    }
}
