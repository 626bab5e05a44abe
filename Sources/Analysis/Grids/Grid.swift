public import GeoCore

/// The tiling an analysis counts in.
public enum Grid: Sendable, Hashable {
    case hexagon(HexagonGrid)
    case square(SquareGrid)

    /// The most cells a study area may have.
    public static let cellLimit = 4_000_000

    /// Area of a cell in square metres.
    public var area: Double {
        switch self {
        case .hexagon(let grid): grid.area
        case .square(let grid): grid.area
        }
    }

    /// Distance between the centres of cells that share an edge, in metres.
    public var spacing: Double {
        switch self {
        case .hexagon(let grid): grid.width
        case .square(let grid): grid.side
        }
    }

    /// The cell that holds a position in metres; `nil` when it is not finite or its index exceeds 32 bits.
    public func cell(x: Double, y: Double) -> CellIndex? {
        switch self {
        case .hexagon(let grid): grid.cell(x: x, y: y)
        case .square(let grid): grid.cell(x: x, y: y)
        }
    }

    /// Centre of a cell in metres.
    public func center(of cell: CellIndex) -> Position {
        switch self {
        case .hexagon(let grid): grid.center(of: cell)
        case .square(let grid): grid.center(of: cell)
        }
    }

    /// The outline of a cell in metres: closed, counterclockwise; shared corners are equal bit for bit.
    public func ring(of cell: CellIndex) -> [Position] {
        switch self {
        case .hexagon(let grid): grid.ring(of: cell)
        case .square(let grid): grid.ring(of: cell)
        }
    }

    /// The cells around a cell: six hexagons, or eight squares.
    public func neighbors(of cell: CellIndex) -> [CellIndex] {
        switch self {
        case .hexagon(let grid): grid.neighbors(of: cell)
        case .square(let grid): grid.neighbors(of: cell)
        }
    }

    /// Index steps to all cells at most `rings` cells away, the cell itself left out, in (q, r) order.
    ///
    /// 3k(k + 1) steps for hexagons, 4k(k + 1) for squares.
    func steps(rings: Int) -> [(Int, Int)] {
        var steps: [(Int, Int)] = []
        for dq in -rings...rings {
            for dr in -rings...rings where (dq, dr) != (0, 0) {
                if case .hexagon = self, (dq + dr).magnitude > rings { continue }
                steps.append((dq, dr))
            }
        }
        return steps
    }
}
