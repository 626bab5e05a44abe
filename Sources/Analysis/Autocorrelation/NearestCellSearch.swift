/// The nearest cells of a set one by one, by rising distance and then index, however the cells lie.
///
/// A column of the set, which is sorted, is read from its nearest cell outwards, on both sides; the heads of all columns
/// that are open are in a heap, and a column is opened when it may hold what comes next. So corridors, corners and cells
/// far from all others cost what they have to look at.
struct NearestCellSearch {
    private let cells: CellSet
    private let isHexagon: Bool
    /// The columns that hold cells, rising.
    private let columns: [Int32]
    private var heads: [Head] = []

    /// The next cell on one side of a column.
    private struct Head {
        var squared: Int
        var place: Int
        /// 1 upwards, −1 downwards.
        var step: Int
        /// Where the column ends on this side.
        var end: Int

        func precedes(_ other: Head) -> Bool {
            squared != other.squared ? squared < other.squared : place < other.place
        }
    }

    /// Makes a search.
    ///
    /// - Complexity: linear in the columns of the set.
    init(_ cells: CellSet, _ grid: Grid) {
        self.cells = cells
        isHexagon = if case .hexagon = grid { true } else { false }
        columns = (0..<cells.columns).filter { !cells.runs(ofColumn: $0).isEmpty }.map {
            Int32(truncatingIfNeeded: $0)
        }
    }

    /// The nearest other cells in rising order of index; fewer than `k` where there are not so many.
    ///
    /// - Complexity: O((k + c) log n), with c the columns that hold cells and lie no farther away than what is found.
    mutating func nearest(_ k: Int, to place: Int) -> [Int32] {
        heads.removeAll(keepingCapacity: true)
        let own = cells.column(place)
        var right = columns.partitioningIndex { Int($0) >= own }
        var left = right - 1
        var found: [Int32] = []
        while found.count < k {
            while left >= 0 || right < columns.count {
                let before = left >= 0 ? own - Int(columns[left]) : .max
                let after = right < columns.count ? Int(columns[right]) - own : .max
                let distance = min(before, after)
                // No cell of a column is nearer than this, in quarters; at the same distance the index decides.
                let least = (isHexagon ? 3 : 4) * distance * distance
                if let head = heads.first, 4 * head.squared < least { break }
                if before < after {
                    open(Int(columns[left]), around: place)
                    left -= 1
                } else {
                    open(Int(columns[right]), around: place)
                    right += 1
                }
            }
            guard let head = heads.first else { break }
            found.append(Int32(truncatingIfNeeded: head.place))
            advance(from: place)
        }
        return found.sorted()
    }

    private func squared(_ other: Int, from place: Int) -> Int {
        let (q, r) = (Int(cells.q[other]) - Int(cells.q[place]), Int(cells.r[other]) - Int(cells.r[place]))
        return q * q + (isHexagon ? q * r : 0) + r * r
    }

    /// Puts both sides of a column into the heap.
    private mutating func open(_ column: Int, around place: Int) {
        let runs = cells.runs(ofColumn: column)
        let (start, end) = (
            cells.places(ofRun: runs.lowerBound).lowerBound, cells.places(ofRun: runs.upperBound - 1).upperBound
        )
        // Half a step up or down for each column, in an oblique lattice.
        let slant = isHexagon ? cells.column(place) - column : 0
        var (low, high) = (start, end)
        while low < high {
            let middle = (low + high) / 2
            if 2 * (Int(cells.r[middle]) - Int(cells.r[place])) < slant { low = middle + 1 } else { high = middle }
        }
        // In its own column the cell itself stands there.
        let above = column == cells.column(place) ? low + 1 : low
        push(above, step: 1, end: end, from: place)
        push(low - 1, step: -1, end: start - 1, from: place)
    }

    private mutating func push(_ other: Int, step: Int, end: Int, from place: Int) {
        guard other != end else { return }
        heads.append(Head(squared: squared(other, from: place), place: other, step: step, end: end))
        var child = heads.count - 1
        while child > 0, heads[child].precedes(heads[(child - 1) / 2]) {
            heads.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Moves the first head on to the next cell of its column, or takes it out at the end.
    private mutating func advance(from place: Int) {
        heads[0].place += heads[0].step
        if heads[0].place == heads[0].end {
            heads.swapAt(0, heads.count - 1)
            heads.removeLast()
        } else {
            heads[0].squared = squared(heads[0].place, from: place)
        }
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heads.count && heads[child].precedes(heads[least]) {
                least = child
            }
            guard least != parent else { return }
            heads.swapAt(parent, least)
            parent = least
        }
    }
}
