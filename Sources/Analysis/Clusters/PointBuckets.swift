import GeoCore

/// Points sorted into square cells; only cells with points are kept, in (column, row) order.
///
/// Coordinates are relative to the south-west corner of all points, so that squares of distances keep their digits.
struct PointBuckets: Sendable {
    /// Index of each sorted point in the input; rising within a cell.
    private(set) var order: [Int32] = []
    /// Local x of the sorted points in metres.
    private(set) var x: [Double] = []
    /// Local y of the sorted points in metres.
    private(set) var y: [Double] = []
    /// Start of each cell in the sorted points, and the end of the last.
    private(set) var starts: [Int32] = [0]
    /// Column and row of each cell.
    private(set) var column: [Int32] = []
    private(set) var row: [Int32] = []
    /// For each cell five places: the first cell not before (column − 2 … column + 2, row − 2).
    private(set) var firstNear: [Int32] = []

    /// Number of cells.
    var count: Int { column.count }

    /// Sorts points into cells of the given side in metres.
    init(_ points: Points, side: Double) throws(AnalysisError) {
        guard let box = points.boundingBox else { return }
        for index in 0..<points.count where !(points.x[index].isFinite && points.y[index].isFinite) {
            throw AnalysisError(.notFinite, "The coordinates of point \(index) are not finite numbers.")
        }
        guard box.width / side < 1e9, box.height / side < 1e9, points.count < Int(Int32.max) else {
            throw AnalysisError(.invalidParameter, "The radius is too small for the extent of the points.")
        }
        let columns = NearestInteger.integer(box.width / side) + 2
        let rows = NearestInteger.integer(box.height / side) + 2
        var keys = [Int](repeating: 0, count: points.count)
        for index in keys.indices {
            let column = NearestInteger.floor32((points.x[index] - box.minX) / side) ?? 0
            let row = NearestInteger.floor32((points.y[index] - box.minY) / side) ?? 0
            keys[index] = Int(column) * rows + Int(row)
        }
        if columns <= (4 * points.count + 65_536) / rows {
            countingSort(keys, columns * rows)
        } else {
            order = (0..<Int32(truncatingIfNeeded: points.count)).sorted {
                let (left, right) = (keys[Int($0)], keys[Int($1)])
                return left != right ? left < right : $0 < $1
            }
        }
        collect(points, keys, rows, box)
        linkNeighbors()
    }

    private mutating func countingSort(_ keys: [Int], _ size: Int) {
        var next = [Int32](repeating: 0, count: size + 1)
        for key in keys { next[key + 1] &+= 1 }
        for key in 0..<size { next[key + 1] &+= next[key] }
        order = Array(repeating: 0, count: keys.count)
        for index in keys.indices {
            let place = next[keys[index]]
            order[Int(place)] = Int32(truncatingIfNeeded: index)
            next[keys[index]] = place &+ 1
        }
    }

    private mutating func collect(_ points: Points, _ keys: [Int], _ rows: Int, _ box: BoundingBox) {
        x = Array(repeating: 0, count: keys.count)
        y = x
        starts.removeAll()
        var previous = -1
        for place in order.indices {
            let index = Int(order[place])
            x[place] = points.x[index] - box.minX
            y[place] = points.y[index] - box.minY
            if keys[index] != previous {
                previous = keys[index]
                starts.append(Int32(truncatingIfNeeded: place))
                column.append(Int32(truncatingIfNeeded: previous / rows))
                row.append(Int32(truncatingIfNeeded: previous % rows))
            }
        }
        starts.append(Int32(truncatingIfNeeded: order.count))
    }

    /// Both the cells and the cells looked for are in order, so five pointers that only move forward find all.
    private mutating func linkNeighbors() {
        firstNear = Array(repeating: 0, count: 5 * count)
        for step in 0..<5 {
            var place = 0
            for cell in 0..<count {
                let wanted = (column[cell] + Int32(step) - 2, row[cell] - 2)
                while place < count && (column[place], row[place]) < wanted { place += 1 }
                firstNear[5 * cell + step] = Int32(truncatingIfNeeded: place)
            }
        }
    }

    /// The sorted points of a cell.
    @inline(__always)
    func range(_ cell: Int) -> Range<Int> { Int(starts[cell])..<Int(starts[cell + 1]) }

    /// Calls `body` with every cell at most two columns and rows away, the cell itself among them, until it says false.
    @inline(__always)
    func forEachNear(_ cell: Int, _ body: (Int) -> Bool) {
        for step in 0..<5 {
            var near = Int(firstNear[5 * cell + step])
            let wanted = column[cell] + Int32(truncatingIfNeeded: step) - 2
            let last = row[cell] + 2
            while near < count && column[near] == wanted && row[near] <= last {
                if !body(near) { return }
                near += 1
            }
        }
    }
}
