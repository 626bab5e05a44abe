import GeoCore

extension ContributionColumns {
    /// Columns of some rows of several columns.
    ///
    /// - Parameter runs: which rows, so that their numbers rise.
    /// - Complexity: linear in the rows.
    public static func joined(_ parts: [ContributionColumns], _ runs: [ColumnRun]) -> ContributionColumns {
        let count = runs.reduce(0) { $0 + $1.rows.count }
        var result = ContributionColumns()
        result.id = NarrowColumn(joining: parts.map(\.id), runs, count)
        result.created = gather(parts.map(\.created), runs, count)
        result.quality = gather(parts.map(\.quality), runs, count)
        result.longitude = gather(parts.map(\.longitude), runs, count)
        result.latitude = gather(parts.map(\.latitude), runs, count)
        result.votesUp = NarrowColumn(joining: parts.map(\.votesUp), runs, count)
        result.votesDown = NarrowColumn(joining: parts.map(\.votesDown), runs, count)
        result.comments = NarrowColumn(joining: parts.map(\.comments), runs, count)
        result.status = gather(parts.map(\.status), runs, count)
        result.author = gather(parts.map(\.author), runs, count)
        result.state = gather(parts.map(\.state), runs, count)
        result.answered = NarrowColumn(joining: parts.map(\.answered), runs, count)
        result.categories = .joined(parts.map(\.categories), runs, count)
        result.types = .joined(parts.map(\.types), runs, count)
        result.channels = .joined(parts.map(\.channels), runs, count)
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
    private var (categories, types, channels) = (CodedWords(), CodedWords(), CodedWords())

    /// Makes an empty builder with room for `capacity` rows.
    init(capacity: Int) {
        columns.id = NarrowColumn(capacity: capacity)
        columns.created.reserveCapacity(capacity)
        columns.quality.reserveCapacity(capacity)
        columns.longitude.reserveCapacity(capacity)
        columns.latitude.reserveCapacity(capacity)
        columns.votesUp = NarrowColumn(capacity: capacity)
        columns.votesDown = NarrowColumn(capacity: capacity)
        columns.comments = NarrowColumn(capacity: capacity)
        columns.status.reserveCapacity(capacity)
        columns.author.reserveCapacity(capacity)
        columns.state.reserveCapacity(capacity)
        columns.answered = NarrowColumn(capacity: capacity)
        columns.categories.codes = NarrowColumn(capacity: capacity)
        columns.types.codes = NarrowColumn(capacity: capacity)
        columns.channels.codes = NarrowColumn(capacity: capacity)
    }

    mutating func append(_ row: ColumnRow) {
        let codes = RowCodes(
            category: categories.code(row.category), type: types.code(row.type), channel: channels.code(row.channel))
        columns.append(row, codes)
    }

    /// The columns in order of the rows' numbers.
    ///
    /// - Complexity: O(n log n), O(n) where the rows came in that order.
    func finished() -> ContributionColumns {
        var columns = columns
        columns.categories.names = categories.names
        columns.types.names = types.names
        columns.channels.names = channels.names
        let id = columns.id
        let isSorted = zip(id, id.dropFirst()).allSatisfy { $0 < $1 }
        if isSorted { return ContributionColumns.joined([columns], [ColumnRun(0, 0..<id.count)]) }
        let order = id.indices.sorted { id[$0] < id[$1] }
        return ContributionColumns.joined([columns], order.map { ColumnRun(0, $0..<$0 + 1) })
    }
}

extension ContributionColumns {
    /// Adds a row at the end.
    mutating func append(_ row: ColumnRow, _ codes: RowCodes) {
        id.append(row.id)
        created.append(row.created)
        quality.append(row.quality)
        longitude.append(row.longitude)
        latitude.append(row.latitude)
        votesUp.append(row.votesUp)
        votesDown.append(row.votesDown)
        comments.append(row.comments)
        status.append(row.status)
        author.append(row.author)
        state.append(row.state)
        answered.append(row.answered)
        categories.codes.append(codes.category)
        types.codes.append(codes.type)
        channels.codes.append(codes.channel)
        if let box = row.box { boxes[row.id] = box }
    }

    /// Writes a row anew.
    mutating func replace(_ place: Int, with row: ColumnRow, _ codes: RowCodes) {
        created[place] = row.created
        quality[place] = row.quality
        longitude[place] = row.longitude
        latitude[place] = row.latitude
        votesUp[place] = row.votesUp
        votesDown[place] = row.votesDown
        comments[place] = row.comments
        status[place] = row.status
        author[place] = row.author
        state[place] = row.state
        answered[place] = row.answered
        categories.codes[place] = codes.category
        types.codes[place] = codes.type
        channels.codes[place] = codes.channel
        boxes[row.id] = row.box
    }
}
