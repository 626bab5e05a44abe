/// Which terms tell the texts of a group from all other texts.
///
/// A text counts once for each term in it. The score is the log-likelihood ratio of the term's share of texts inside and
/// outside the group, distributed about as χ² with one degree of freedom where the term says nothing of the group.
/// Source: Dunning 1993, “Accurate methods for the statistics of surprise and coincidence”, Computational Linguistics 19.
public struct TellingTerms: Sendable {
    private struct Use: Hashable {
        let group: Int
        let term: Int32
    }

    /// χ² of one degree of freedom at 0.05.
    private static let least = 3.841458820694124

    private var texts: [Int: Int] = [:]
    private var total = 0
    private var uses: [Use: (texts: Int, people: Contributors)] = [:]
    private var all: [Int32: Int] = [:]

    /// Starts without texts.
    public init() {}

    /// Adds a text.
    ///
    /// - Parameters:
    ///   - terms: numbers of the terms in it, each once.
    ///   - group: the group it belongs to; `nil` for none.
    ///   - person: what tells its author from others, as in ``Contributors/add(_:)``.
    public mutating func add(_ terms: some Sequence<Int32>, group: Int?, person: UInt64) {
        total += 1
        if let group { texts[group, default: 0] += 1 }
        for term in terms {
            all[term, default: 0] += 1
            guard let group else { continue }
            uses[Use(group: group, term: term), default: (0, Contributors())].texts += 1
            uses[Use(group: group, term: term)]?.people.add(person)
        }
    }

    /// For each group the terms that tell it most, those with the highest score first, then those of smaller numbers.
    ///
    /// - Parameters:
    ///   - most: how many terms at most.
    ///   - people: fewest people in the group who use a term that is told.
    /// - Complexity: O(n log n) in the terms of all groups.
    public func byGroup(most: Int, people: Int) -> [Int: [(term: Int32, score: Double)]] {
        var found: [Int: [(term: Int32, score: Double)]] = [:]
        for (use, figures) in uses where figures.people.count >= people {
            let size = texts[use.group] ?? 0
            let score = Self.score(
                inside: figures.texts, of: size, outside: (all[use.term] ?? 0) - figures.texts, of: total - size)
            if let score, score > Self.least { found[use.group, default: []].append((use.term, score)) }
        }
        return found.mapValues { terms in
            Array(terms.sorted { ($1.score, $0.term) < ($0.score, $1.term) }.prefix(most))
        }
    }

    /// The log-likelihood ratio of a term whose share is larger inside than outside; `nil` for others.
    static func score(inside: Int, of size: Int, outside: Int, of rest: Int) -> Double? {
        guard size > 0, rest > 0, Double(inside) / Double(size) > Double(outside) / Double(rest) else { return nil }
        let n = Double(size + rest)
        let with = Double(inside + outside) / n
        func part(_ observed: Int, _ expected: Double) -> Double {
            observed == 0 ? 0 : Double(observed) * Elementary.log(Double(observed) / expected)
        }
        return 2
            * (part(inside, Double(size) * with) + part(size - inside, Double(size) * (1 - with))
                + part(outside, Double(rest) * with) + part(rest - outside, Double(rest) * (1 - with)))
    }
}
