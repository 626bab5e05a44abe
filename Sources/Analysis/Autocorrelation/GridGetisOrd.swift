extension CellSet {
    /// Gi or Gi* of values in the cells of a grid; neighbours are the cells of the set at most `rings` cells away.
    ///
    /// The same as with binary weights, without building them.
    ///
    /// - Parameters:
    ///   - values: one value a cell, in the order of the set; zero is a value, so give empty cells zeros.
    ///   - grid: the tiling of the set.
    ///   - rings: 1 to 64; the number of rings of cells around a cell that are its neighbours.
    ///   - variant: Gi* unless said otherwise.
    /// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or `rings` is out of range.
    /// - Complexity: O(cells · rings²).
    public func getisOrd(
        _ values: [Double], grid: Grid, rings: Int = 1, variant: LocalG.Variant = .gStar
    ) throws(AnalysisError) -> LocalG {
        let window = try ScoreWindow(self, values, grid, rings, variant)
        return LocalG(variant: variant, parts: [try window.scores(0..<count)])
    }

    /// Gi or Gi* as ``getisOrd(_:grid:rings:variant:)``, worked on by all cores at once: the same bits as on one.
    ///
    /// - Throws: ``AnalysisError`` as the method on one core.
    /// - Complexity: O(cells · rings²).
    public func parallelGetisOrd(
        _ values: [Double], grid: Grid, rings: Int = 1, variant: LocalG.Variant = .gStar
    ) async throws(AnalysisError) -> LocalG {
        let window = try ScoreWindow(self, values, grid, rings, variant)
        let parts = try await Chunks.map(count, smallest: 4096) { range throws(AnalysisError) in
            try window.scores(range)
        }
        return LocalG(variant: variant, parts: parts)
    }

    /// Binary weights between the cells of the set at most `rings` cells away, for methods that need them written out.
    ///
    /// - Throws: ``AnalysisError`` when `rings` is out of range.
    /// - Complexity: O(cells · rings²).
    public func contiguity(grid: Grid, rings: Int = 1) throws(AnalysisError) -> SpatialWeights {
        guard (1...64).contains(rings) else { throw Self.ringsOutOfRange }
        let steps = grid.steps(rings: rings)
        var offsets = [0]
        offsets.reserveCapacity(count + 1)
        var neighbors: [Int32] = []
        neighbors.reserveCapacity(count * steps.count)
        for place in 0..<count {
            let (ownColumn, ownRow) = (Int(q[place]) - firstQ, Int(r[place]) - firstR)
            for (dq, dr) in steps {
                let (column, row) = (ownColumn + dq, ownRow + dr)
                guard column >= 0, column < columns, row >= 0, row < rows else { continue }
                let neighbor = places[column * rows + row]
                if neighbor >= 0 { neighbors.append(neighbor) }
            }
            offsets.append(neighbors.count)
        }
        return SpatialWeights(soundOffsets: offsets, binary: neighbors)
    }

    static let ringsOutOfRange = AnalysisError(
        .invalidParameter, "The number of neighbour rings must be between 1 and 64.")
}

/// What the scores of cells are computed from; ranges of cells can be scored apart from each other.
private struct ScoreWindow: Sendable {
    private let cells: CellSet
    private let variant: LocalG.Variant
    private let shifted: ShiftedValues
    private let window: PaddedWindow
    private let steps: [Int]

    init(
        _ cells: CellSet, _ values: [Double], _ grid: Grid, _ rings: Int, _ variant: LocalG.Variant
    ) throws(AnalysisError) {
        guard values.count == cells.count else {
            throw AnalysisError(.invalidColumns, "There must be one value for each cell.")
        }
        guard values.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
        self.cells = cells
        self.variant = variant
        let shifted = ShiftedValues(values)
        let window = try PaddedWindow(cells, shifted.values, rings: rings)
        steps = grid.steps(rings: rings).map { $0.0 * window.stride + $0.1 }
        (self.shifted, self.window) = (shifted, window)
    }

    /// Scores of a range of cells with their probabilities.
    func scores(_ range: Range<Int>) throws(AnalysisError) -> (z: [Double?], p: [Double?]) {
        var z: [Double?] = []
        z.reserveCapacity(range.count)
        for place in range {
            if place & 0xFFF == 0 { try AnalysisError.checkCancellation() }
            let center = window.index(cells.q[place], cells.r[place])
            var weighted = 0.0
            var neighbors: Int32 = 0
            for step in steps {
                weighted += window.values[center + step]
                neighbors += window.mask[center + step]
            }
            switch variant {
            case .gStar:
                let sum = Double(neighbors + 1)
                z.append(
                    shifted.scoreWithSelf(
                        weighted: weighted + shifted.values[place], weights: sum, squaredWeights: sum))
            case .g:
                let sum = Double(neighbors)
                z.append(shifted.scoreWithoutSelf(place, weighted: weighted, weights: sum, squaredWeights: sum))
            }
        }
        return (z, z.map { $0.map(Elementary.twoSidedP) })
    }
}

/// Values of cells in a dense window with an empty margin, so that neighbours need no test of bounds.
private struct PaddedWindow: Sendable {
    let stride: Int
    private let firstQ: Int
    private let firstR: Int
    private(set) var values: [Double]
    /// 1 where there is a cell.
    private(set) var mask: [Int32]

    init(_ cells: CellSet, _ cellValues: [Double], rings: Int) throws(AnalysisError) {
        guard (1...64).contains(rings) else { throw CellSet.ringsOutOfRange }
        stride = cells.rows + 2 * rings
        firstQ = cells.firstQ - rings
        firstR = cells.firstR - rings
        let size = (cells.columns + 2 * rings) * stride
        values = Array(repeating: 0, count: size)
        mask = Array(repeating: 0, count: size)
        for place in 0..<cells.count {
            let index = index(cells.q[place], cells.r[place])
            values[index] = cellValues[place]
            mask[index] = 1
        }
    }

    @inline(__always)
    func index(_ q: Int32, _ r: Int32) -> Int { (Int(q) - firstQ) * stride + Int(r) - firstR }
}
