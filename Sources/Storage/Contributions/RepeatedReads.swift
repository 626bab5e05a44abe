public import Participation

extension ScopedReader {
    /// Of contributions that one author made at one place, those that say word for word what an earlier one says.
    ///
    /// - Parameter groups: the numbers of each author's contributions at each place, rising.
    /// - Complexity: one statement for every 500 contributions.
    public func repeated(_ groups: [[Int64]], of proceeding: Proceeding) throws -> Set<Int64> {
        var words: [Int64: String] = [:]
        let all = Array(groups.joined())
        for start in stride(from: 0, to: all.count, by: 500) {
            let some = Array(all[start..<min(start + 500, all.count)])
            try connection.query(
                """
                SELECT c.id, c.title, c.text FROM contribution c
                WHERE c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id IN \(SQL.list(some))
                    AND \(isCounted(across: [proceeding], "c"))
                """
            ) { row in
                words[row.integer(0)] = "\(row.text(1))\u{0}\(row.text(2))"
                return true
            }
        }
        var repeated: Set<Int64> = []
        for group in groups {
            var known: Set<String> = []
            for number in group {
                guard let own = words[number] else { continue }
                if !known.insert(own).inserted { repeated.insert(number) }
            }
        }
        return repeated
    }
}
