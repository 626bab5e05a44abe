import Foundation
import GeoCore
import TestSupport
import Testing

@testable import Analysis

struct RasterWorkTests {
    private let raster = try? Raster(minX: 100, minY: 200, cell: 2, columns: 40, rows: 30)

    @Test(arguments: [0.5, 3, 17.2, 500])
    func evaluationsAreTheCellsOfTheSquaresAroundPoints(_ reach: Double) throws {
        let raster = try #require(raster)
        var random = SeededGenerator(seed: 3)
        for _ in 0..<100 {
            let (x, y) = (Double.random(in: 50...250, using: &random), Double.random(in: 150...300, using: &random))
            var (least, most) = (0, 0)
            for index in 0..<raster.count {
                let dx = abs(raster.x(index % raster.columns) - x)
                let dy = abs(raster.y(index / raster.columns) - y)
                if max(dx, dy) <= reach { least += 1 }
                if max(dx, dy) <= reach + raster.cell { most += 1 }
            }
            let found = raster.evaluations(Points(x: [x], y: [y]), reach: [reach])
            #expect(Double(least) <= found && found <= Double(most))
        }
    }

    @Test func eachPointHasItsReach() throws {
        let raster = try #require(raster)
        let points = Points(x: [140, 140, .nan, 1e300], y: [230, 230, 230, 230])
        let one = raster.evaluations(Points(x: [140], y: [230]), reach: [10])
        #expect(raster.evaluations(points, reach: [10]) == 2 * one)
        #expect(raster.evaluations(points, reach: [10, 1e9, 10, 10]) == one + Double(raster.count))
        #expect(raster.evaluations(Points(), reach: []) == 0)
    }

    @Test(.timeLimit(.minutes(5)), arguments: [false, true])
    func aFewPointsThatReachManyCellsAreGivenUpWhenTheTaskIs(isAdaptive: Bool) async throws {
        let raster = try Raster(minX: 0, minY: 0, cell: 1, columns: 1000, rows: 1000)
        let points = Points(x: Array(repeating: 500, count: 900), y: Array(repeating: 500, count: 900))
        let task = Task {
            if isAdaptive {
                return try await adaptiveDensity(
                    points, kernel: .uniform, bandwidths: Array(repeating: 1e6, count: points.count), raster: raster)
            }
            return try kernelDensity(points, kernel: .uniform, bandwidth: 1e6, raster: raster)
        }
        // From a thread of its own: those of the tasks may all be busy until the density is done.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.02)
            task.cancel()
        }
        let error = await #expect(throws: AnalysisError.self) { try await task.value }
        #expect(error?.code == .cancelled)
    }
}
