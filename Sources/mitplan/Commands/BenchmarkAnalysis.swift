import Analysis
import ArgumentParser
import Formats
import GeoCore

/// Seconds inside the engine, without store, network and files.
struct BenchmarkAnalysis: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analysis", abstract: "Gi*, KDE and DBSCAN on seeded clustered points.", shouldDisplay: false)

    @Option(parsing: .upToNextOption, help: "Numbers of points.")
    var points: [Int] = [10_000, 100_000, 1_000_000]

    @Option(parsing: .unconditional, help: "Runs of each; the fastest counts.")
    var runs = 3

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard points.allSatisfy({ (1...20_000_000).contains($0) }), (1...100).contains(runs) else {
            throw ValidationError("points must lie between 1 and 20000000, runs between 1 and 100")
        }
    }

    func run() async throws {
        let format = try output.resolved([.table, .csv])
        let header = ["method", "points", "seconds", "result"]
        var table = TextTable([.text("method"), .number("points"), .number("seconds"), .text("result")])
        var records = CSVText.record(header)
        for count in points {
            var places = SeededPlaces(seed: 1)
            let points = places.points(count)
            for (name, work) in try Self.works() {
                var best = Double.infinity
                var result = ""
                for _ in 0..<runs {
                    let start = ContinuousClock.now
                    result = try await work(points)
                    best = min(best, ProgressBar.seconds(.now - start))
                }
                table.append([name, NumberText.grouped(count), NumberText.decimal(best, decimals: 4), result])
                records += CSVText.record([name, "\(count)", "\(best)", result])
            }
        }
        let file = try ResultFile(path: output.output)
        try file.write(format == .csv ? records : table.rendered())
        try file.finish()
    }

    private static func density(_ points: Points, _ kernel: Kernel, in box: BoundingBox) async throws -> String {
        let raster = try Raster(covering: box, longer: 512)
        let surface = try await parallelKernelDensity(points, kernel: kernel, bandwidth: 500, raster: raster)
        return "maximum \(NumberText.decimal(surface.maximum * 1e6)) per km²"
    }

    private static func works() throws -> [(String, (Points) async throws -> String)] {
        let box = BoundingBox(minX: 0, minY: 0, maxX: SeededPlaces.extent, maxY: SeededPlaces.extent)
        return [
            (
                "gi* hex 250 m",
                { points in
                    let grid = Grid.hexagon(try HexagonGrid(width: 250))
                    let cells = try CellSet(try grid.cells(covering: box))
                    let counts = try await GridAggregation.parallel(points, grid: grid, cells: cells)
                    let local = try await cells.parallelGetisOrd(counts.weight, grid: grid)
                    let hot = local.z.reduce(0) { $0 + (($1 ?? 0) > 1.96 ? 1 : 0) }
                    return "\(hot) of \(cells.count) cells above z 1.96"
                }
            ),
            ("kde quartic 512×512, 500 m", { try await density($0, .quartic, in: box) }),
            ("kde gaussian 512×512, 500 m", { try await density($0, .gaussian, in: box) }),
            (
                "dbscan 500 m, 10",
                { points in
                    let clusters = try await parallelDBSCAN(points, radius: 500, minimum: 10)
                    return "\(clusters.count) clusters, \(clusters.noise) noise"
                }
            ),
        ]
    }
}
