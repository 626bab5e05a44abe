import GeoCore
import Participation

extension ContributionFilter {
    /// What of the filter columns cannot tell: words, and whatever comes later.
    public var beyondColumns: ContributionFilter {
        var rest = self
        rest.boxes = []
        (rest.from, rest.until, rest.located) = (nil, nil, nil)
        (rest.insideArea, rest.minimumVotes) = (nil, nil)
        (rest.categories, rest.statuses, rest.types, rest.states) = ([], [], [], [])
        return rest
    }
}

extension ContributionColumns {
    /// The rows of several columns that a filter lets through, so that their numbers rise.
    ///
    /// - Parameter numbers: those that what is ``ContributionFilter/beyondColumns`` lets through, rising; `nil` for all.
    /// - Complexity: linear.
    public static func selection(
        of parts: [ContributionColumns], filter: ContributionFilter, numbers: [Int64]?
    ) -> [ColumnRun] {
        let chosen = parts.map { part in
            let test = ColumnTest(part, filter)
            guard let numbers else { return (0..<part.count).filter(test.lets) }
            return numbers.compactMap(part.row(of:)).filter(test.lets)
        }
        var runs: [ColumnRun] = []
        var next = [Int](repeating: 0, count: parts.count)
        while true {
            var first: (part: Int, number: Int64)?
            var second = Int64.max
            for (part, rows) in chosen.enumerated() where next[part] < rows.count {
                let number = parts[part].id[rows[next[part]]]
                if number < first?.number ?? .max {
                    second = first?.number ?? .max
                    first = (part, number)
                } else {
                    second = min(second, number)
                }
            }
            guard let part = first?.part else { return runs }
            // Everything of this part before the next row of another.
            let (rows, id) = (chosen[part], parts[part].id)
            while next[part] < rows.count, id[rows[next[part]]] < second {
                runs.add(part, rows[next[part]]..<rows[next[part]] + 1)
                next[part] += 1
            }
        }
    }
}

/// What of a filter columns can tell, the same as ``ScopedReader/conditions(_:_:)`` tells of rows of the store.
private struct ColumnTest {
    private let columns: ContributionColumns
    private let filter: ContributionFilter
    /// For every category and every type whether it is let through, none first; empty for all.
    private let categories: [Bool]
    private let types: [Bool]

    init(_ columns: ContributionColumns, _ filter: ContributionFilter) {
        self.columns = columns
        self.filter = filter
        categories = Self.wanted(filter.categories, of: columns.categories)
        types = Self.wanted(filter.types, of: columns.types)
    }

    private static func wanted(_ names: [String], of column: CodedColumn) -> [Bool] {
        let wanted = Set(names)
        return wanted.isEmpty ? [] : [false] + column.names.map { wanted.contains($0) }
    }

    func lets(_ row: Int) -> Bool {
        if let from = filter.from, columns.created[row] < from { return false }
        if let until = filter.until, columns.created[row] > until { return false }
        if !categories.isEmpty, !categories[Int(columns.category[row]) + 1] { return false }
        if !types.isEmpty, !types[Int(columns.types.codes[row]) + 1] { return false }
        if !filter.statuses.isEmpty, !filter.statuses.contains(columns.status[row]) { return false }
        if !filter.states.isEmpty, !filter.states.contains(columns.state[row]) { return false }
        let (x, y) = (columns.longitude[row], columns.latitude[row])
        if let located = filter.located, located != x.isFinite { return false }
        if let insideArea = filter.insideArea {
            guard x.isFinite, (columns.quality[row] == .inside) == insideArea else { return false }
        }
        if let votes = filter.minimumVotes {
            let sum = columns.votesUp[row].addingReportingOverflow(columns.votesDown[row])
            if !sum.overflow, sum.partialValue < votes { return false }
        }
        guard !filter.boxes.isEmpty else { return true }
        guard x.isFinite else { return false }
        let own = columns.boxes[columns.id[row]] ?? BoundingBox(minX: x, minY: y, maxX: x, maxY: y)
        return filter.boxes.contains { box in
            own.minX <= box.maxX && own.maxX >= box.minX && own.minY <= box.maxY && own.maxY >= box.minY
        }
    }
}
