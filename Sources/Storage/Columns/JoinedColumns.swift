import GeoCore

extension ContributionColumns {
    /// Columns of some rows of several columns.
    ///
    /// - Parameter runs: which rows, so that their numbers rise.
    /// - Complexity: linear in the rows.
    public static func joined(_ parts: [ContributionColumns], _ runs: [ColumnRun]) -> ContributionColumns {
        let count = runs.reduce(0) { $0 + $1.rows.count }
        var result = ContributionColumns()
        result.id = gather(parts.map(\.id), runs, count)
        result.created = gather(parts.map(\.created), runs, count)
        result.quality = gather(parts.map(\.quality), runs, count)
        result.longitude = gather(parts.map(\.longitude), runs, count)
        result.latitude = gather(parts.map(\.latitude), runs, count)
        result.votesUp = gather(parts.map(\.votesUp), runs, count)
        result.votesDown = gather(parts.map(\.votesDown), runs, count)
        result.comments = gather(parts.map(\.comments), runs, count)
        result.status = gather(parts.map(\.status), runs, count)
        result.author = gather(parts.map(\.author), runs, count)
        result.category = gather(parts.map(\.category), runs, count)
        result.joinCategories(parts, runs)
        result.joinBoxes(parts, runs)
        return result
    }

    /// A column of some rows of several columns, with room for more.
    static func gather<Value>(_ columns: [[Value]], _ runs: [ColumnRun], _ count: Int) -> [Value] {
        var result: [Value] = []
        // What comes later is added at the end: a part of the room is not touched until then.
        result.reserveCapacity(count + count / 8 + 16)
        if let only = columns.first, columns.count == 1 {
            for run in runs {
                if run.rows.count == 1 {
                    result.append(only[run.rows.lowerBound])
                } else {
                    result.append(contentsOf: only[run.rows])
                }
            }
        } else {
            for run in runs { result.append(contentsOf: columns[Int(run.part)][run.rows]) }
        }
        return result
    }

    /// Brings the indices of the parts to those of the names that occur, in alphabetical order.
    private mutating func joinCategories(_ parts: [ContributionColumns], _ runs: [ColumnRun]) {
        var counts = parts.map { [Int](repeating: 0, count: $0.categoryNames.count + 1) }
        var place = 0
        for run in runs {
            for _ in run.rows {
                counts[Int(run.part)][Int(category[place]) + 1] += 1
                place += 1
            }
        }
        var total: [String: Int] = [:]
        for (part, counts) in zip(parts, counts) {
            for (name, count) in zip(part.categoryNames, counts.dropFirst()) where count > 0 {
                total[name, default: 0] += count
            }
        }
        categoryNames = total.keys.sorted()
        categoryCounts = categoryNames.map { total[$0] ?? 0 }
        guard parts.contains(where: { $0.categoryNames != categoryNames }) else { return }
        let index = Dictionary(
            uniqueKeysWithValues: categoryNames.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
        let maps = parts.map { part in [-1] + part.categoryNames.map { index[$0] ?? -1 } }
        place = 0
        for run in runs {
            for _ in run.rows {
                category[place] = maps[Int(run.part)][Int(category[place]) + 1]
                place += 1
            }
        }
    }

    private mutating func joinBoxes(_ parts: [ContributionColumns], _ runs: [ColumnRun]) {
        guard parts.contains(where: { !$0.boxes.isEmpty }) else { return }
        for run in runs {
            let boxes = parts[Int(run.part)].boxes
            if run.rows.count <= boxes.count {
                for row in run.rows {
                    let number = parts[Int(run.part)].id[row]
                    if let box = boxes[number] { self.boxes[number] = box }
                }
            } else {
                for (number, box) in boxes {
                    if let row = parts[Int(run.part)].row(of: number), run.rows.contains(row) {
                        self.boxes[number] = box
                    }
                }
            }
        }
    }
}

/// Makes columns of rows in any order.
struct ColumnBuilder {
    private var columns = ContributionColumns()
    private var categories: [String: Int32] = [:]

    /// Makes an empty builder with room for `capacity` rows.
    init(capacity: Int) {
        columns.id.reserveCapacity(capacity)
        columns.created.reserveCapacity(capacity)
        columns.quality.reserveCapacity(capacity)
        columns.category.reserveCapacity(capacity)
        columns.longitude.reserveCapacity(capacity)
        columns.latitude.reserveCapacity(capacity)
        columns.votesUp.reserveCapacity(capacity)
        columns.votesDown.reserveCapacity(capacity)
        columns.comments.reserveCapacity(capacity)
        columns.status.reserveCapacity(capacity)
        columns.author.reserveCapacity(capacity)
    }

    mutating func append(_ row: ColumnRow) {
        var index: Int32 = -1
        if let name = row.category {
            if let known = categories[name] {
                index = known
            } else {
                index = Int32(truncatingIfNeeded: categories.count)
                categories[name] = index
                columns.categoryNames.append(name)
            }
        }
        columns.append(row, category: index)
    }

    /// The columns in order of the rows' numbers.
    ///
    /// - Complexity: O(n log n), O(n) where the rows came in that order.
    func finished() -> ContributionColumns {
        let id = columns.id
        let isSorted = zip(id, id.dropFirst()).allSatisfy { $0 < $1 }
        if isSorted { return ContributionColumns.joined([columns], [ColumnRun(0, 0..<id.count)]) }
        let order = id.indices.sorted { id[$0] < id[$1] }
        return ContributionColumns.joined([columns], order.map { ColumnRun(0, $0..<$0 + 1) })
    }
}

extension ContributionColumns {
    /// Adds a row at the end; `category` is the index of its category.
    mutating func append(_ row: ColumnRow, category index: Int32) {
        id.append(row.id)
        created.append(row.created)
        quality.append(row.quality)
        category.append(index)
        longitude.append(row.longitude)
        latitude.append(row.latitude)
        votesUp.append(row.votesUp)
        votesDown.append(row.votesDown)
        comments.append(row.comments)
        status.append(row.status)
        author.append(row.author)
        if let box = row.box { boxes[row.id] = box }
    }

    /// Writes a row anew; `category` is the index of its category.
    mutating func replace(_ place: Int, with row: ColumnRow, category index: Int32) {
        created[place] = row.created
        quality[place] = row.quality
        category[place] = index
        longitude[place] = row.longitude
        latitude[place] = row.latitude
        votesUp[place] = row.votesUp
        votesDown[place] = row.votesDown
        comments[place] = row.comments
        status[place] = row.status
        author[place] = row.author
        boxes[row.id] = row.box
    }
}
