import Analysis
import GEOSGeometry
import GeoCore

/// A method with everything it needs made ready, so that only the method itself is timed.
///
/// What is prepared, and the parameters, are the same as in `Scripts/benchmarks/peers.py`.
struct MethodBenchmark {
    /// Makes ready what the peer is given too, and returns the work; its number is compared with the peer's.
    typealias Prepare = @Sendable (Points) async throws -> () async throws -> Double

    /// The name in the command and in the script.
    let name: String
    let prepare: Prepare

    init(_ name: String, _ prepare: @escaping Prepare) {
        self.name = name
        self.prepare = prepare
    }

    static let all = counts + clusters + densities + onCells + patterns

    private static let box = BoundingBox(minX: 0, minY: 0, maxX: SeededPlaces.extent, maxY: SeededPlaces.extent)

    private static let counts = [
        MethodBenchmark("hexagons") { points in
            let grid = Grid.hexagon(try HexagonGrid(width: 250))
            let cells = try CellSet(try grid.cells(covering: box))
            return {
                let counted = try await GridAggregation.parallel(points, grid: grid, cells: cells)
                return Double(counted.count.max() ?? 0)
            }
        },
        MethodBenchmark("polygons") { points in
            let polygons = LatticePolygons.make(extent: SeededPlaces.extent)
            return {
                let index = PolygonIndex(polygons)
                var counts = [Int](repeating: 0, count: polygons.count)
                for row in 0..<points.count {
                    if let polygon = index.firstPolygon(containing: points.x[row], points.y[row]) {
                        counts[polygon] += 1
                    }
                }
                return Double(counts.max() ?? 0)
            }
        },
    ]

    private static let clusters = [
        MethodBenchmark("dbscan") { points in
            { Double(try await parallelDBSCAN(points, radius: 500, minimum: 10).count) }
        },
        MethodBenchmark("hdbscan") { points in
            {
                let question = HierarchicalClustering(minimumSize: 50, neighbors: 10)
                return Double(try await hdbscan(points, question).count)
            }
        },
        MethodBenchmark("optics") { points in
            {
                let found = try await optics(points, minimum: 10, maximumRadius: 500)
                return Double(found.reachability.count { $0.isFinite })
            }
        },
    ]

    private static func density(_ name: String, _ kernel: Kernel) -> MethodBenchmark {
        MethodBenchmark(name) { points in
            let raster = try Raster(covering: box, longer: 512)
            return {
                try await parallelKernelDensity(points, kernel: kernel, bandwidth: 500, raster: raster).maximum
                    / Double(points.count)
            }
        }
    }

    private static let densities = [density("kde-gaussian", .gaussian), density("kde-quartic", .quartic)]

    /// A rhombus of hexagons whose values are the x of the file.
    private static func rhombus(_ points: Points) throws -> (grid: Grid, cells: CellSet) {
        let side = Int32(Double(points.count).squareRoot())
        let cells = (0..<side).flatMap { q in (0..<side).map { CellIndex(q: q, r: $0) } }
        return (Grid.hexagon(try HexagonGrid(width: 250)), try CellSet(cells))
    }

    private static let onCells = [
        MethodBenchmark("gi-star") { points in
            let (grid, cells) = try rhombus(points)
            return {
                let local = try await cells.parallelGetisOrd(points.x, grid: grid)
                return Double(local.z.count { ($0 ?? 0) > 1.96 })
            }
        },
        MethodBenchmark("local-moran-999") { points in
            let (grid, cells) = try rhombus(points)
            let weights = try cells.contiguity(grid: grid).withoutSelf()
            return {
                let found = try await conditionalProbabilities(points.x, weights: weights, permutations: 999)
                return Double(found.greater.count { ($0 ?? 1) <= 0.01 })
            }
        },
        MethodBenchmark("moran-999") { points in
            let (grid, cells) = try rhombus(points)
            let weights = try cells.contiguity(grid: grid).withoutSelf()
            return {
                let found = try await moranPermutations(points.x, weights: weights, permutations: 999)
                return found?.greater ?? .nan
            }
        },
        MethodBenchmark("local-geary-999") { points in
            let (grid, cells) = try rhombus(points)
            let weights = try cells.contiguity(grid: grid).withoutSelf()
            return {
                let found = try await localGeary(points.x, weights: weights, permutations: 999)
                return Double(found.probabilities.directed.count { ($0 ?? 1) <= 0.01 })
            }
        },
        MethodBenchmark("join-counts") { points in
            let (grid, cells) = try rhombus(points)
            let weights = try cells.contiguity(grid: grid).withoutSelf()
            let hasTrait = points.x.map { $0 > 4 }
            return { try joinCounts(hasTrait, weights: weights).both }
        },
    ]

    private static let patterns = [
        MethodBenchmark("clark-evans") { points in
            let window = try StudyWindow(box: box)
            return { try await clarkEvans(points, window: window).meanDistance }
        },
        MethodBenchmark("ripley") { points in
            let window = try StudyWindow(box: box)
            // As many pairs a point whatever the size: the radius shrinks as points become more.
            let largest = 500 * (10_000 / Double(points.count)).squareRoot()
            let radii = (1...50).map { largest * Double($0) / 50 }
            return {
                let found = try await ripleyK(points, window: window, radii: radii, correction: .none)
                return (found.k.last ?? nil) ?? .nan
            }
        },
    ]
}

/// A thousand cells of a lattice whose corners are shifted, so that their borders are not parallel to the axes.
private enum LatticePolygons {
    static func make(extent: Double) -> [Geometry] {
        let (columns, rows) = (40, 25)
        func corner(_ column: Int, _ row: Int) -> Position {
            let isInside = column > 0 && column < columns && row > 0 && row < rows
            let shift = isInside ? Double((column * 7 + row * 13) % 11 - 5) * 40 : 0
            return Position(
                extent * Double(column) / Double(columns) + shift, extent * Double(row) / Double(rows) - shift)
        }
        return (0..<columns * rows).map { index in
            let (column, row) = (index % columns, index / columns)
            let ring = [
                corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1),
                corner(column, row),
            ]
            return .polygon([ring])
        }
    }
}
