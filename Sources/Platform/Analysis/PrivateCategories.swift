import Analysis
import Participation

/// The private categories of a proceeding.
struct PrivateCategories: Sendable {
    /// The slugs of all of them, sorted.
    let slugs: [String]
    /// The slugs of the sensitive ones among them, sorted.
    let sensitive: [String]

    /// Takes those that are private.
    init(_ categories: [Category] = []) {
        let hidden = categories.filter(\.isPrivate)
        slugs = hidden.map(\.id).sorted()
        sensitive = hidden.filter(\.isSensitive).map(\.id).sorted()
    }

    /// How many people must stand behind a number, where some categories are sensitive.
    ///
    /// They follow from the list of categories, which everybody may read, and never from where contributions lie.
    var parameters: [AnalysisRecord.Parameter] {
        guard !sensitive.isEmpty else { return [] }
        return [
            ("leastPeople", CellSuppression.standardThreshold),
            ("leastPeopleSensitive", CellSuppression.sensitiveThreshold),
        ].map { AnalysisRecord.Parameter(name: $0, value: .number(Double($1)), unit: "people", origin: .standard) }
    }
}

/// The private categories by their numbers in columns.
struct PrivateCodes: Sendable {
    /// The numbers of all of them.
    let all: Set<Int32>
    /// The numbers of the sensitive ones among them.
    let sensitive: Set<Int32>

    /// Whether a category is private.
    func contains(_ category: Int32) -> Bool { all.contains(category) }

    /// How many people must stand behind a count with contributions of a category; 0 for no more than usual.
    func least(_ category: Int32) -> Int { sensitive.contains(category) ? CellSuppression.sensitiveThreshold : 0 }
}
