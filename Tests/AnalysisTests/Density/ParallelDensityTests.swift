import Analysis
import GeoCore
import TestSupport
import Testing

struct ParallelDensityTests {
    private static func points(_ count: Int) -> Points {
        var generator = SeededGenerator(seed: 7)
        var points = Points(capacity: count)
        for _ in 0..<count {
            points.append(
                x: Double.random(in: 0...1000, using: &generator), y: Double.random(in: 0...800, using: &generator),
                weight: Double.random(in: 0.5...2, using: &generator))
        }
        return points
    }

    private static let box = BoundingBox(minX: 0, minY: 0, maxX: 1000, maxY: 800)

    @Test func agreesWithOneCore() async throws {
        let points = Self.points(70_000)
        let raster = try Raster(covering: Self.box, longer: 40)
        let parallel = try await parallelKernelDensity(points, kernel: .quartic, bandwidth: 60, raster: raster)
        let single = try Self.single(points, raster)
        #expect(zip(parallel.values, single.values).allSatisfy { abs($0 - $1) <= 1e-12 * single.maximum })
    }

    private static func single(_ points: Points, _ raster: Raster) throws -> DensitySurface {
        try kernelDensity(points, kernel: .quartic, bandwidth: 60, raster: raster)
    }

    @Test func givesTheSameBitsEachTime() async throws {
        let points = Self.points(70_000)
        let raster = try Raster(covering: Self.box, longer: 40)
        let first = try await parallelKernelDensity(points, kernel: .quartic, bandwidth: 60, raster: raster)
        let second = try await parallelKernelDensity(points, kernel: .quartic, bandwidth: 60, raster: raster)
        #expect(first == second)
    }

    @Test func correctsTheBorderAsOneCoreDoes() async throws {
        let points = Self.points(2000)
        let raster = try Raster(covering: Self.box, longer: 25)
        let window = try StudyWindow(polygons: [[Self.box.ring]])
        let parallel = try await parallelKernelDensity(
            points, kernel: .quartic, bandwidth: 90, raster: raster, window: window)
        let single = try Self.corrected(points, raster, window)
        #expect(parallel == single)
    }

    private static func corrected(
        _ points: Points, _ raster: Raster, _ window: StudyWindow
    ) throws -> DensitySurface {
        try kernelDensity(
            points, kernel: .quartic, bandwidth: 90, raster: raster, window: window, correction: .uniform)
    }
}
