public import GeoCore

extension HexagonGrid {
    /// All cells that share at least a point with a box in metres, in (q, r) order.
    ///
    /// - Throws: ``AnalysisError`` `tooManyCells` when there would be more than `limit`.
    /// - Complexity: linear in the number of cells.
    public func cells(covering box: BoundingBox, limit: Int = Grid.cellLimit) throws(AnalysisError) -> [CellIndex] {
        try Grid.hexagon(self).cells(covering: box, limit: limit)
    }

    /// Whether a cell shares a point with the box, by separating axes: those of the box and of the hexagon's edges.
    func touches(_ box: BoundingBox, _ cell: CellIndex) -> Bool {
        let center = center(of: cell)
        let isFlat = orientation == .flatTop
        let dx = (isFlat ? center.x - box.center.x : center.y - box.center.y).magnitude
        let dy = (isFlat ? center.y - box.center.y : center.x - box.center.x).magnitude
        let (halfX, halfY) = isFlat ? (box.width / 2, box.height / 2) : (box.height / 2, box.width / 2)
        let sine = 3.0.squareRoot() / 2
        return dx <= halfX + edge && dy <= halfY + edge * sine
            && dx * sine + dy / 2 <= halfX * sine + halfY / 2 + edge * sine
    }
}

extension Grid {
    /// All cells that share at least a point with a box in metres and pass `isIncluded`, in (q, r) order.
    ///
    /// `isIncluded` is asked for every cell with its index and centre: the place for the mask of a study area.
    ///
    /// - Throws: ``AnalysisError`` `tooManyCells` when the box holds more than `limit` cells.
    /// - Complexity: linear in the number of cells of the box.
    public func cells(
        covering box: BoundingBox, limit: Int = Grid.cellLimit,
        where isIncluded: ((CellIndex, Position) -> Bool)? = nil
    ) throws(AnalysisError) -> [CellIndex] {
        guard box.minX.isFinite, box.minY.isFinite, box.maxX.isFinite, box.maxY.isFinite,
            box.minX <= box.maxX, box.minY <= box.maxY
        else { throw AnalysisError(.notFinite, "The study area has no finite extent.") }
        let estimate = (box.width + 2 * spacing) * (box.height + 2 * spacing) / area
        guard estimate <= 1.5 * Double(limit) + 64 else { throw Grid.tooManyCells(limit) }
        let margin = box.expanded(by: 2 * spacing)
        guard let corners = cornerCells(margin) else { throw Grid.tooManyCells(limit) }
        var cells: [CellIndex] = []
        for q in corners.q {
            for r in rows(q, margin, corners.r) {
                let cell = CellIndex(q: q, r: r)
                guard touches(box, cell), isIncluded?(cell, center(of: cell)) ?? true else { continue }
                cells.append(cell)
                guard cells.count <= limit else { throw Grid.tooManyCells(limit) }
            }
            try AnalysisError.checkCancellation()
        }
        return cells
    }

    static func tooManyCells(_ limit: Int) -> AnalysisError {
        AnalysisError(
            .tooManyCells, "The study area would have more than \(limit) cells; choose larger cells or a smaller area.")
    }

    private func cornerCells(_ box: BoundingBox) -> (q: ClosedRange<Int32>, r: ClosedRange<Int32>)? {
        let corners = box.ring.dropLast().compactMap { cell(x: $0.x, y: $0.y) }
        guard corners.count == 4, let q0 = corners.map(\.q).min(), let q1 = corners.map(\.q).max(),
            let r0 = corners.map(\.r).min(), let r1 = corners.map(\.r).max()
        else { return nil }
        return (q0...q1, r0...r1)
    }

    /// The rows of column q that can lie in the box; in a flat-top tiling they shift by half a cell with every column.
    private func rows(_ q: Int32, _ box: BoundingBox, _ all: ClosedRange<Int32>) -> ClosedRange<Int32> {
        guard case .hexagon(let grid) = self else { return all }
        let width = grid.width
        let (low, high): (Double, Double)
        switch grid.orientation {
        case .flatTop:
            low = (box.minY - grid.origin.y) / width - Double(q) / 2
            high = (box.maxY - grid.origin.y) / width - Double(q) / 2
        case .pointyTop:
            // x = width (q + r/2) bounds r, and so does y.
            low = max(2 * ((box.minX - grid.origin.x) / width - Double(q)), Double(all.lowerBound))
            high = min(2 * ((box.maxX - grid.origin.x) / width - Double(q)), Double(all.upperBound))
        }
        let first = NearestInteger.floor32(low - 1) ?? all.lowerBound
        let last = NearestInteger.floor32(high + 1) ?? all.upperBound
        let lower = max(first, all.lowerBound)
        return lower...max(lower, min(last, all.upperBound))
    }

    private func touches(_ box: BoundingBox, _ cell: CellIndex) -> Bool {
        switch self {
        case .hexagon(let grid): return grid.touches(box, cell)
        case .square(let grid):
            let ring = grid.ring(of: cell)
            return ring[0].x <= box.maxX && ring[2].x > box.minX && ring[0].y <= box.maxY && ring[2].y > box.minY
        }
    }
}
