import Participation
import Storage

extension ContributionColumns {
    /// The numbers of the rows of highest rank, highest first; equal ones in the order in which they are looked at.
    ///
    /// - Parameter rank: of a row; `nil` for those that are left out.
    /// - Complexity: linear in the rows, times the length of the list for those that come onto it.
    func top<Rank: Comparable>(_ length: Int, of rows: some Sequence<Int>, by rank: (Int) -> Rank?) -> [Int64] {
        var list: [(rank: Rank, id: Int64)] = []
        for row in rows {
            guard let own = rank(row) else { continue }
            if list.count == length {
                guard let last = list.last, own > last.rank else { continue }
                list.removeLast()
            }
            list.insert((own, id[row]), at: list.firstIndex { $0.rank < own } ?? list.count)
        }
        return list.map(\.id)
    }

    /// The numbers of the most commented contributions, as far as there are comments.
    ///
    /// - Parameter isNamed: whether a row may be named.
    func mostCommented(_ length: Int, where isNamed: (Int) -> Bool) -> [Int64] {
        let comments = comments
        return top(length, of: 0..<count) { comments[$0] > 0 && isNamed($0) ? comments[$0] : nil }
    }

    /// The numbers of the newest contributions, newest first; those of one instant by number, the highest first.
    func newest(_ length: Int, where isNamed: (Int) -> Bool) -> [Int64] {
        let (created, id) = (created, id)
        // The last were made last: from there on, few come onto the list.
        return top(length, of: (0..<count).reversed()) {
            isNamed($0) ? Instant(created: created[$0], id: id[$0]) : nil
        }
    }

    /// Tells of each row whether it is in one of some states.
    func isInState(_ states: [Contribution.State]) -> (Int) -> Bool {
        let state = state
        let bits = states.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }
        return { bits >> UInt64(state[$0].rawValue) & 1 == 1 }
    }

    /// When a contribution was made; numbers tell apart what was made at one time.
    private struct Instant: Comparable {
        var created: Int64
        var id: Int64

        static func < (first: Instant, second: Instant) -> Bool {
            (first.created, first.id) < (second.created, second.id)
        }
    }

    /// How many contributions each known participant made, smallest first.
    ///
    /// - Complexity: linear.
    var contributionsPerParticipant: [Int64] {
        let made = AuthorCounts(author).counts
        var participants: [Int64: Int] = [:]
        var (number, run) = (Int64(0), 0)
        // Most made one: equal ones next to each other are counted before they are looked up.
        for own in made {
            if own != number {
                if run > 0 { participants[number, default: 0] += run }
                (number, run) = (own, 0)
            }
            run += 1
        }
        if run > 0 { participants[number, default: 0] += run }
        return participants.sorted { $0.key < $1.key }.flatMap { repeatElement($0.key, count: $0.value) }
    }
}

extension CodedColumn {
    /// How many rows have each word, most first; those that have none are counted under the empty one.
    func counted(_ label: (String) -> String) -> [ProceedingStatistics.Count] {
        var sums = Dictionary(uniqueKeysWithValues: zip(names, counts))
        let rest = codes.count - counts.reduce(0, +)
        if rest > 0 { sums["", default: 0] += rest }
        return sums.map { .init(name: $0, label: label($0), count: $1) }.sorted {
            ($1.count, $0.name) < ($0.count, $1.name)
        }
    }
}

extension ProceedingStatistics {
    /// How many rows of a column have each of its possible values, in their order and without those that none has.
    static func counts<Value: CaseIterable & RawRepresentable<Int64>>(
        _ column: [Value], _ name: (Value) -> String
    ) -> [Count] {
        let values = Array(Value.allCases)
        var sums = [Int](repeating: 0, count: Int(values.map(\.rawValue).max() ?? 0) + 1)
        for value in column { sums[Int(value.rawValue)] += 1 }
        return values.compactMap { value in
            let count = sums[Int(value.rawValue)]
            return count > 0 ? Count(name: name(value), label: name(value), count: count) : nil
        }
    }
}

extension ResponseFigures {
    /// Measures the waits of columns.
    ///
    /// Both ends are cut to the minute, which is as much as the public may know of a time.
    init(_ columns: ContributionColumns) {
        var minutes: [Int64] = []
        var (newest, oldest): (Int64, Int64?) = (.min, nil)
        for (created, answered) in zip(columns.created, columns.answered) {
            let made = created / 60_000
            newest = max(newest, made)
            if answered == ContributionColumns.unanswered {
                oldest = min(oldest ?? .max, made)
            } else {
                newest = max(newest, Int64(answered))
                minutes.append(max(0, Int64(answered) - made))
            }
        }
        self.init(minutes: minutes.sorted(), of: columns.count, longestWait: oldest.map { newest - $0 })
    }
}
