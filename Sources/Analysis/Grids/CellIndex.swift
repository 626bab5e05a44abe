/// The index of a grid cell: axial (q, r) of a hexagon, (column, row) of a square.
public struct CellIndex: Sendable, Hashable, Comparable {
    /// Axial q, or column.
    public var q: Int32
    /// Axial r, or row.
    public var r: Int32

    /// Makes an index.
    public init(q: Int32, r: Int32) {
        self.q = q
        self.r = r
    }

    /// Order by q, then r: the order of cells in every result, and the tie rule of points on an edge.
    public static func < (left: CellIndex, right: CellIndex) -> Bool {
        (left.q, left.r) < (right.q, right.r)
    }

    /// The cell `dq` and `dr` away; `nil` where 32 bits do not hold it.
    func offset(by dq: Int, _ dr: Int) -> CellIndex? {
        guard let q = Int32(exactly: Int(q) + dq), let r = Int32(exactly: Int(r) + dr) else { return nil }
        return CellIndex(q: q, r: r)
    }
}
