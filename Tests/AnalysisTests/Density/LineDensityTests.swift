import Analysis
import GeoCore
import TestSupport
import Testing

struct LineDensityTests {
    private static func raster() throws -> Raster {
        try Raster(minX: -40, minY: -30, cell: 10, columns: 22, rows: 18)
    }
    private static let bend = WeightedLine(
        parts: [[Position(0, 0), Position(60, 45), Position(60, 110)], [Position(120, 20), Position(130, 20)]],
        weight: 3)

    /// Many points along a line, in the middle of equal steps.
    private static func points(along line: WeightedLine, steps: Int) -> Points {
        var (points, lengths) = (Points(), [Double]())
        for part in line.parts {
            for (a, b) in zip(part, part.dropFirst()) {
                let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
                for step in 0..<steps {
                    let t = (Double(step) + 0.5) / Double(steps)
                    points.append(x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y), weight: length / Double(steps))
                }
                lengths.append(length)
            }
        }
        let total = lengths.reduce(0, +)
        points.weight = points.weight.map { $0 * line.weight / total }
        return points
    }

    @Test(arguments: Kernel.allCases)
    func isTheDensityOfManyPointsAlongTheLine(_ kernel: Kernel) async throws {
        let raster = try Self.raster()
        let bandwidth = kernel == .gaussian ? 14.0 : 37
        let made = try await lineDensity([Self.bend], kernel: kernel, bandwidth: bandwidth, raster: raster)
        let points = Self.points(along: Self.bend, steps: 4_000)
        var (x, y): ([Double], [Double]) = ([], [])
        for row in 0..<raster.rows {
            for column in 0..<raster.columns {
                x.append(raster.x(column))
                y.append(raster.y(row))
            }
        }
        let expected = Self.direct(points, kernel, bandwidth, x, y)
        // Points at the edge of a kernel that jumps there are off by one of them.
        let slack = made.maximum * (kernel == .uniform ? 2e-3 : 1e-5)
        for cell in made.values.indices { #expect(abs(made.values[cell] - expected[cell]) <= slack, "\(cell)") }
        #expect(made.maximum > 0)
    }

    private static func direct(
        _ points: Points, _ kernel: Kernel, _ bandwidth: Double, _ x: [Double], _ y: [Double]
    ) -> [Double] {
        (try? kernelDensity(points, atX: x, y: y, kernel: kernel, bandwidth: bandwidth)) ?? []
    }

    @Test(arguments: Kernel.allCases)
    func aLineWithoutLengthIsAPoint(_ kernel: Kernel) async throws {
        let raster = try Self.raster()
        let place = Position(23, 31)
        let made = try await lineDensity(
            [WeightedLine(parts: [[place, place]], weight: 2)], kernel: kernel, bandwidth: 30, raster: raster)
        let expected = Self.direct(
            Points(x: [23], y: [31], weight: [2]), kernel, 30, (0..<raster.count).map { raster.x($0 % raster.columns) },
            (0..<raster.count).map { raster.y($0 / raster.columns) })
        for cell in made.values.indices {
            #expect(isClose(made.values[cell], expected[cell], absolute: made.maximum * 1e-9))
        }
        #expect(try await lineDensity([], kernel: kernel, bandwidth: 30, raster: raster).maximum == 0)
    }

    @Test func bitsAreTheSameOnAnyNumberOfThreads() async throws {
        var random = SeededGenerator(seed: 6)
        let lines = (0..<40).map { _ in
            WeightedLine(
                parts: [
                    (0..<5).map { _ in
                        Position(Double.random(in: 0...300, using: &random), Double.random(in: 0...300, using: &random))
                    }
                ], weight: 1)
        }
        let raster = try Raster(minX: 0, minY: 0, cell: 3, columns: 100, rows: 100)
        let (one, many) = try await onOneAndManyThreads {
            try await lineDensity(lines, kernel: .quartic, bandwidth: 25, raster: raster)
        }
        #expect(one == many)
    }

    @Test func refusesWhatIsNoLine() async throws {
        let raster = try Self.raster()
        await #expect(throws: AnalysisError.self) {
            try await lineDensity([Self.bend], kernel: .quartic, bandwidth: 0, raster: raster)
        }
        let broken = WeightedLine(parts: [[Position(.nan, 0), Position(1, 1)]], weight: 1)
        await #expect(throws: AnalysisError.self) {
            try await lineDensity([broken], kernel: .quartic, bandwidth: 9, raster: raster)
        }
    }
}
