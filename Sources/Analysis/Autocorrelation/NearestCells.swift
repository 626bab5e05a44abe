extension SpatialWeights {
    /// Binary weights to the `k` nearest other cells by the distances of their centres; ties at the k-th distance go to the
    /// smallest index.
    ///
    /// Distances are compared in whole numbers, squared and in widths of a cell, so that equal ones are equal whatever the
    /// coordinates: q² + qr + r² of hexagons, q² + r² of squares. Not symmetric. Rows are in rising order of index.
    ///
    /// - Parameters:
    ///   - k: at least 1 and less than the number of cells.
    ///   - cells: of `grid`.
    /// - Throws: ``AnalysisError`` for another `k`, or when cancelled.
    /// - Complexity: O(n k); for each cell that has far fewer cells around it than `k`, O((k + c) log n) more, with c the
    ///   columns of cells up to the farthest neighbour.
    public static func nearest(
        _ k: Int, of cells: CellSet, grid: Grid
    ) throws(AnalysisError) -> SpatialWeights {
        guard k >= 1, k < cells.count else {
            throw AnalysisError(
                .invalidParameter, "The number of neighbours must be at least 1 and less than the number of cells.")
        }
        let steps = CellSteps(atLeast: k, grid)
        var search = NearestCellSearch(cells, grid)
        let turn = max(1, 65_536 / k)
        var rows: [[Int32]] = []
        rows.reserveCapacity(cells.count)
        for place in 0..<cells.count {
            if place % turn == 0 { try AnalysisError.checkCancellation() }
            rows.append(steps.nearest(k, to: place, in: cells) ?? search.nearest(k, to: place))
        }
        return SpatialWeights(soundRows: rows)
    }
}

/// Steps from a cell to those around it, by rising distance.
private struct CellSteps {
    private let steps: [(dq: Int32, dr: Int32, squared: Int)]

    /// All steps up to a distance within which so many cells lie around one with hardly any on most sides.
    init(atLeast k: Int, _ grid: Grid) {
        let most = 4 * k + 60
        var steps: [(dq: Int32, dr: Int32, squared: Int)] = []
        // In an oblique lattice an index reaches 2/√3 of the distance.
        let reach = Int((Double(most) * 4 / 3).squareRoot().rounded(.up))
        for dq in -reach...reach {
            for dr in -reach...reach where (dq, dr) != (0, 0) {
                let squared = Self.squared(dq, dr, grid)
                if squared <= most {
                    steps.append((Int32(truncatingIfNeeded: dq), Int32(truncatingIfNeeded: dr), squared))
                }
            }
        }
        self.steps = steps.sorted { ($0.squared, $0.dq, $0.dr) < ($1.squared, $1.dq, $1.dr) }
    }

    private static func squared(_ dq: Int, _ dr: Int, _ grid: Grid) -> Int {
        switch grid {
        case .hexagon: dq * dq + dq * dr + dr * dr
        case .square: dq * dq + dr * dr
        }
    }

    /// The nearest cells in rising order of index; `nil` where the steps do not reach so many.
    func nearest(_ k: Int, to place: Int, in cells: CellSet) -> [Int32]? {
        var found: [Int32] = []
        // Cells of one distance are in order of index already, as steps and cells are in (q, r) order.
        for step in steps {
            let (q, r) = (cells.q[place] &+ step.dq, cells.r[place] &+ step.dr)
            guard let other = cells.place(of: CellIndex(q: q, r: r)) else { continue }
            found.append(Int32(truncatingIfNeeded: other))
            if found.count == k { return found.sorted() }
        }
        return nil
    }
}
