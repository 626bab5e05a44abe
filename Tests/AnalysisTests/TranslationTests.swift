import Analysis
import GeoCore
import TestSupport
import Testing

/// Adding a constant to all coordinates changes nothing.
struct TranslationTests {
    /// A method as figures of points; everything that has a place is moved along.
    struct Method: CustomTestStringConvertible {
        let testDescription: String
        let figures: @Sendable (Points, Position) async throws -> [Double?]

        init(_ name: String, _ figures: @escaping @Sendable (Points, Position) async throws -> [Double?]) {
            testDescription = name
            self.figures = figures
        }
    }

    /// Points on a lattice of an eighth of a metre: so no coordinate is rounded where they are moved.
    private static func points(at origin: Position) -> Points {
        var random = SeededGenerator(seed: 21)
        var points = Points()
        func offset() -> Double { Double(Int.random(in: 0..<8000, using: &random)) / 8 }
        for index in 0..<240 {
            let near = index % 3 == 0 ? 0.125 : 1.0
            let (x, y) = (offset() * near, offset() * near)
            points.append(
                x: origin.x + x, y: origin.y + y, weight: Double(1 + index % 4), time: Int64(index % 40),
                category: Int32(index % 3 == 0 ? 0 : 1))
        }
        return points
    }

    private static func window(_ origin: Position) throws -> StudyWindow {
        let corners = [(-10.0, -20.0), (1100, 0), (1050, 1080), (0, 1010), (-10, -20)]
        return try StudyWindow(polygons: [[corners.map { Position(origin.x + $0.0, origin.y + $0.1) }]])
    }

    private static func raster(_ origin: Position) throws -> Raster {
        try Raster(minX: origin.x - 16, minY: origin.y - 16, cell: 32, columns: 34, rows: 34)
    }

    private static func counts(_ points: Points, _ origin: Position) throws -> GridAggregation {
        let grid = Grid.hexagon(try HexagonGrid(width: 90, origin: origin))
        let box = BoundingBox(minX: origin.x, minY: origin.y, maxX: origin.x + 1000, maxY: origin.y + 1000)
        return try GridAggregation(points, grid: grid, cells: CellSet(try grid.cells(covering: box)))
    }

    private static func density(_ kernel: Kernel) -> Method {
        Method("density, \(kernel)") { points, origin in
            try await parallelKernelDensity(points, kernel: kernel, bandwidth: 100, raster: raster(origin)).values
        }
    }

    static let methods: [Method] =
        Kernel.allCases.map(density)
        + BandwidthRule.allCases.map { rule in
            Method("bandwidth, \(rule.rawValue)") { points, _ in [try rule.bandwidth(points)] }
        } + [
            Method("counts") { points, origin in try counts(points, origin).weight },
            Method("Gi*") { points, origin in
                let found = try counts(points, origin)
                return Array(try found.cells.getisOrd(found.weight, grid: found.grid).z)
            },
            Method("local Moran") { points, origin in
                let found = try counts(points, origin)
                return try localMoran(found.weight, weights: found.cells.contiguity(grid: found.grid)).z
            },
            Method("local Geary") { points, origin in
                let found = try counts(points, origin)
                let local = try await localGeary(
                    found.weight, weights: found.cells.contiguity(grid: found.grid), permutations: 99)
                return local.value + local.probabilities.twoSided
            },
            Method("density with its border corrected") { points, origin in
                try kernelDensity(
                    points, kernel: .gaussian, bandwidth: 100, raster: raster(origin), window: window(origin),
                    correction: .uniform
                ).values
            },
            Method("relative risk") { points, origin in
                let (x, y) = (points.x, points.y)
                return try relativeRisk(
                    points.rows { points.category[$0] == 0 }, points.rows { points.category[$0] == 1 }, atX: x, y: y,
                    window: window(origin)
                ).logarithm
            },
            Method("DBSCAN") { points, _ in
                try await parallelDBSCAN(points, radius: 40, minimum: 4).labels.map { Double($0) }
            },
            Method("HDBSCAN") { points, _ in try await hdbscan(points).labels.map { Double($0) } },
            Method("OPTICS") { points, _ in
                let order = try await optics(points, minimum: 5)
                return order.ordering.map { Double($0) } + order.coreDistances
            },
            Method("scan of shares") { points, _ in
                var options = ScanOptions()
                options.simulations = 99
                return try await bernoulliScan(
                    points, cases: points.category.map { $0 == 0 ? 1 : 0 },
                    totals: Array(repeating: 1, count: points.count), options: options
                ).clusters.flatMap { [$0.logLikelihoodRatio, $0.radius] }
            },
            Method("Clark-Evans") { points, origin in
                let found = try await clarkEvans(points, window: window(origin))
                return [found.meanDistance, found.plain.z]
            },
            Method("Ripley's K") { points, origin in
                try await ripleyK(points, window: window(origin), radii: [25, 50, 100]).k
            },
            Method("Knox") { points, _ in
                let found = try knox(points, distance: 60, duration: 2)
                return [Double(found.pairsInBoth), found.z]
            },
            Method("centres") { points, origin in
                let found = try Centrography(points)
                return [
                    found.meanCenter.x - origin.x, found.medianCenter.y - origin.y, found.standardDistance,
                    found.ellipse.major, found.ellipse.angle,
                ]
            },
            Method("colocation") { points, _ in
                try await colocationQuotient(points, categories: 2, neighbors: 3).quotient
            },
        ]

    @Test(arguments: methods)
    func placesFarFromTheOriginAreWorkedOutAsThoseAtIt(_ method: Method) async throws {
        let (here, there) = (Position(0, 0), Position(524_288, 4_194_304))
        let one = try await method.figures(Self.points(at: here), here)
        let other = try await method.figures(Self.points(at: there), there)
        #expect(one.count == other.count && one.contains { $0 != nil })
        let largest = one.reduce(1e-300) { max($0, abs($1 ?? 0)) }
        for (index, (a, b)) in zip(one, other).enumerated() {
            guard let a, let b else {
                #expect(a == nil && b == nil, "\(index)")
                continue
            }
            #expect(a == b || abs(a - b) <= 1e-9 * largest, "\(index): \(a) and \(b)")
        }
    }
}
