import Analysis
import GeoCore
import PROJCoordinates
import Synchronization

/// Cells as a GeoJSON answer begins their features, written when they are first asked for: names and outlines are the same
/// whatever lies in the cells.
final class CellOutlines: Sendable {
    /// The beginnings of features one after the other.
    struct Text: Sendable {
        fileprivate var bytes: [UInt8] = []
        /// Where each begins, and the end of the last.
        fileprivate var starts: [Int] = [0]
        /// Which of them are asked for, in order; all when `nil`.
        fileprivate var order: [Int]?

        /// The beginning of the feature of a row, up to its properties.
        func beginning(_ row: Int) -> ArraySlice<UInt8> {
            let place = order.map { $0[row] } ?? row
            return bytes[starts[place]..<starts[place + 1]]
        }
    }

    private let grid: Grid
    private let cells: CellSet
    private let plane: CoordinateTransform
    private let written = Mutex<Text?>(nil)

    /// - Parameter plane: from longitude and latitude to the plane of the grid.
    init(_ grid: Grid, _ cells: CellSet, plane: CoordinateTransform) {
        (self.grid, self.cells, self.plane) = (grid, cells, plane)
    }

    /// Most cells whose outlines are kept; of more, only those asked for are written, each time.
    static let limit = 60_000

    /// Bytes in memory, about, once they are written.
    var size: Int { cells.count <= Self.limit ? cells.count * 290 : 0 }

    /// The beginnings of the features of some cells, in their order.
    ///
    /// - Throws: `PROJError` where a corner has no longitude and latitude.
    func text(of places: [Int]) throws -> Text {
        guard cells.count <= Self.limit else { return try write(places) }
        let all = try written.withLock({ $0 }) ?? write(Array(0..<cells.count))
        written.withLock { $0 = all }
        var chosen = all
        if places.count < cells.count { chosen.order = places }
        return chosen
    }

    private func write(_ places: [Int]) throws -> Text {
        var (x, y): ([Double], [Double]) = ([], [])
        for place in places {
            for corner in grid.ring(of: cells[place]) {
                x.append(corner.x)
                y.append(corner.y)
            }
        }
        try plane.inverse(&x, &y)
        var text = Text()
        text.bytes.reserveCapacity(places.count * 270)
        text.starts.reserveCapacity(places.count + 1)
        let corners = places.isEmpty ? 0 : x.count / places.count
        for (row, place) in places.enumerated() {
            let ring = (row * corners..<(row + 1) * corners).map { Position(x[$0], y[$0]) }
            FeatureCollectionText.begin(id: .string(Self.name(cells[place])), .polygon([ring]), in: &text.bytes)
            text.starts.append(text.bytes.count)
        }
        return text
    }

    /// The name of a cell in an answer.
    static func name(_ cell: CellIndex) -> String { "\(cell.q)_\(cell.r)" }
}
