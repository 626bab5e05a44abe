import Analysis
import GeoCore
import TestSupport
import Testing

struct KernelDensityTests {
    @Test(arguments: Kernel.allCases, [3.0, 11.0, 40.0])
    func rasterEqualsTheSumAtCellCentres(kernel: Kernel, bandwidth: Double) throws {
        var random = SeededGenerator(seed: 21)
        var points = Points()
        for _ in 0..<150 {
            points.append(
                x: 565_000 + Double.random(in: -30...130, using: &random),
                y: 5_930_000 + Double.random(in: -30...90, using: &random),
                weight: Double.random(in: 0...3, using: &random))
        }
        let raster = try Raster(minX: 565_000, minY: 5_930_000, cell: 4, columns: 27, rows: 15)
        try expectEqual(points, kernel, bandwidth, raster)
    }

    @Test(arguments: [2.0, 4.7, 9.0])
    func momentsEqualTheSumForManyPoints(bandwidth: Double) throws {
        var random = SeededGenerator(seed: 22)
        var points = Points()
        for _ in 0..<4000 {
            points.append(
                x: 1000 + Double.random(in: -20...60, using: &random), y: Double.random(in: -20...60, using: &random))
        }
        let raster = try Raster(minX: 1000, minY: 0, cell: 4, columns: 10, rows: 9)
        try expectEqual(points, .gaussian, bandwidth, raster)
    }

    private func expectEqual(_ points: Points, _ kernel: Kernel, _ bandwidth: Double, _ raster: Raster) throws {
        let surface = try kernelDensity(points, kernel: kernel, bandwidth: bandwidth, raster: raster)
        let x = (0..<raster.count).map { raster.x($0 % raster.columns) }
        let y = (0..<raster.count).map { raster.y($0 / raster.columns) }
        let expected = try kernelDensity(points, atX: x, y: y, kernel: kernel, bandwidth: bandwidth)
        let peak = expected.max() ?? 0
        let worst = zip(surface.values, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= 1e-9 * peak, "\(worst / peak)")
    }

    @Test func refusesWhatItCannotCompute() throws {
        let raster = try Raster(minX: 0, minY: 0, cell: 1, columns: 3, rows: 3)
        let empty = try kernelDensity(Points(), kernel: .gaussian, bandwidth: 1, raster: raster)
        #expect(empty.values == Array(repeating: 0, count: 9))
        for bandwidth in [0, -1, .nan, .infinity] {
            #expect(throws: AnalysisError.self) {
                try kernelDensity(Points(), kernel: .quartic, bandwidth: bandwidth, raster: raster)
            }
        }
        #expect(throws: AnalysisError.self) {
            try kernelDensity(Points(x: [.nan], y: [0]), kernel: .quartic, bandwidth: 1, raster: raster)
        }
        #expect(throws: AnalysisError.self) { try Raster(minX: 0, minY: 0, cell: 1, columns: 100_000, rows: 100_000) }
        let wide = try kernelDensity(Points(x: [0], y: [0]), kernel: .gaussian, bandwidth: 1e9, raster: raster)
        #expect(wide.values.allSatisfy { isClose($0, Kernel.gaussianPeak / 1e18, relative: 1e-6) })
        let far = try kernelDensity(Points(x: [1e200], y: [0]), kernel: .quartic, bandwidth: 1, raster: raster)
        #expect(far.maximum == 0)
    }
}

extension Kernel {
    fileprivate static let gaussianPeak = 1 / (2 * Double.pi)
}
