import GeoCore

/// Directed pieces of an isoline, with the region on their left, chained into rings.
///
/// A point is named by the edge it lies on, or by the cell centre it is: every point starts exactly one piece.
struct MarchingSquares {
    private let surface: DensitySurface
    private let level: Double
    private let columns: Int
    private let count: Int
    /// End of the piece that starts at each point; −1 where none does.
    private var next: [Int32]
    private var starts: [Int32] = []
    /// Length of the pieces that do not lie on the border, in metres.
    private(set) var lineLength = 0.0

    /// - Throws: ``AnalysisError`` when the task is cancelled.
    init(_ surface: DensitySurface, _ level: Double) throws(AnalysisError) {
        self.surface = surface
        self.level = level
        columns = surface.raster.columns
        count = surface.raster.count
        next = Array(repeating: -1, count: 3 * count)
        guard columns > 1, surface.raster.rows > 1 else { return }
        for row in 0..<surface.raster.rows - 1 {
            try AnalysisError.checkCancellation()
            for column in 0..<columns - 1 { addSquare(column, row) }
        }
    }

    private func isInside(_ node: Int) -> Bool { surface.values[node] >= level }

    /// Corners counterclockwise from the south-west; side k joins corners k and k + 1.
    private mutating func addSquare(_ column: Int, _ row: Int) {
        let southWest = row * columns + column
        let corners = [southWest, southWest + 1, southWest + columns + 1, southWest + columns]
        // East-west edges are named 2 n, south-north edges 2 n + 1, by their first node; node n itself is 2 count + n.
        let sides = [
            2 * southWest, 2 * (southWest + 1) + 1, 2 * (southWest + columns), 2 * southWest + 1,
        ]
        let inside = corners.map { isInside($0) }
        let border = [row == 0, column == columns - 2, row == surface.raster.rows - 2, column == 0]
        var exits: [Int] = []
        for side in 0..<4 {
            let (from, to) = (inside[side], inside[(side + 1) & 3])
            if from && !to { exits.append(side) }
            guard border[side], from || to else { continue }
            connect(
                from ? 2 * count + corners[side] : sides[side],
                to ? 2 * count + corners[(side + 1) & 3] : sides[side], isBorder: true)
        }
        let mean = corners.reduce(0) { $0 + surface.values[$1] / 4 }
        for exit in exits {
            var entry = exit
            if exits.count == 2 && mean < level {
                // Corners stay apart: back to the entry just before the inside corner.
                entry = (exit + 3) & 3
            } else {
                repeat { entry = (entry + 1) & 3 } while !(!inside[entry] && inside[(entry + 1) & 3])
            }
            connect(sides[exit], sides[entry], isBorder: false)
        }
    }

    private mutating func connect(_ start: Int, _ end: Int, isBorder: Bool) {
        next[start] = Int32(truncatingIfNeeded: end)
        starts.append(Int32(truncatingIfNeeded: start))
        if !isBorder {
            let (a, b) = (position(start), position(end))
            lineLength += ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
        }
    }

    private func position(_ point: Int) -> Position {
        let raster = surface.raster
        if point >= 2 * count {
            let node = point - 2 * count
            return Position(raster.x(node % columns), raster.y(node / columns))
        }
        let node = point / 2
        let isVertical = point & 1 == 1
        let (a, b) = (surface.values[node], surface.values[node + (isVertical ? columns : 1)])
        let t = min(max((level - a) / (b - a), 0), 1)
        let (x, y) = (raster.x(node % columns), raster.y(node / columns))
        return isVertical ? Position(x, y + t * raster.cell) : Position(x + t * raster.cell, y)
    }

    /// All rings, closed; those without area are left out.
    mutating func rings() -> [[Position]] {
        var rings: [[Position]] = []
        for start in starts where next[Int(start)] >= 0 {
            var ring: [Position] = []
            var point = Int(start)
            while next[point] >= 0 {
                let position = position(point)
                if ring.last != position { ring.append(position) }
                let following = Int(next[point])
                next[point] = -1
                point = following
            }
            if ring.count > 1, ring.first == ring.last { ring.removeLast() }
            if ring.count >= 3, let first = ring.first {
                ring.append(first)
                rings.append(ring)
            }
        }
        return rings
    }
}
