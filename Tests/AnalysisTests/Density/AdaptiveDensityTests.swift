import Analysis
import GeoCore
import TestSupport
import Testing

struct AdaptiveDensityTests {
    private static let points: Points = {
        var random = SeededGenerator(seed: 6)
        var points = Points()
        for index in 0..<400 {
            let width: Double = index < 300 ? 100 : 1000
            points.append(
                x: Double.random(in: -width...width, using: &random),
                y: Double.random(in: -width...width, using: &random))
        }
        return points
    }()

    @Test func bandwidthsAreSmallerWherePointsAreDense() throws {
        let bandwidths = try adaptiveBandwidths(Self.points, kernel: .gaussian, bandwidth: 100)
        let dense = bandwidths[..<300].reduce(0, +) / 300
        let sparse = bandwidths[300...].reduce(0, +) / 100
        #expect(dense < 100 && sparse > 100)
        #expect(bandwidths.allSatisfy { $0 <= 500 })
        // The geometric mean of h / h₀ is 1, but for those cut off.
        let density = try kernelDensity(
            Self.points, atX: Self.points.x, y: Self.points.y, kernel: .gaussian, bandwidth: 100)
        #expect(isClose(bandwidths[0] / bandwidths[1], (density[1] / density[0]).squareRoot()))
    }

    @Test func equalBandwidthsGiveThePlainDensity() async throws {
        let raster = try Raster(minX: -1500, minY: -1500, cell: 60, columns: 50, rows: 50)
        for kernel in [Kernel.quartic, .triangular] {
            let plain = try kernelDensity(Self.points, kernel: kernel, bandwidth: 200, raster: raster)
            let made = try await adaptiveDensity(
                Self.points, kernel: kernel, bandwidths: Array(repeating: 200, count: 400), raster: raster)
            for (a, b) in zip(made.values, plain.values) { #expect(abs(a - b) < 1e-9 * plain.maximum) }
        }
    }

    @Test func theSameOnOneThreadAndWithinAWindow() async throws {
        let raster = try Raster(minX: -1500, minY: -1500, cell: 60, columns: 50, rows: 50)
        let window = try StudyWindow(box: BoundingBox(minX: -1000, minY: -1000, maxX: 1000, maxY: 1000))
        let bandwidths = try adaptiveBandwidths(Self.points, kernel: .quartic, bandwidth: 150)
        let (one, many) = try await onOneAndManyThreads {
            try await adaptiveDensity(
                Self.points, kernel: .quartic, bandwidths: bandwidths, raster: raster, window: window)
        }
        #expect(many == one)
        // All weight lies inside, to what cells can tell.
        #expect(abs(many.values.reduce(0, +) * 3600 - 400) < 8)
        await #expect(throws: AnalysisError.self) {
            try await adaptiveDensity(Self.points, kernel: .quartic, bandwidths: [1], raster: raster)
        }
    }

    @Test func kernelsOfOneDeviationSpreadAlike() throws {
        // The variance along an axis by a sum over a fine lattice.
        for kernel in Kernel.allCases {
            let step = min(kernel.reach, 6) / 50
            let steps = (-50...50).flatMap { i in (-50...50).map { (Double(i) * step, Double($0) * step) } }
            let values = try kernelDensity(
                Points(x: [0], y: [0]), atX: steps.map(\.0), y: steps.map(\.1), kernel: kernel, bandwidth: 1)
            let second = zip(values, steps).reduce(0) { $0 + $1.0 * $1.1.0 * $1.1.0 }
            let deviation = (second / values.reduce(0, +)).squareRoot()
            #expect(abs(deviation * kernel.deviations - 1) < 0.02, "\(kernel)")
        }
    }
}
