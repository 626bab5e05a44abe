public import GeoCore

/// Points counted in the cells of a study area, empty cells included.
public struct GridAggregation: Sendable {
    /// The tiling.
    public let grid: Grid
    /// The cells of the study area, in (q, r) order; the order of all columns below.
    public let cells: CellSet
    /// Number of points in each cell.
    public private(set) var count: [Int]
    /// Sum of the points' weights in each cell.
    public private(set) var weight: [Double]
    /// Number of points outside every cell of the study area, those without finite coordinates among them.
    public private(set) var outside: Int

    /// Counts points in the cells of a study area.
    ///
    /// - Throws: ``AnalysisError`` `cancelled`.
    /// - Complexity: linear in points and cells.
    public init(_ points: Points, grid: Grid, cells: CellSet) throws(AnalysisError) {
        let parts = try Chunks.mapInOrder(Self.parts(points, cells)) { range throws(AnalysisError) in
            try CellCounts(points, range, grid, cells)
        }
        self.init(parts, grid, cells)
    }

    /// Counts points in the cells of a study area, worked on by all cores at once: the same bits as on one.
    ///
    /// Each part of the points is counted in a grid of its own; the grids are added in the order of the parts.
    ///
    /// - Throws: ``AnalysisError`` `cancelled`.
    /// - Complexity: linear in points and cells.
    public static func parallel(
        _ points: Points, grid: Grid, cells: CellSet
    ) async throws(AnalysisError) -> GridAggregation {
        let parts = try await Chunks.map(parts(points, cells)) { range throws(AnalysisError) in
            try CellCounts(points, range, grid, cells)
        }
        return GridAggregation(parts, grid, cells)
    }

    /// Windows above this many places are counted in one part: eight of them would take too much memory.
    private static let windowLimit = 1 << 20

    private static func parts(_ points: Points, _ cells: CellSet) -> [Range<Int>] {
        cells.places.count <= windowLimit ? Chunks.ranges(points.count) : [0..<points.count]
    }

    private init(_ parts: [CellCounts], _ grid: Grid, _ cells: CellSet) {
        var count = [Int](repeating: 0, count: cells.count)
        var weight = [Double](repeating: 0, count: cells.count)
        var missed = 0
        for part in parts {
            for (index, place) in cells.places.enumerated() {
                if place >= 0 {
                    count[Int(place)] += Int(part.count[index])
                    weight[Int(place)] += part.weight(index)
                } else {
                    missed += Int(part.count[index])
                }
            }
            missed += Int(part.count[cells.places.count])
        }
        self.grid = grid
        self.cells = cells
        self.count = count
        self.weight = weight
        outside = missed
    }

    /// The same cells with other weights, such as counts with noise.
    ///
    /// - Precondition: one weight a cell.
    public func weighing(_ weights: [Double]) -> GridAggregation {
        precondition(weights.count == cells.count)
        var other = self
        other.weight = weights
        return other
    }

    /// The same counts in some of the cells; what lies in the others is `outside`.
    ///
    /// - Parameter places: for each cell its place in `chosen`, −1 where it is not among them.
    /// - Precondition: one place a cell.
    public func chosen(_ chosen: CellSet, at places: [Int32]) -> GridAggregation {
        precondition(places.count == cells.count)
        var count = [Int](repeating: 0, count: chosen.count)
        var weight = [Double](repeating: 0, count: chosen.count)
        var outside = outside
        for (cell, place) in places.enumerated() {
            if place >= 0 {
                (count[Int(place)], weight[Int(place)]) = (self.count[cell], self.weight[cell])
            } else {
                outside += self.count[cell]
            }
        }
        return GridAggregation(grid: grid, cells: chosen, count: count, weight: weight, outside: outside)
    }

    private init(grid: Grid, cells: CellSet, count: [Int], weight: [Double], outside: Int) {
        (self.grid, self.cells, self.count, self.weight, self.outside) = (grid, cells, count, weight, outside)
    }

    /// Follows a change of the points: the same as counting all anew, where every point weighs 1.
    ///
    /// - Parameters:
    ///   - gone: where points lay that were counted.
    ///   - come: where points lie that were not.
    /// - Complexity: linear in the points that changed.
    public mutating func move(from gone: [Position], to come: [Position]) {
        for position in gone { add(-1, at: position) }
        for position in come { add(1, at: position) }
    }

    private mutating func add(_ number: Int, at position: Position) {
        guard let place = grid.cell(x: position.x, y: position.y).flatMap(cells.place) else {
            outside += number
            return
        }
        count[place] += number
        weight[place] += Double(number)
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

    /// The same counts with lines and areas spread over the cells they lie in, by length or area.
    ///
    /// - Parameters:
    ///   - shapes: rows of `points` with their geometry in metres, each row once.
    ///   - points: what was counted.
    ///   - isTouching: whether every cell that is touched gets the whole weight; sums then mean nothing.
    /// - Returns: the counts as they were and the new weights; `outside` is the weight that lies in no cell of the set.
    /// - Throws: ``AnalysisError`` for a geometry that is not finite or covers too many cells.
    /// - Complexity: linear in points, and as ``Grid/shares(of:limit:)`` for each shape.
    public func apportioning(
        _ shapes: [(row: Int, geometry: Geometry)], of points: Points, isTouching: Bool = false
    ) throws(AnalysisError) -> (counts: GridAggregation, outside: Double) {
        var isSpread = [Bool](repeating: false, count: points.count)
        for shape in shapes { isSpread[shape.row] = true }
        let plain = try GridAggregation(points.rows { !isSpread[$0] }, grid: grid, cells: cells)
        var sums = [Int: CompensatedSum]()
        var outside = CompensatedSum()
        for (row, geometry) in shapes {
            try AnalysisError.checkCancellation()
            for share in try grid.shares(of: geometry) {
                let weight = points.weight[row] * (isTouching ? 1 : share.share)
                if let place = cells.place(of: share.cell) {
                    sums[place, default: CompensatedSum()].add(weight)
                } else {
                    outside.add(weight)
                }
            }
        }
        var weight = plain.weight
        for (place, sum) in sums { weight[place] += sum.value }
        return (GridAggregation(counts: self, weight: weight), outside.value)
    }

    private init(counts: GridAggregation, weight: [Double]) {
        (grid, cells, count, outside) = (counts.grid, counts.cells, counts.count, counts.outside)
        self.weight = weight
    }

    /// Weight per square metre of each cell.
    public var density: [Double] { weight.map { $0 / grid.area } }
}
