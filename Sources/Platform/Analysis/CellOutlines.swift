import Analysis
import PROJCoordinates
import Synchronization

/// Cells as a GeoJSON answer begins their features, kept when they are first asked for: names and outlines are the same
/// whatever lies in the cells, and what lies there changes in few.
final class CellOutlines: Sendable {
    private let grid: Grid
    private let cells: CellSet
    private let plane: CoordinateTransform
    private let written = Mutex<CellBeginnings?>(nil)

    /// - Parameter plane: from longitude and latitude to the plane of the grid.
    init(_ grid: Grid, _ cells: CellSet, plane: CoordinateTransform) {
        (self.grid, self.cells, self.plane) = (grid, cells, plane)
    }

    /// Most cells whose outlines are kept; of more, only those asked for are written, each time.
    static let limit = 60_000

    /// Most cells of which it is kept, too, what is repeated in their text.
    private static let packingLimit = 30_000

    /// Bytes in memory, about, once they are written.
    var size: Int {
        guard isKept else { return 0 }
        return cells.count * (cells.count <= Self.packingLimit ? 700 : 390)
    }

    /// Whether there are few enough cells to keep their text: it has a row for each place then.
    private var isKept: Bool { cells.count <= Self.limit }

    /// The beginnings of the features of some cells with what is counted there, and the row of each.
    ///
    /// - Throws: `PROJError` where a corner has no longitude and latitude.
    func beginnings(
        of places: [Int], counted columns: [CellTable.Column]
    ) throws -> (text: CellBeginnings, rows: [Int]) {
        guard isKept else {
            var text = try write(places)
            text.write(columns)
            return (text, Array(places.indices))
        }
        let text = try kept(columns)
        written.withLock { $0 = text }
        return (text, places)
    }

    /// The beginnings of the features of all cells, with what is repeated in them; `nil` where they are too many.
    ///
    /// - Throws: `PROJError` where a corner has no longitude and latitude.
    func packedBeginnings(counted columns: [CellTable.Column]) throws -> [CellBeginnings.Block]? {
        guard cells.count <= Self.packingLimit else { return nil }
        var text = try kept(columns)
        text.pack()
        written.withLock { $0 = text }
        return text.blocks
    }

    private func kept(_ columns: [CellTable.Column]) throws -> CellBeginnings {
        var text = try written.withLock { $0 } ?? write(Array(0..<cells.count))
        text.write(columns)
        return text
    }

    private func write(_ places: [Int]) throws -> CellBeginnings {
        try CellBeginnings(grid, cells, places, plane: plane)
    }

    /// The name of a cell in an answer.
    static func name(_ cell: CellIndex) -> String { "\(cell.q)_\(cell.r)" }
}
