import Analysis
import GeoCore
import Storage

/// How many contributions of each category there are somewhere.
struct CategoryMix {
    /// One category.
    private struct Part {
        /// Its slug; `nil` for contributions without one, which are told nowhere.
        let slug: String?
        let count: Int
        let isPrivate: Bool
        let people: Contributors
    }

    /// The most frequent first.
    private let parts: [Part]

    /// Nothing.
    init() { parts = [] }

    /// Counts some rows of columns.
    ///
    /// - Parameter hidden: numbers of the private categories.
    init(_ rows: some Sequence<Int>, of columns: ContributionColumns, hidden: PrivateCodes) {
        var found: [Int32: (count: Int, people: Contributors)] = [:]
        for row in rows {
            let category = columns.category[row]
            found[category, default: (0, Contributors())].count += 1
            found[category]?.people.add(
                columns.author[row], least: hidden.least(category), isPrivate: hidden.contains(category))
        }
        // Categories stand in alphabetical order.
        parts = found.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { code, figures in
            Part(
                slug: code >= 0 ? columns.categoryNames[Int(code)] : nil, count: figures.count,
                isPrivate: hidden.contains(code), people: figures.people)
        }
    }

    /// All counts, by slug.
    var told: JSONValue { object(without: []) }

    /// The counts without those of few people, and without others that would give these away beside the whole.
    ///
    /// Those of private categories are hidden among each other, since everybody can count the rest.
    ///
    /// - Throws: `AnalysisError`; none for counts made here.
    func masked() throws -> JSONValue {
        var hidden: Set<Int> = []
        for side in [true, false] {
            let places = parts.indices.filter { parts[$0].isPrivate == side }
            let suppression = try CellSuppression(
                places.map { parts[$0].count }, contributors: places.map { parts[$0].people })
            hidden.formUnion(suppression.isTotalPublishable ? suppression.suppressed.map { places[$0] } : places)
        }
        return object(without: hidden)
    }

    /// The counts of several places with ``masked()`` for each of them, beside the whole of every category.
    ///
    /// Private categories are told everywhere or nowhere: where few people of one stand behind a place that is told, or
    /// behind all those that are hidden, what is known of the whole of each category would give them away. Where there is
    /// one private category, it is hidden and told with the places.
    ///
    /// - Parameter hidden: places of which nothing is told.
    /// - Throws: `AnalysisError`; none for counts made here.
    static func masked(_ mixes: [CategoryMix], hidden: Set<Int>) throws -> [JSONValue] {
        var behindHidden: [String: Contributors] = [:]
        var hasFew = false
        for (place, mix) in mixes.enumerated() {
            for part in mix.parts where part.isPrivate {
                if hidden.contains(place) {
                    behindHidden[part.slug ?? "", default: Contributors()].formUnion(part.people)
                } else if part.people.areFew {
                    hasFew = true
                }
            }
        }
        let areTold = !hasFew && !behindHidden.values.contains(where: \.areFew)
        return try mixes.enumerated().map { place, mix in
            if hidden.contains(place) { return .null }
            return try areTold ? mix.masked() : mix.withoutPrivate.masked()
        }
    }

    /// The counts of public categories.
    var withoutPrivate: CategoryMix { CategoryMix(parts: parts.filter { !$0.isPrivate }) }

    private init(parts: [Part]) { self.parts = parts }

    private func object(without hidden: Set<Int>) -> JSONValue {
        .object(
            parts.indices.compactMap { place in
                guard !hidden.contains(place), let slug = parts[place].slug else { return nil }
                return JSONValue.Member(slug, .integer(Int64(parts[place].count)))
            })
    }
}

extension AnalysisGround {
    /// How many of some points are of each category.
    func categoryMix(_ rows: [Int]) -> CategoryMix {
        CategoryMix(rows.lazy.map { usedRows[$0] }, of: columns, hidden: hidden)
    }

    /// How many known people wrote some points; `nil` where nobody of those who did is known.
    func knownPeople(_ rows: [Int]) -> Int? {
        if rows.isEmpty { return 0 }
        let people = Set(rows.lazy.map { columns.author[usedRows[$0]] }.filter { $0 != 0 })
        return people.isEmpty ? nil : people.count
    }
}
