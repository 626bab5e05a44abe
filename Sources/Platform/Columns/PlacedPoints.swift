import Analysis
import GeoCore
import PROJCoordinates
import Participation
import Storage

/// Contributions on the plane, beside their columns.
///
/// Points stand in order of time; where several were made at one time their places decide, then their figures, so that the
/// order in which rows came into the store has no say in any answer.
struct PlacedPoints: Sendable {
    /// Where a contribution lies, as far as an analysis cares.
    enum Place: UInt8, Sendable, CaseIterable {
        case inside, notOnThePlane, outsideArea, suspectPlace, unlocated

        /// The word for those that are left out.
        var name: String { "\(self)" }
    }

    /// For every row of the columns where it lies.
    private(set) var place: [Place] = []
    /// Those that lie inside, in metres; every weight is 1.
    private(set) var points = Points()
    /// The row of each point.
    private(set) var rows = NarrowColumn<Int>()
    /// What has become of the points one by one.
    private(set) var history = PointHistory()
    /// How many rows lie at each place.
    private var counts = [Int](repeating: 0, count: Place.allCases.count)

    init() {}

    /// How many rows lie somewhere.
    func count(_ wanted: Place) -> Int { counts[Int(wanted.rawValue)] }

    private mutating func countPlaces() {
        counts = Array(repeating: 0, count: Place.allCases.count)
        for place in place { counts[Int(place.rawValue)] += 1 }
    }

    /// Bytes in memory, about.
    var size: Int { place.count + (36 + rows.width) * points.count }

    /// Places some rows of columns; they are numbered as they come.
    init(_ columns: ContributionColumns, _ wanted: [Int], on plane: ProceedingPlane) {
        var (x, y): ([Double], [Double]) = ([], [])
        var candidates: [Int] = []
        place.reserveCapacity(wanted.count)
        for (number, row) in wanted.enumerated() {
            if !columns.longitude[row].isFinite {
                place.append(.unlocated)
            } else if columns.quality[row] == .suspect {
                place.append(.suspectPlace)
            } else {
                place.append(.inside)
                candidates.append(number)
                x.append(columns.longitude[row])
                y.append(columns.latitude[row])
            }
        }
        plane.transform.forwardLeavingGaps(&x, &y)
        var inside: [Int] = []
        inside.reserveCapacity(candidates.count)
        for (candidate, number) in candidates.enumerated() {
            if !x[candidate].isFinite || !y[candidate].isFinite {
                place[number] = .notOnThePlane
            } else if let area = plane.area, !area.contains(x: x[candidate], y: y[candidate]) {
                place[number] = .outsideArea
            } else {
                inside.append(candidate)
            }
        }
        let isOrdered = zip(inside, inside.dropFirst()).allSatisfy {
            columns.created[wanted[candidates[$0]]] < columns.created[wanted[candidates[$1]]]
        }
        if !isOrdered {
            inside.sort { columns.precedes(wanted[candidates[$0]], wanted[candidates[$1]]) }
        }
        countPlaces()
        points = Points(capacity: inside.count)
        rows = NarrowColumn(inside.map { candidates[$0] })
        for candidate in inside {
            let row = wanted[candidates[candidate]]
            points.append(
                x: x[candidate], y: y[candidate], time: columns.created[row], category: columns.category[row])
        }
    }

    /// Places all rows of columns, worked on by all cores at once.
    ///
    /// - Throws: `CancellationError`.
    static func parallel(_ columns: ContributionColumns, on plane: ProceedingPlane) async throws -> PlacedPoints {
        let ranges = stride(from: 0, to: columns.count, by: 65_536).map { $0..<min($0 + 65_536, columns.count) }
        let parts = try await withThrowingTaskGroup(of: (Int, PlacedPoints).self) { group in
            for (index, range) in ranges.enumerated() {
                group.addTask {
                    try Task.checkCancellation()
                    return (index, PlacedPoints(columns, Array(range), on: plane))
                }
            }
            var parts = [PlacedPoints](repeating: PlacedPoints(), count: ranges.count)
            for try await (index, part) in group { parts[index] = part }
            return parts
        }
        return joined(parts, ranges.enumerated().map { ColumnRun($0, 0..<$1.count) }, columns)
    }

    /// The places of columns that were joined of others.
    ///
    /// - Parameter columns: as they are joined.
    /// - Complexity: linear in all rows.
    static func joined(
        _ parts: [PlacedPoints], _ runs: [ColumnRun], _ columns: ContributionColumns
    ) -> PlacedPoints {
        var result = PlacedPoints()
        result.place.reserveCapacity(columns.count + columns.count / 8 + 16)
        // For every row of a part the row that it has become; −1 for those left out.
        var moved = parts.map { [Int32](repeating: -1, count: $0.place.count) }
        for run in runs {
            for row in run.rows {
                moved[Int(run.part)][row] = Int32(truncatingIfNeeded: result.place.count)
                result.place.append(parts[Int(run.part)].place[row])
            }
        }
        var lists: [[Source]] = parts.indices.map { part in
            var list: [Source] = []
            for (point, row) in parts[part].rows.enumerated() where moved[part][row] >= 0 {
                list.append(
                    Source(
                        part: Int32(truncatingIfNeeded: part), point: Int32(truncatingIfNeeded: point),
                        row: moved[part][row]))
            }
            return list
        }
        // Two by two, so that each point is moved as often as there are doublings of lists.
        while lists.count > 1 {
            lists = stride(from: 0, to: lists.count, by: 2).map { first in
                first + 1 < lists.count ? Source.merged(lists[first], lists[first + 1], columns) : lists[first]
            }
        }
        result.countPlaces()
        result.take(lists.first ?? [], of: parts, columns)
        return result
    }

    private mutating func take(_ list: [Source], of parts: [PlacedPoints], _ columns: ContributionColumns) {
        let room = list.count + list.count / 8 + 16
        points = Points(capacity: room)
        for source in list {
            let (part, point, row) = (Int(source.part), Int(source.point), Int(source.row))
            points.append(
                x: parts[part].points.x[point], y: parts[part].points.y[point], time: columns.created[row],
                category: columns.category[row])
        }
        rows = NarrowColumn(list.map { Int($0.row) })
    }

    /// A point of a part on its way into joined columns.
    private struct Source {
        var part: Int32
        var point: Int32
        var row: Int32

        static func merged(_ first: [Source], _ second: [Source], _ columns: ContributionColumns) -> [Source] {
            guard !first.isEmpty, !second.isEmpty else { return first.isEmpty ? second : first }
            var result: [Source] = []
            result.reserveCapacity(first.count + second.count)
            var (a, b) = (0, 0)
            while a < first.count, b < second.count {
                if columns.precedes(Int(second[b].row), Int(first[a].row)) {
                    result.append(second[b])
                    b += 1
                } else {
                    result.append(first[a])
                    a += 1
                }
            }
            result += first[a...]
            result += second[b...]
            return result
        }
    }
}

extension PlacedPoints {
    /// Changes up to which each point is put in its place; above, all points are put in order anew.
    private static let singly = 32

    /// Follows a change of the columns.
    ///
    /// - Parameter columns: as they are after it.
    /// - Complexity: linear with a small factor for a few changes in their places; nothing but an addition for what is
    ///   newest and comes last.
    mutating func apply(_ edit: ColumnEdit, _ columns: ContributionColumns, on plane: ProceedingPlane) {
        switch edit {
        case .joined(let runs, let changed):
            let fresh = PlacedPoints(changed, Array(0..<changed.count), on: plane)
            var history = history
            let gone = points(outside: runs, limit: Self.singly)
            self = Self.joined([self, fresh], runs, columns)
            guard let gone, fresh.rows.count <= Self.singly else { return }
            history.note(gone: gone, come: fresh.rows.indices.map(fresh.position))
            self.history = history
        case .inPlace(let replaced, let added):
            let old = columns.count - added
            let changed = replaced + Array(old..<columns.count)
            let fresh = PlacedPoints(columns, changed, on: plane)
            guard changed.count <= Self.singly else {
                var runs: [ColumnRun] = []
                var cursor = 0
                for (number, row) in replaced.enumerated() {
                    runs.add(0, cursor..<row)
                    runs.add(1, number..<number + 1)
                    cursor = row + 1
                }
                runs.add(0, cursor..<old)
                runs.add(1, replaced.count..<changed.count)
                self = Self.joined([self, fresh], runs, columns)
                return
            }
            var gone: [Position] = []
            for row in replaced where place[row] == .inside {
                guard let point = rows.firstIndex(of: row) else { continue }
                gone.append(position(point))
                remove(point)
            }
            history.note(gone: gone, come: fresh.rows.indices.map(fresh.position))
            place.append(contentsOf: repeatElement(.unlocated, count: added))
            counts[Int(Place.unlocated.rawValue)] += added
            for (number, row) in changed.enumerated() {
                counts[Int(place[row].rawValue)] -= 1
                place[row] = fresh.place[number]
                counts[Int(place[row].rawValue)] += 1
            }
            for (point, number) in fresh.rows.enumerated() { insert(fresh, point, row: changed[number], columns) }
        }
    }

    private func position(_ point: Int) -> Position { Position(points.x[point], points.y[point]) }

    /// Where the points lie whose rows are not among those of the first part of some runs; `nil` where there are many.
    ///
    /// - Complexity: linear.
    private func points(outside runs: [ColumnRun], limit: Int) -> [Position]? {
        var isKept = [Bool](repeating: false, count: place.count)
        for run in runs where run.part == 0 {
            for row in run.rows { isKept[row] = true }
        }
        guard isKept.count(where: { !$0 }) <= limit else { return nil }
        return rows.indices.filter { !isKept[rows[$0]] }.map(position)
    }

    private mutating func remove(_ point: Int) {
        points.x.remove(at: point)
        points.y.remove(at: point)
        points.weight.remove(at: point)
        points.time.remove(at: point)
        points.category.remove(at: point)
        rows.remove(at: point)
    }

    private mutating func insert(_ other: PlacedPoints, _ point: Int, row: Int, _ columns: ContributionColumns) {
        var (low, high) = (0, rows.count)
        // What is newest comes last: that is looked at first.
        if let last = rows.last, columns.precedes(last, row) { low = high }
        while low < high {
            let middle = (low + high) / 2
            if columns.precedes(rows[middle], row) { low = middle + 1 } else { high = middle }
        }
        points.x.insert(other.points.x[point], at: low)
        points.y.insert(other.points.y[point], at: low)
        points.weight.insert(1, at: low)
        points.time.insert(other.points.time[point], at: low)
        points.category.insert(other.points.category[point], at: low)
        rows.insert(row, at: low)
    }
}

extension ContributionColumns {
    /// Whether one row comes before another: by time, then place, then figures, and last by number.
    fileprivate func precedes(_ first: Int, _ second: Int) -> Bool {
        if created[first] != created[second] { return created[first] < created[second] }
        if longitude[first] != longitude[second] { return longitude[first] < longitude[second] }
        if latitude[first] != latitude[second] { return latitude[first] < latitude[second] }
        let (a, b) = (
            (votesUp[first], votesDown[first], comments[first], category[first]),
            (votesUp[second], votesDown[second], comments[second], category[second])
        )
        return a == b ? first < second : a < b
    }
}
