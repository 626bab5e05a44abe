/// Values of cells in a dense window with an empty margin, column by column, so that neighbours need no test of bounds.
struct CellWindow: Sendable {
    /// Cells, with the order of places.
    let cells: CellSet
    /// Rings of neighbours the margin has room for.
    let rings: Int
    /// Indices from a column to the next.
    let stride: Int
    /// A value for each index; 0 where there is no cell.
    private(set) var values: [Double]

    /// Lays values of the cells out.
    ///
    /// - Throws: ``AnalysisError`` unless rings are 1 to 64.
    init(_ cells: CellSet, _ cellValues: [Double], rings: Int) throws(AnalysisError) {
        guard (1...64).contains(rings) else { throw CellSet.ringsOutOfRange }
        self.cells = cells
        self.rings = rings
        stride = cells.rows + 2 * rings
        values = Array(repeating: 0, count: (cells.columns + 2 * rings) * stride)
        var source = cellValues.startIndex
        var place = 0
        // The table of places is in the same order as the cells, so both are read from front to back.
        for column in 0..<cells.columns {
            var target = (column + rings) * stride + rings
            for _ in 0..<cells.rows {
                if cells.places[place] >= 0 {
                    values[target] = cellValues[source]
                    source += 1
                }
                place += 1
                target += 1
            }
        }
    }

    /// A window with 1 for every cell.
    static func mask(_ cells: CellSet, rings: Int) throws(AnalysisError) -> CellWindow {
        try CellWindow(cells, Array(repeating: 1, count: cells.count), rings: rings)
    }

    /// The sum over steps of each cell of a column, whether there is a cell or not.
    ///
    /// - Parameters:
    ///   - column: of the cells, from 0.
    ///   - steps: distances of indices, as ``Grid/steps(rings:)`` with ``stride`` gives them.
    ///   - sums: as many as ``CellSet/rows``; overwritten.
    func sum(column: Int, steps: [Int], into sums: inout [Double]) {
        let rows = cells.rows
        let start = (column + rings) * stride + rings
        var target = sums.mutableSpan
        for row in target.indices { target[row] = 0 }
        for step in steps {
            let source = values.span.extracting(start + step..<start + step + rows)
            for row in target.indices { target[row] += source[row] }
        }
    }

    /// Distances of indices to the neighbours at most some rings away, the cell itself left out.
    func steps(_ grid: Grid, rings: Int) -> [Int] { grid.steps(rings: rings).map { $0.0 * stride + $0.1 } }

    /// The places of each column, from the first.
    func firstPlaces() -> [Int] {
        var starts: [Int] = []
        starts.reserveCapacity(cells.columns + 1)
        var place = 0
        for column in 0..<cells.columns {
            while place < cells.count && Int(cells.q[place]) - cells.firstQ < column { place += 1 }
            starts.append(place)
        }
        starts.append(cells.count)
        return starts
    }
}
