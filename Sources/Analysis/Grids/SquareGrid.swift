public import GeoCore

/// A tiling of the plane by squares of one size, in metres; cells are half-open, the south and west edge belong to them.
///
/// With the default origin and EPSG:3035 these are the cells of the INSPIRE statistical grids.
public struct SquareGrid: Sendable, Hashable {
    /// Length of a side in metres.
    public let side: Double
    /// South-west corner of cell (0, 0) in metres.
    public let origin: Position

    /// Makes a tiling from the length of a side in metres.
    ///
    /// - Throws: ``AnalysisError`` when the length is not positive or the origin is not finite.
    public init(side: Double, origin: Position = Position(0, 0)) throws(AnalysisError) {
        try AnalysisError.requirePositive(side, "The side of the squares")
        guard origin.x.isFinite, origin.y.isFinite else {
            throw AnalysisError(.notFinite, "The origin of the grid must be finite.")
        }
        self.side = side
        self.origin = Position(origin.x, origin.y)
    }

    /// Area of a cell in square metres.
    public var area: Double { side * side }

    /// Centre of a cell in metres.
    public func center(of cell: CellIndex) -> Position {
        Position(origin.x + side * (Double(cell.q) + 0.5), origin.y + side * (Double(cell.r) + 0.5))
    }

    /// The outline of a cell in metres: closed, counterclockwise, five positions; shared corners are equal bit for bit.
    public func ring(of cell: CellIndex) -> [Position] {
        let (west, east) = (origin.x + side * Double(cell.q), origin.x + side * (Double(cell.q) + 1))
        let (south, north) = (origin.y + side * Double(cell.r), origin.y + side * (Double(cell.r) + 1))
        return [
            Position(west, south), Position(east, south), Position(east, north), Position(west, north),
            Position(west, south),
        ]
    }

    /// Steps to the eight neighbours.
    static let steps: [(Int, Int)] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]

    /// The eight neighbours of a cell, corners included, fewer at the limit of 32-bit indices.
    public func neighbors(of cell: CellIndex) -> [CellIndex] {
        Self.steps.compactMap { cell.offset(by: $0, $1) }
    }

    /// The cell that holds a position in metres; `nil` when it is not finite or its index exceeds 32 bits.
    public func cell(x: Double, y: Double) -> CellIndex? {
        guard let q = NearestInteger.floor32((x - origin.x) / side),
            let r = NearestInteger.floor32((y - origin.y) / side)
        else { return nil }
        return CellIndex(q: q, r: r)
    }
}
