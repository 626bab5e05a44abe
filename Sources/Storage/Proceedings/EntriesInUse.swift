public import Participation

/// An entry of a list that new contributions choose from, and old ones have chosen from.
protocol ChosenEntry: SlugEntry {
    /// Whether new contributions may no longer choose it.
    var archived: Bool { get set }
    /// The column of contributions that holds its slug.
    static var column: String { get }
}

extension Category: ChosenEntry {
    static var column: String { "category" }
}

extension ContributionType: ChosenEntry {
    static var column: String { "type" }
}

extension ScopedWriter {
    /// A new list of types, and behind it what it leaves out of the old one though contributions have it: archived, since
    /// their type would have no name otherwise.
    ///
    /// - Complexity: O(types left out), each a search of the proceeding's contributions until one has it.
    public func keepingUsed(
        _ wanted: [ContributionType], of old: [ContributionType], in proceeding: Proceeding
    ) throws -> [ContributionType] {
        try keeping(wanted, of: old, in: proceeding)
    }

    /// The same of any list whose entries contributions choose.
    func keeping<Entry: ChosenEntry>(_ wanted: [Entry], of old: [Entry], in proceeding: Proceeding) throws -> [Entry] {
        let listed = Set(wanted.map(\.id))
        let kept = try old.filter { entry in
            guard !listed.contains(entry.id) else { return false }
            return try connection.first(
                """
                SELECT 1 FROM contribution WHERE tenant = \(tenant) AND proceeding = \(proceeding.key)
                    AND \(raw: Entry.column) = \(entry.id) LIMIT 1
                """
            ) { _ in true } ?? false
        }
        return wanted
            + kept.map { entry in
                var entry = entry
                entry.archived = true
                return entry
            }
    }
}
