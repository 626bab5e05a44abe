/// The cells of a study area in (q, r) order, with a dense table from index to place in that order.
public struct CellSet: Sendable {
    /// Axial q, or column, of each cell.
    public let q: [Int32]
    /// Axial r, or row, of each cell.
    public let r: [Int32]

    let firstQ: Int
    let firstR: Int
    let columns: Int
    let rows: Int
    /// Place of the cell in the order for every index of the window, column by column; −1 outside the set.
    let places: [Int32]
    /// First place of each run, cells that follow each other in a column without a gap, and the number of cells.
    let runs: [Int32]
    /// First run of each column, and the number of runs.
    let columnRuns: [Int32]

    /// Makes a set; repeated cells count once.
    ///
    /// - Throws: ``AnalysisError`` `tooManyCells` above `limit` cells, or when they lie too far apart for the table
    ///   (more than sixteen times `limit` indices between them).
    /// - Complexity: O(n log n), O(n) when the cells are sorted already.
    public init(_ cells: [CellIndex], limit: Int = Grid.cellLimit) throws(AnalysisError) {
        let isSorted = zip(cells, cells.dropFirst()).allSatisfy { $0 < $1 }
        var sorted = cells
        if !isSorted {
            sorted.sort()
            var unique: [CellIndex] = []
            unique.reserveCapacity(sorted.count)
            for cell in sorted where unique.last != cell { unique.append(cell) }
            sorted = unique
        }
        guard sorted.count <= limit else { throw Grid.tooManyCells(limit) }
        q = sorted.map(\.q)
        r = sorted.map(\.r)
        firstQ = Int(q.first ?? 0)
        firstR = Int(r.min() ?? 0)
        columns = sorted.isEmpty ? 0 : Int(q.last ?? 0) - firstQ + 1
        rows = sorted.isEmpty ? 0 : Int(r.max() ?? 0) - firstR + 1
        guard columns <= 16 * limit / max(rows, 1) else { throw Grid.tooManyCells(limit) }
        var table = [Int32](repeating: -1, count: columns * rows)
        for place in q.indices {
            table[(Int(q[place]) - firstQ) * rows + Int(r[place]) - firstR] = Int32(truncatingIfNeeded: place)
        }
        places = table
        (runs, columnRuns) = Self.runs(q, r, columns)
    }

    private static func runs(_ q: [Int32], _ r: [Int32], _ columns: Int) -> (runs: [Int32], columnRuns: [Int32]) {
        var runs: [Int32] = []
        var columnRuns: [Int32] = []
        for place in q.indices {
            let isNewColumn = place == 0 || q[place] != q[place - 1]
            if isNewColumn {
                // A column without cells has no runs either.
                let column = Int(q[place]) - Int(q[0])
                while columnRuns.count <= column { columnRuns.append(Int32(truncatingIfNeeded: runs.count)) }
            }
            if isNewColumn || r[place] != r[place - 1] + 1 { runs.append(Int32(truncatingIfNeeded: place)) }
        }
        columnRuns.append(Int32(truncatingIfNeeded: runs.count))
        runs.append(Int32(truncatingIfNeeded: q.count))
        return (runs, columnRuns)
    }

    /// The runs of a column.
    func runs(ofColumn column: Int) -> Range<Int> { Int(columnRuns[column])..<Int(columnRuns[column + 1]) }

    /// The places of a run.
    func places(ofRun run: Int) -> Range<Int> { Int(runs[run])..<Int(runs[run + 1]) }

    /// The run that holds a place.
    ///
    /// - Complexity: O(log n).
    func run(ofPlace place: Int) -> Int { runs.partitioningIndex { $0 > place } - 1 }

    /// The column of a place, from 0.
    func column(_ place: Int) -> Int { Int(q[place]) - firstQ }

    /// Number of cells.
    public var count: Int { q.count }

    /// The cell at a place of the order.
    public subscript(place: Int) -> CellIndex { CellIndex(q: q[place], r: r[place]) }

    /// Place of a cell in the order; `nil` when it is not in the set.
    public func place(of cell: CellIndex) -> Int? {
        let (column, row) = (Int(cell.q) - firstQ, Int(cell.r) - firstR)
        guard column >= 0, column < columns, row >= 0, row < rows else { return nil }
        let place = places[column * rows + row]
        return place < 0 ? nil : Int(place)
    }
}
