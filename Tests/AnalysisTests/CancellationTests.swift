import Analysis
import GeoCore
import TestSupport
import Testing

/// What takes long ends soon after its task was cancelled.
struct CancellationTests {
    /// Something to compute, with the name that a failure is told by.
    struct Work: CustomTestStringConvertible {
        let testDescription: String
        let run: @Sendable () async throws -> Void

        init(_ name: String, _ run: @escaping @Sendable () async throws -> Void) {
            testDescription = name
            self.run = run
        }
    }

    private static let points: Points = {
        var random = SeededGenerator(seed: 5)
        var points = Points()
        for _ in 0..<400 {
            points.append(
                x: Double.random(in: 0...1000, using: &random), y: Double.random(in: 0...1000, using: &random),
                time: Int64.random(in: 0...90, using: &random), category: Int32.random(in: 0...1, using: &random))
        }
        return points
    }()

    private static let square: [Position] = [
        Position(0, 0), Position(1000, 0), Position(1000, 1000), Position(0, 1000), Position(0, 0),
    ]

    private static func surface() throws -> DensitySurface {
        let raster = try Raster(minX: 0, minY: 0, cell: 10, columns: 100, rows: 100)
        let values = (0..<raster.count).map { Double(($0 % 7) * ($0 / 100 % 5)) }
        return DensitySurface(raster: raster, values: values, kernel: .quartic, bandwidth: 20)
    }

    private static func square10() throws -> Grid { .square(try SquareGrid(side: 10)) }

    /// Three by three cells.
    private static func cells() throws -> CellSet {
        try CellSet((0..<9).map { CellIndex(q: Int32($0 % 3), r: Int32($0 / 3)) })
    }

    static let long: [Work] = [
        Work("counts") { _ = try await GridAggregation.parallel(points, grid: square10(), cells: cells()) },
        Work("Gi*") {
            _ = try await cells().parallelGetisOrd([1, 2, 3, 4, 5, 6, 7, 8, 9], grid: square10(), rings: 1)
        },
        Work("density") {
            _ = try await parallelKernelDensity(
                points, kernel: .gaussian, bandwidth: 50, raster: surface().raster)
        },
        Work("isolines") { _ = try surface().region(above: 3) },
        Work("bandwidth by likelihood") { _ = try BandwidthRule.likelihood.bandwidth(points) },
        Work("DBSCAN") { _ = try await parallelDBSCAN(points, radius: 60, minimum: 4) },
        Work("HDBSCAN") { _ = try await hdbscan(points) },
        Work("OPTICS") { _ = try await optics(points, minimum: 5) },
        Work("shares of areas") {
            _ = try square10().shares(of: .polygon([square]))
        },
        Work("points near a feature") { _ = try PointsNear(points).rows(within: 100, of: .polygon([square])) },
        Work("location quotients") {
            _ = try LocationQuotient(counts: [1, 2, 3], totals: [5, 5, 5])
        },
        Work("colocation") {
            _ = try await colocationQuotient(points, categories: 2, neighbors: 5, permutations: 99)
        },
        Work("Ripley's K") {
            let window = try StudyWindow(polygons: [[square]])
            _ = try await ripleyK(points, window: window, radii: [50, 100])
        },
    ]

    @Test(arguments: long)
    func aCancelledComputationThrows(_ work: Work) async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await work.run()
        }
        let error = await #expect(throws: AnalysisError.self) { try await task.value }
        #expect(error?.code == .cancelled)
    }
}
