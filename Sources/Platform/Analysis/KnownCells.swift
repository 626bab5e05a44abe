import Analysis
import GeoCore
import Synchronization

/// The cells that a study area was asked for, with what was counted in them: the same are asked for after each new
/// contribution.
final class KnownCells: Sendable {
    /// By how many metres a grid is moved.
    struct Shift: Hashable, Sendable {
        var x: Double
        var y: Double
    }

    /// Which cells: those that share area with the study area, or those of a moved grid whose centres lie in it.
    struct Key: Hashable, Sendable {
        var grid: Grid
        var shift: Shift?
    }

    /// Counts of points that are named by the history of their parts.
    private struct Counted {
        var marks: [PointHistory.Mark]
        var counts: GridAggregation
    }

    private struct Entry {
        var key: Key
        var cells: CellSet
        var area: [Double]
        var outlines: CellOutlines?
        /// Those of the last kinds of viewers.
        var counted: [Counted] = []
        /// Places in other sets that the centres of these cells lie in.
        var matches: [Key: [Int32]] = [:]
        /// What neighbours had in common when they were counted last.
        var products: RingProducts?

        var size: Int {
            cells.count * (64 + 16 * counted.count + 4 * matches.count + (products == nil ? 0 : 8))
                + (outlines?.size ?? 0)
        }
    }

    /// Most bytes that are kept, about: enough for all runs on 20,000 cells.
    private static let limit = 32 << 20
    /// Kinds of viewers whose counts are kept: the public, and staff.
    private static let viewers = 2
    /// Other sets whose places are kept for a set.
    private static let matches = 16

    /// Those used last at the end.
    private let entries = Mutex<[Entry]>([])

    /// Bytes in memory, about.
    var size: Int { entries.withLock { $0.reduce(0) { $0 + $1.size } } }

    /// The cells of a key with the square metres of each, or what `find` finds.
    func cells(
        _ key: Key, _ find: () throws -> (cells: CellSet, area: [Double])
    ) throws -> (cells: CellSet, area: [Double]) {
        if let known = entry(key) { return (known.cells, known.area) }
        let found = try find()
        change(Entry(key: key, cells: found.cells, area: found.area)) { _ in }
        return found
    }

    /// The outlines of the cells in longitude and latitude.
    func outlines(_ key: Key, _ make: () -> CellOutlines) -> CellOutlines {
        if let known = entry(key)?.outlines { return known }
        let outlines = make()
        change(key) { $0.outlines = outlines }
        return outlines
    }

    /// For each cell of a key the place of another key's cell that its centre lies in, −1 where there is none, or what
    /// `find` finds.
    func match(_ key: Key, _ other: Key, _ find: () -> [Int32]) -> [Int32] {
        if let known = entry(key)?.matches[other] { return known }
        let found = find()
        change(key) { entry in
            if entry.matches.count >= Self.matches { entry.matches.removeAll() }
            entry.matches[other] = found
        }
        return found
    }

    /// What neighbouring cells of a key have in common, followed from what was counted in them last where it can be; `nil`
    /// where the values are no counts.
    ///
    /// - Throws: `AnalysisError` as `RingProducts`.
    func products(
        of values: [Double], _ key: Key, _ cells: CellSet, limit: Int
    ) throws(AnalysisError) -> RingProducts? {
        var products = entry(key)?.products
        if products?.limit != limit || products?.follow(values) != true {
            products = try RingProducts(values, cells, grid: key.grid, limit: limit)
        }
        if let products { change(key) { $0.products = products } }
        return products
    }

    /// Points of weight 1 counted in the cells of a key: all of them, or those that changed since they were counted last.
    ///
    /// - Parameters:
    ///   - points: before the grid is moved.
    ///   - histories: what has become of them; where there are none all are counted.
    /// - Throws: `AnalysisError` `cancelled`.
    func counts(
        of points: Points, _ histories: [PointHistory], _ key: Key, _ cells: CellSet
    ) async throws -> GridAggregation {
        for known in histories.isEmpty ? [] : entry(key)?.counted ?? [] {
            guard let changes = PointHistory.changes(histories, since: known.marks) else { continue }
            guard !changes.isEmpty else { return known.counts }
            var counts = known.counts
            for change in changes { counts.move(from: key.moved(change.gone), to: key.moved(change.come)) }
            keep(counts, histories, key, insteadOf: known.marks)
            return counts
        }
        let counts = try await GridAggregation.parallel(key.moved(points), grid: key.grid, cells: cells)
        if !histories.isEmpty { keep(counts, histories, key, insteadOf: nil) }
        return counts
    }

    private func keep(
        _ counts: GridAggregation, _ histories: [PointHistory], _ key: Key, insteadOf old: [PointHistory.Mark]?
    ) {
        change(key) { entry in
            if let old { entry.counted.removeAll { $0.marks.elementsEqual(old, by: ===) } }
            entry.counted.append(Counted(marks: histories.map(\.mark), counts: counts))
            if entry.counted.count > Self.viewers { entry.counted.removeFirst() }
        }
    }

    private func entry(_ key: Key) -> Entry? { entries.withLock { $0.first { $0.key == key } } }

    /// Changes what is kept of a key, if anything is.
    private func change(_ key: Key, _ body: (inout Entry) -> Void) {
        guard let entry = entry(key) else { return }
        change(entry, body)
    }

    /// Changes an entry, or puts it in, and gives up those used longest ago where there are too many bytes.
    private func change(_ new: Entry, _ body: (inout Entry) -> Void) {
        entries.withLock { entries in
            let index = entries.firstIndex { $0.key == new.key }
            var entry = index.map { entries.remove(at: $0) } ?? new
            body(&entry)
            guard entry.size <= Self.limit else { return }
            entries.append(entry)
            var total = entries.reduce(0) { $0 + $1.size }
            while total > Self.limit { total -= entries.removeFirst().size }
        }
    }
}

extension KnownCells.Key {
    /// Positions as a grid that was not moved has them.
    fileprivate func moved(_ positions: [Position]) -> [Position] {
        guard let shift else { return positions }
        return positions.map { Position($0.x - shift.x, $0.y - shift.y) }
    }

    func moved(_ points: Points) -> Points {
        guard let shift, shift != KnownCells.Shift(x: 0, y: 0) else { return points }
        var moved = points
        for row in 0..<moved.count {
            moved.x[row] -= shift.x
            moved.y[row] -= shift.y
        }
        return moved
    }
}
