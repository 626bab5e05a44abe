public import GeoCore

/// Points counted in the cells of a study area, empty cells included.
public struct GridAggregation: Sendable {
    /// The tiling.
    public let grid: Grid
    /// The cells of the study area, in (q, r) order; the order of all columns below.
    public let cells: CellSet
    /// Number of points in each cell.
    public let count: [Int]
    /// Sum of the points' weights in each cell.
    public let weight: [Double]
    /// Number of points outside every cell of the study area, those without finite coordinates among them.
    public let outside: Int

    /// Counts points in the cells of a study area.
    ///
    /// - Throws: ``AnalysisError`` `cancelled`.
    /// - Complexity: linear in points and cells.
    public init(_ points: Points, grid: Grid, cells: CellSet) throws(AnalysisError) {
        self.grid = grid
        self.cells = cells
        var counts = [Int32](repeating: 0, count: cells.places.count)
        var sums = [Double](repeating: 0, count: cells.places.count)
        var missed = 0
        var start = 0
        while start < points.count {
            try AnalysisError.checkCancellation()
            let end = min(start + 65_536, points.count)
            switch grid {
            case .hexagon(let hexagons):
                missed += Self.count(points, start..<end, hexagons, cells, &counts, &sums)
            case .square(let squares):
                missed += Self.count(points, start..<end, squares, cells, &counts, &sums)
            }
            start = end
        }
        var count = [Int](repeating: 0, count: cells.count)
        var weight = [Double](repeating: 0, count: cells.count)
        for (index, place) in cells.places.enumerated() {
            if place >= 0 {
                count[Int(place)] = Int(counts[index])
                weight[Int(place)] = sums[index]
            } else {
                missed += Int(counts[index])
            }
        }
        self.count = count
        self.weight = weight
        outside = missed
    }

    /// Counts points in the cells that hold at least one.
    ///
    /// For maps of counts only: a statistic on these cells lacks the zeros and answers another question.
    ///
    /// - Throws: ``AnalysisError`` as ``CellSet/init(_:limit:)``.
    /// - Complexity: O(n log n).
    public init(occupiedBy points: Points, grid: Grid) throws(AnalysisError) {
        var found: [CellIndex] = []
        found.reserveCapacity(points.count)
        for index in 0..<points.count {
            if let cell = grid.cell(x: points.x[index], y: points.y[index]), cell != found.last { found.append(cell) }
        }
        try self.init(points, grid: grid, cells: CellSet(found))
    }

    /// Weight per square metre of each cell.
    public var density: [Double] { weight.map { $0 / grid.area } }

    private static func count(
        _ points: Points, _ range: Range<Int>, _ grid: HexagonGrid, _ cells: CellSet,
        _ counts: inout [Int32], _ sums: inout [Double]
    ) -> Int {
        let isFlat = grid.orientation == .flatTop
        let major = isFlat ? points.x.span : points.y.span
        let minor = isFlat ? points.y.span : points.x.span
        let weights = points.weight.span
        let locator = HexagonLocator(grid)
        let (firstQ, firstR) = (Double(cells.firstQ), Double(cells.firstR))
        let (columns, rows) = (Double(cells.columns), Double(cells.rows))
        var missed = 0
        for index in range {
            let (a, b) = locator.locate(major[index], minor[index])
            let column = (isFlat ? a : b) - firstQ
            let row = (isFlat ? b : a) - firstR
            if column >= 0 && column < columns && row >= 0 && row < rows {
                let place = NearestInteger.integer(column * rows + row)
                counts[place] &+= 1
                sums[place] += weights[index]
            } else {
                missed += 1
            }
        }
        return missed
    }

    private static func count(
        _ points: Points, _ range: Range<Int>, _ grid: SquareGrid, _ cells: CellSet,
        _ counts: inout [Int32], _ sums: inout [Double]
    ) -> Int {
        var missed = 0
        for index in range {
            if let cell = grid.cell(x: points.x[index], y: points.y[index]) {
                let (column, row) = (Int(cell.q) - cells.firstQ, Int(cell.r) - cells.firstR)
                if column >= 0 && column < cells.columns && row >= 0 && row < cells.rows {
                    counts[column * cells.rows + row] &+= 1
                    sums[column * cells.rows + row] += points.weight[index]
                    continue
                }
            }
            missed += 1
        }
        return missed
    }
}
