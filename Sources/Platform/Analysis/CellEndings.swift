/// The features of cells as a GeoJSON answer ends them: the figures that follow what is counted there, and the comma before
/// the next feature.
///
/// Cells with as much around them have the same figures, whose text is written once and copied.
struct CellEndings {
    /// For each row the number of its text.
    private(set) var numbers: [Int32] = []
    /// The texts one after the other.
    private(set) var bytes: [UInt8] = []
    /// Where each text begins, and the end of the last.
    private(set) var starts: [Int] = [0]
    /// How many figures a text has.
    let figures: Int
    /// Where each figure begins with its comma, text by text.
    private(set) var figureStarts: [Int] = []

    /// - Parameter places: of the cells that are told, in the order of the answer.
    /// - Complexity: linear in the cells, with a small factor where many have the same figures.
    init(_ columns: some Collection<CellTable.Column>, _ places: [Int]) {
        let texts = columns.map { CellFigureText($0.name, $0.values) }
        var kinds = FigureKinds(columns.map { $0.values.words(places) }, count: places.count)
        figures = texts.count
        numbers.reserveCapacity(places.count)
        for (row, place) in places.enumerated() {
            let (number, isNew) = kinds.number(of: row)
            numbers.append(number)
            guard isNew else { continue }
            for text in texts {
                figureStarts.append(bytes.count)
                bytes.append(0x2C)
                text.append(place, to: &bytes)
            }
            bytes += [0x7D, 0x7D, 0x2C]
            starts.append(bytes.count)
        }
    }

    /// Appends the end of the feature of a row.
    func append(_ row: Int, to out: inout [UInt8]) {
        let number = Int(numbers[row])
        out.append(contentsOf: bytes[starts[number]..<starts[number + 1]])
    }
}

/// Numbers rows by their figures: those with the same get the same number.
private struct FigureKinds {
    /// The words of the figures of each row, one row after the other.
    private var words: [UInt64]
    private let width: Int
    private var hashes: [UInt64]
    /// Numbers by the hash of their figures, −1 where there is none; a power of two of them.
    private var table: [Int32]
    /// The first row of each number.
    private var rows: [Int] = []

    /// - Parameter columns: words of `count` rows.
    init(_ columns: [[UInt64]], count: Int) {
        width = columns.count
        words = Array(repeating: 0, count: count * columns.count)
        hashes = Array(repeating: 0, count: count)
        for (column, values) in columns.enumerated() {
            for row in 0..<count {
                words[row * width + column] = values[row]
                let mixed = (hashes[row] ^ values[row]) &* 0x9E37_79B9_7F4A_7C15
                hashes[row] = mixed ^ (mixed >> 32)
            }
        }
        var room = 64
        while room < 2 * count { room *= 2 }
        table = Array(repeating: -1, count: room)
    }

    /// The number of a row, and whether no row before had it.
    mutating func number(of row: Int) -> (Int32, isNew: Bool) {
        var slot = Int(truncatingIfNeeded: hashes[row]) & (table.count - 1)
        while table[slot] >= 0 {
            if isSame(row, rows[Int(table[slot])]) { return (table[slot], false) }
            slot = (slot + 1) & (table.count - 1)
        }
        let number = Int32(truncatingIfNeeded: rows.count)
        table[slot] = number
        rows.append(row)
        return (number, true)
    }

    private func isSame(_ first: Int, _ second: Int) -> Bool {
        for column in 0..<width where words[first * width + column] != words[second * width + column] { return false }
        return true
    }
}
