/// What became of columns when changes were applied to them, for whatever is kept beside them.
public enum ColumnEdit: Sendable {
    /// Some rows were written anew in their places, and some were added at the end.
    case inPlace(replaced: [Int], added: Int)
    /// The columns were joined anew: of the old ones, and of those of the changed rows.
    case joined([ColumnRun], changed: ContributionColumns)
}

extension ContributionColumns {
    /// Brings the columns up to date.
    ///
    /// - Parameters:
    ///   - rows: changed and new rows, in order of their numbers, each once.
    ///   - gone: numbers of rows that do not belong here any more, rising; those that never did are passed over.
    /// - Complexity: logarithmic for each row that stays or comes last; linear where rows go, come in between, or a
    ///   category, type or channel comes or goes.
    public mutating func apply(_ rows: [ColumnRow], removing gone: [Int64]) -> ColumnEdit {
        let places = rows.map { row(of: $0.id) }
        let last = id.last ?? .min
        let keepsOrder =
            zip(rows, places).allSatisfy { $1 != nil || $0.id > last }
            && gone.allSatisfy { row(of: $0) == nil }
        if keepsOrder, let codes = keptCodes(rows, places) {
            for ((row, place), codes) in zip(zip(rows, places), codes) {
                if let place { replace(place, with: row, codes) } else { append(row, codes) }
            }
            return .inPlace(replaced: places.compactMap(\.self), added: places.count { $0 == nil })
        }
        var builder = ColumnBuilder(capacity: rows.count)
        for row in rows { builder.append(row) }
        let changed = builder.finished()
        let runs = runs(changed: changed.id, gone: gone)
        self = Self.joined([self, changed], runs)
        return .joined(runs, changed: changed)
    }

    /// The codes of the rows' words, where no word comes or goes; counts are brought up to date.
    private mutating func keptCodes(_ rows: [ColumnRow], _ places: [Int?]) -> [RowCodes]? {
        guard let category = categories.kept(rows.map(\.category), places),
            let type = types.kept(rows.map(\.type), places),
            let channel = channels.kept(rows.map(\.channel), places)
        else { return nil }
        (categories.counts, types.counts, channels.counts) = (category.counts, type.counts, channel.counts)
        return rows.indices.map {
            RowCodes(category: category.codes[$0], type: type.codes[$0], channel: channel.codes[$0])
        }
    }

    /// The rows that stay, of these columns, and those that change or come, of the second.
    private func runs(changed: NarrowColumn<Int64>, gone: [Int64]) -> [ColumnRun] {
        var runs: [ColumnRun] = []
        var (next, removed, cursor) = (0, 0, 0)
        while next < changed.count || removed < gone.count {
            let isChanged = next < changed.count && (removed == gone.count || changed[next] <= gone[removed])
            let number = isChanged ? changed[next] : gone[removed]
            let place = id.firstRow(notBelow: number)
            runs.add(0, cursor..<max(cursor, place))
            cursor = max(cursor, place < count && id[place] == number ? place + 1 : place)
            if isChanged {
                runs.add(1, next..<next + 1)
                next += 1
            } else {
                removed += 1
            }
        }
        runs.add(0, cursor..<count)
        return runs
    }
}
