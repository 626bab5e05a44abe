import Analysis
import GeoCore
import PROJCoordinates

/// The features of cells as a GeoJSON answer begins them: name, outline, and what is counted there.
///
/// They stand in blocks, so that where few counts have changed only few blocks are written anew. The text is the same as if
/// all were.
struct CellBeginnings: Sendable {
    /// Features one after the other.
    struct Block: Sendable {
        var bytes: [UInt8] = []
        /// Where each begins, and the end of the last.
        var starts: [Int] = [0]
        /// Where the figures of each begin.
        var figures: [Int] = []
        /// What is repeated in them, where somebody asked.
        var packed: PackedBeginnings?
    }

    /// Features in a block.
    private static let blockSize = PackedTokens.most

    /// The place of the cell of each row.
    private let places: [Int]
    /// The features in blocks.
    private(set) var blocks: [Block] = []
    /// What is written of each cell.
    private var columns: [CellTable.Column] = []

    /// Writes names and outlines of some cells, without figures.
    ///
    /// - Parameter plane: from longitude and latitude to the plane of the grid.
    /// - Throws: `PROJError` where a corner has no longitude and latitude.
    init(_ grid: Grid, _ cells: CellSet, _ places: [Int], plane: CoordinateTransform) throws {
        self.places = places
        var (x, y): ([Double], [Double]) = ([], [])
        for place in places {
            for corner in grid.ring(of: cells[place]) {
                x.append(corner.x)
                y.append(corner.y)
            }
        }
        try plane.inverse(&x, &y)
        let corners = places.isEmpty ? 0 : x.count / places.count
        for first in stride(from: 0, to: places.count, by: Self.blockSize) {
            var block = Block()
            for row in first..<min(first + Self.blockSize, places.count) {
                let ring = (row * corners..<(row + 1) * corners).map { Position(x[$0], y[$0]) }
                let name = CellOutlines.name(cells[places[row]])
                FeatureCollectionText.begin(id: .string(name), .polygon([ring]), in: &block.bytes)
                block.figures.append(block.bytes.count)
                block.starts.append(block.bytes.count)
            }
            blocks.append(block)
        }
    }

    /// Appends the beginning of the feature of a row.
    func append(_ row: Int, to out: inout [UInt8]) {
        let (block, index) = row.quotientAndRemainder(dividingBy: Self.blockSize)
        out.append(contentsOf: blocks[block].bytes[blocks[block].starts[index]..<blocks[block].starts[index + 1]])
    }

    /// Writes what is counted, where it is not what was written last.
    ///
    /// - Complexity: linear in all cells with a small factor, and in the cells of blocks where something has changed.
    mutating func write(_ columns: [CellTable.Column]) {
        let isChanged = changes(columns)
        self.columns = columns
        let texts = columns.map { CellFigureText($0.name, $0.values) }
        for (number, old) in blocks.enumerated() {
            let first = number * Self.blockSize
            let rows = first..<first + old.figures.count
            guard rows.contains(where: { isChanged[$0] }) else { continue }
            var block = Block()
            block.bytes.reserveCapacity(old.bytes.count + 128 * old.figures.count)
            for row in rows {
                let start = old.starts[row - first]
                block.figures.append(block.bytes.count + old.figures[row - first] - start)
                if isChanged[row] {
                    block.bytes.append(contentsOf: old.bytes[start..<old.figures[row - first]])
                    for (column, text) in texts.enumerated() {
                        block.bytes.append(column == 0 ? 0x7B : 0x2C)
                        text.append(places[row], to: &block.bytes)
                    }
                } else {
                    block.bytes.append(contentsOf: old.bytes[start..<old.starts[row - first + 1]])
                }
                block.starts.append(block.bytes.count)
            }
            blocks[number] = block
        }
    }

    /// Finds what is repeated in each block, where it is not known.
    mutating func pack() {
        for index in blocks.indices where blocks[index].packed == nil {
            blocks[index].packed = PackedBeginnings(blocks[index].bytes, starts: blocks[index].starts)
        }
    }

    /// Of which rows something else is to be written than what was.
    private func changes(_ new: [CellTable.Column]) -> [Bool] {
        guard columns.map(\.name) == new.map(\.name) else { return Array(repeating: true, count: places.count) }
        var isChanged = [Bool](repeating: false, count: places.count)
        for (old, new) in zip(columns, new) { new.values.mark(&isChanged, at: places, whereNot: old.values) }
        return isChanged
    }
}

extension CellTable.Figures {
    /// Marks the rows whose figures are written otherwise than others.
    fileprivate func mark(_ isChanged: inout [Bool], at places: [Int], whereNot old: CellTable.Figures) {
        switch (self, old) {
        case (.integers(let new), .integers(let old)):
            for (row, place) in places.enumerated() where new[place] != old[place] { isChanged[row] = true }
        case (.numbers(let new), .numbers(let old)):
            for (row, place) in places.enumerated() where new[place].bitPattern != old[place].bitPattern {
                isChanged[row] = true
            }
        case (.flags(let new), .flags(let old)):
            for (row, place) in places.enumerated() where new[place] != old[place] { isChanged[row] = true }
        case (.names(let new), .names(let old)):
            for (row, place) in places.enumerated() where new[place] != old[place] { isChanged[row] = true }
        default: for row in isChanged.indices { isChanged[row] = true }
        }
    }
}
