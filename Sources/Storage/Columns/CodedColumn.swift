/// A column of few different words: for each row the index of its word.
///
/// The words are those that occur, in alphabetical order, so that equal rows make equal columns.
public struct CodedColumn: Sendable {
    /// For each row the index into ``names``; −1 for none.
    public internal(set) var codes = NarrowColumn<Int32>()
    /// The words that occur, in alphabetical order.
    public internal(set) var names: [String] = []
    /// How often each of them occurs.
    public internal(set) var counts: [Int] = []

    /// Makes an empty column.
    public init() {}

    /// A column of some rows of several.
    ///
    /// - Complexity: linear in the rows.
    static func joined(_ parts: [CodedColumn], _ runs: [ColumnRun], _ count: Int) -> CodedColumn {
        var result = CodedColumn()
        result.codes = NarrowColumn(joining: parts.map(\.codes), runs, count)
        var counts = parts.map { [Int](repeating: 0, count: $0.names.count + 1) }
        for run in runs {
            let (part, codes) = (Int(run.part), parts[Int(run.part)].codes)
            for row in run.rows { counts[part][Int(codes[row]) + 1] += 1 }
        }
        var total: [String: Int] = [:]
        for (part, counts) in zip(parts, counts) {
            for (name, count) in zip(part.names, counts.dropFirst()) where count > 0 {
                total[name, default: 0] += count
            }
        }
        result.names = total.keys.sorted()
        result.counts = result.names.map { total[$0] ?? 0 }
        guard parts.contains(where: { $0.names != result.names }) else { return result }
        let index = Dictionary(
            uniqueKeysWithValues: result.names.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
        let maps = parts.map { part in [-1] + part.names.map { index[$0] ?? -1 } }
        var recoded: [Int32] = []
        recoded.reserveCapacity(count)
        for run in runs {
            let map = maps[Int(run.part)]
            for _ in run.rows { recoded.append(map[Int(result.codes[recoded.count]) + 1]) }
        }
        result.codes = NarrowColumn(recoded)
        return result
    }

    /// The codes of the words of changed and new rows, and how often each word occurs with them; `nil` where a word comes
    /// or goes.
    ///
    /// - Parameter places: the row of each word; `nil` for new ones.
    func kept(_ words: [String?], _ places: [Int?]) -> (codes: [Int32], counts: [Int])? {
        var counts = counts
        var kept: [Int32] = []
        kept.reserveCapacity(words.count)
        for (word, place) in zip(words, places) {
            if let place, codes[place] >= 0 { counts[Int(codes[place])] -= 1 }
            guard let word else {
                kept.append(-1)
                continue
            }
            guard let index = index(of: word) else { return nil }
            counts[index] += 1
            kept.append(Int32(truncatingIfNeeded: index))
        }
        return counts.contains(0) ? nil : (kept, counts)
    }

    private func index(of name: String) -> Int? {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low < names.count && names[low] == name ? low : nil
    }
}

/// Gives the words of a column their codes, in the order in which they come.
struct CodedWords {
    private(set) var names: [String] = []
    private var codes: [String: Int32] = [:]

    /// The code of a word, a new one where it has not come before.
    mutating func code(_ word: String?) -> Int32 {
        guard let word else { return -1 }
        if let known = codes[word] { return known }
        let code = Int32(truncatingIfNeeded: names.count)
        codes[word] = code
        names.append(word)
        return code
    }
}

/// The codes of the words of one row.
struct RowCodes {
    var category: Int32
    var type: Int32
    var channel: Int32
}
