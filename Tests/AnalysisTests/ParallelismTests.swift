import Analysis
import GeoCore
import TestSupport
import Testing

/// Results have the same bits whatever the number of threads.
struct ParallelismTests {
    private static let box = BoundingBox(minX: 0, minY: 0, maxX: 1000, maxY: 800)

    private static func points(_ count: Int, weighted: Bool = true) -> Points {
        var generator = SeededGenerator(seed: 7)
        var points = Points(capacity: count)
        for _ in 0..<count {
            points.append(
                x: Double.random(in: -50...1050, using: &generator), y: Double.random(in: 0...800, using: &generator),
                weight: weighted ? Double.random(in: 0.5...2, using: &generator) : 1)
        }
        return points
    }

    private static func grid(hexagons: Bool) throws -> (Grid, CellSet) {
        let grid: Grid = hexagons ? .hexagon(try HexagonGrid(width: 40)) : .square(try SquareGrid(side: 40))
        return (grid, try CellSet(try grid.cells(covering: box)))
    }

    // The functions of one core; a call in an asynchronous test would be ambiguous to the reader.
    private static func single(_ points: Points, _ grid: Grid, _ cells: CellSet) throws -> GridAggregation {
        try GridAggregation(points, grid: grid, cells: cells)
    }

    @Test(arguments: [true, false], [true, false])
    func countsAreTheSame(hexagons: Bool, weighted: Bool) async throws {
        let points = Self.points(70_000, weighted: weighted)
        let (grid, cells) = try Self.grid(hexagons: hexagons)
        let (one, many) = try await onOneAndManyThreads {
            try await GridAggregation.parallel(points, grid: grid, cells: cells)
        }
        let single = try Self.single(points, grid, cells)
        #expect(one.weight == many.weight && one.count == many.count && one.outside == many.outside)
        #expect(one.weight == single.weight && one.count == single.count && one.outside == single.outside)
        #expect(single.count.reduce(0, +) + single.outside == points.count)
    }

    @Test func countsEqualThoseOfSinglePositions() async throws {
        let points = Self.points(5_001)
        let (grid, cells) = try Self.grid(hexagons: true)
        var expected = [Int](repeating: 0, count: cells.count)
        for index in 0..<points.count {
            if let place = grid.cell(x: points.x[index], y: points.y[index]).flatMap({ cells.place(of: $0) }) {
                expected[place] += 1
            }
        }
        #expect(try await GridAggregation.parallel(points, grid: grid, cells: cells).count == expected)
    }

    @Test(arguments: [LocalG.Variant.g, .gStar])
    func scoresAreTheSame(variant: LocalG.Variant) async throws {
        let grid = Grid.square(try SquareGrid(side: 8))
        let cells = try CellSet(try grid.cells(covering: Self.box))
        var generator = SeededGenerator(seed: 3)
        let values = (0..<cells.count).map { _ in Double.random(in: 0...9, using: &generator) }
        let (one, many) = try await onOneAndManyThreads {
            try await cells.parallelGetisOrd(values, grid: grid, rings: 2, variant: variant)
        }
        #expect(cells.count > 8192)
        #expect(one == many)
        #expect(try one == cells.getisOrd(values, grid: grid, rings: 2, variant: variant))
    }

    @Test(arguments: Kernel.allCases)
    func densitiesAreTheSame(kernel: Kernel) async throws {
        let points = Self.points(kernel == .quartic || kernel == .gaussian ? 3000 : 66_000)
        let raster = try Raster(covering: Self.box, longer: 96)
        let (one, many) = try await onOneAndManyThreads {
            try await parallelKernelDensity(points, kernel: kernel, bandwidth: 30, raster: raster)
        }
        #expect(one == many)
    }

    @Test(arguments: [Kernel.quartic, .gaussian])
    func densitiesEqualThoseOfOneCore(kernel: Kernel) async throws {
        let points = Self.points(3000)
        let raster = try Raster(covering: Self.box, longer: 96)
        let parallel = try await parallelKernelDensity(points, kernel: kernel, bandwidth: 30, raster: raster)
        #expect(try parallel == Self.surface(points, kernel, raster))
    }

    private static func surface(_ points: Points, _ kernel: Kernel, _ raster: Raster) throws -> DensitySurface {
        try kernelDensity(points, kernel: kernel, bandwidth: 30, raster: raster)
    }

    @Test(arguments: [true, false])
    func clustersAreTheSame(isWeighted: Bool) async throws {
        let points = Self.points(4000)
        let (one, many) = try await onOneAndManyThreads {
            try await parallelDBSCAN(points, radius: 11, minimum: 4, isWeighted: isWeighted)
        }
        #expect(one == many)
        #expect(one.count > 10 && one.noise > 10)
        #expect(try one == dbscan(points, radius: 11, minimum: 4, isWeighted: isWeighted))
    }
}
