public import GeoCore

/// A raster of square cells in metres.
///
/// Row 0 is the southernmost; values lie row by row, west to east.
public struct Raster: Sendable, Hashable {
    /// The most cells a raster may have.
    public static let cellLimit = 16_000_000

    /// West edge in metres.
    public let minX: Double
    /// South edge in metres.
    public let minY: Double
    /// Side of a cell in metres.
    public let cell: Double
    /// Number of cells from west to east.
    public let columns: Int
    /// Number of cells from south to north.
    public let rows: Int

    /// Makes a raster from its south-west corner.
    ///
    /// - Throws: ``AnalysisError`` when a number is not finite or positive, or above ``cellLimit`` cells.
    public init(minX: Double, minY: Double, cell: Double, columns: Int, rows: Int) throws(AnalysisError) {
        try AnalysisError.requirePositive(cell, "The cell size of the raster")
        guard minX.isFinite, minY.isFinite else {
            throw AnalysisError(.notFinite, "The corner of the raster must be finite.")
        }
        guard columns >= 1, rows >= 1 else {
            throw AnalysisError(.invalidParameter, "The raster needs at least one column and one row.")
        }
        guard columns <= Self.cellLimit / rows else { throw Self.tooManyCells }
        (self.minX, self.minY, self.cell, self.columns, self.rows) = (minX, minY, cell, columns, rows)
    }

    /// Makes the raster of square cells that covers a box in metres, centred on it, with `longer` cells along the
    /// longer side.
    ///
    /// - Throws: ``AnalysisError`` as the other initialiser, also for a box without extent.
    public init(covering box: BoundingBox, longer: Int = 512) throws(AnalysisError) {
        guard longer >= 1 else {
            throw AnalysisError(.invalidParameter, "The raster needs at least one column and one row.")
        }
        try self.init(covering: box, cell: max(box.width, box.height) / Double(longer))
    }

    /// Makes the raster of cells of the given side in metres that covers a box, centred on it.
    ///
    /// - Throws: ``AnalysisError`` as the other initialisers.
    public init(covering box: BoundingBox, cell: Double) throws(AnalysisError) {
        try AnalysisError.requirePositive(cell, "The cell size of the raster")
        let (across, up) = (box.width / cell, box.height / cell)
        guard across < Double(Self.cellLimit), up < Double(Self.cellLimit),
            let columns = NearestInteger.floor32(across - 1e-9), let rows = NearestInteger.floor32(up - 1e-9)
        else { throw Self.tooManyCells }
        let (width, height) = (Int(columns) + 1, Int(rows) + 1)
        try self.init(
            minX: box.center.x - cell * Double(max(width, 1)) / 2,
            minY: box.center.y - cell * Double(max(height, 1)) / 2, cell: cell, columns: max(width, 1),
            rows: max(height, 1))
    }

    private static let tooManyCells = AnalysisError(
        .tooManyCells, "The raster would have more than \(cellLimit) cells; choose larger cells.")

    /// Number of cells.
    public var count: Int { columns * rows }

    /// Easting of the centre of a column in metres.
    public func x(_ column: Int) -> Double { minX + cell * (Double(column) + 0.5) }

    /// Northing of the centre of a row in metres.
    public func y(_ row: Int) -> Double { minY + cell * (Double(row) + 0.5) }

    /// The outer edges of the raster in metres.
    public var box: BoundingBox {
        BoundingBox(minX: minX, minY: minY, maxX: minX + cell * Double(columns), maxY: minY + cell * Double(rows))
    }
}
