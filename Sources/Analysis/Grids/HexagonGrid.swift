public import GeoCore

/// A tiling of the plane by regular hexagons of one size, in metres.
///
/// Cell (0, 0) is centred at the origin; with the default origin all projects in one CRS share their tilings.
/// Source: Birch, Oom & Beecham 2007, Ecol. Model. 206, doi:10.1016/j.ecolmodel.2007.03.041.
public struct HexagonGrid: Sendable, Hashable {
    /// Which way the hexagons stand.
    public enum Orientation: String, Sendable, Hashable {
        /// Edges at top and bottom.
        case flatTop = "flat_top"
        /// Corners at top and bottom.
        case pointyTop = "pointy_top"
    }

    /// Edge length in metres, equal to the circumradius.
    public let edge: Double
    /// Which way the hexagons stand.
    public let orientation: Orientation
    /// Centre of cell (0, 0) in metres.
    public let origin: Position

    /// Makes a tiling from its edge length in metres.
    ///
    /// - Throws: ``AnalysisError`` when the length is not positive or the origin is not finite.
    public init(
        edge: Double, orientation: Orientation = .flatTop, origin: Position = Position(0, 0)
    ) throws(AnalysisError) {
        try AnalysisError.requirePositive(edge, "The edge length of the hexagons")
        guard origin.x.isFinite, origin.y.isFinite else {
            throw AnalysisError(.notFinite, "The origin of the grid must be finite.")
        }
        self.edge = edge
        self.orientation = orientation
        self.origin = Position(origin.x, origin.y)
    }

    /// Makes a tiling from the distance between opposite edges in metres.
    ///
    /// - Throws: ``AnalysisError`` when the width is not positive or the origin is not finite.
    public init(
        width: Double, orientation: Orientation = .flatTop, origin: Position = Position(0, 0)
    ) throws(AnalysisError) {
        try self.init(edge: width / 3.0.squareRoot(), orientation: orientation, origin: origin)
    }

    /// Distance between opposite edges, and between the centres of neighbours, in metres.
    public var width: Double { 3.0.squareRoot() * edge }

    /// Area of a cell in square metres.
    public var area: Double { 1.5 * 3.0.squareRoot() * edge * edge }

    /// Centre of a cell in metres.
    public func center(of cell: CellIndex) -> Position {
        let (q, r) = (Double(cell.q), Double(cell.r))
        let half = edge / 2
        let halfWidth = edge * 3.0.squareRoot() / 2
        return switch orientation {
        case .flatTop: Position(origin.x + half * (3 * q), origin.y + halfWidth * (2 * r + q))
        case .pointyTop: Position(origin.x + halfWidth * (2 * q + r), origin.y + half * (3 * r))
        }
    }

    /// The outline of a cell in metres: closed, counterclockwise, seven positions.
    ///
    /// A corner is made from its own integer lattice coordinates, so that the three cells that share it have it bit
    /// for bit.
    public func ring(of cell: CellIndex) -> [Position] {
        let (q, r) = (Double(cell.q), Double(cell.r))
        let half = edge / 2
        let halfWidth = edge * 3.0.squareRoot() / 2
        let (x, y) = (origin.x, origin.y)
        let corners: [Position] =
            switch orientation {
            case .flatTop:
                Self.corners.map { Position(x + half * (3 * q + $0), y + halfWidth * (2 * r + q + $1)) }
            case .pointyTop:
                Self.corners.reversed().map { Position(x + halfWidth * (2 * q + r + $1), y + half * (3 * r + $0)) }
            }
        return corners + [corners[0]]
    }

    /// Corners around a flat-top centre, counterclockwise, in half edges along x and half widths along y.
    private static let corners: [(Double, Double)] = [(2, 0), (1, 1), (-1, 1), (-2, 0), (-1, -1), (1, -1)]

    /// Steps to the six neighbours.
    static let steps: [(Int, Int)] = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]

    /// The six neighbours of a cell, fewer at the limit of 32-bit indices.
    public func neighbors(of cell: CellIndex) -> [CellIndex] {
        Self.steps.compactMap { cell.offset(by: $0, $1) }
    }

    /// The cell that holds a position in metres; `nil` when it is not finite or its index exceeds 32 bits.
    ///
    /// A position on an edge, squared centre distances equal within 10⁻¹² edge², goes to the smallest (q, r).
    public func cell(x: Double, y: Double) -> CellIndex? {
        let locator = HexagonLocator(self)
        let (major, minor) = orientation == .flatTop ? (x, y) : (y, x)
        let (a, b) = locator.locate(major, minor)
        guard a.magnitude < 2_147_483_647, b.magnitude < 2_147_483_647 else { return nil }
        let (first, second) = (
            Int32(truncatingIfNeeded: NearestInteger.integer(a)),
            Int32(truncatingIfNeeded: NearestInteger.integer(b))
        )
        return orientation == .flatTop ? CellIndex(q: first, r: second) : CellIndex(q: second, r: first)
    }
}
