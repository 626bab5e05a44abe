public import GeoCore
public import Participation
import TextSearch

/// A contribution that may say the same as a text.
public struct SimilarText: Sendable {
    /// The contribution.
    public var contribution: Contribution
    /// The point that stands for it.
    public var point: Position?
    /// How much of the words are shared, from 0 to 1: twice the shared stems by the stems of both (Dice 1945).
    public var words: Double
}

extension ScopedReader {
    /// Contributions the viewer may see that share rare words with a text or lie in a box, in no order.
    ///
    /// Stands on the six longest stems of the text, since long German words are rare ones.
    ///
    /// - Parameters:
    ///   - id: a contribution that is left out; 0 for none.
    ///   - limit: most candidates by words, and most by place.
    /// - Throws: ``StorageError``.
    public func similarTexts(
        to text: String, near box: BoundingBox?, except id: Int64, of proceeding: Proceeding, limit: Int
    ) throws -> [SimilarText] {
        var stemmer = GermanStemmer()
        let stems = Self.stems(of: text, &stemmer)
        let rare = Array(Set(stems).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }.prefix(6))
        var found: [Int64: SimilarText] = [:]
        func collect(_ candidates: SQL, order: SQL) throws {
            try connection.query(
                """
                SELECT \(raw: shownContribution(in: proceeding)), c.x, c.y FROM (\(candidates)) AS p CROSS JOIN contribution c
                    ON c.tenant = \(tenant) AND c.proceeding = \(proceeding.key) AND c.id = p.id
                WHERE c.id <> \(id) AND \(isVisible("c", in: proceeding)) \(order) LIMIT \(limit)
                """
            ) { row in
                let contribution = try contribution(row)
                guard found[contribution.id] == nil else { return true }
                let others = Self.stems(of: contribution.title + " " + contribution.text, &stemmer)
                let point = row.optionalReal(Self.contributionColumnCount).flatMap { x in
                    row.optionalReal(Self.contributionColumnCount + 1).map { Position(x, $0) }
                }
                found[contribution.id] = SimilarText(
                    contribution: contribution, point: point, words: Self.share(stems, others))
                return true
            }
        }
        if !rare.isEmpty { try collect(connection.dialect.textRanked(rare), order: "ORDER BY p.rank, p.id") }
        if let box {
            try collect(
                connection.dialect.candidates(index: .contributions, key: proceeding.key, box: box), order: "")
        }
        return found.values.sorted { $0.contribution.id < $1.contribution.id }
    }

    /// The stems of a text with four letters or more: shorter words say little.
    private static func stems(of text: String, _ stemmer: inout GermanStemmer) -> Set<String> {
        Set(stemmer.stems(of: text).split(separator: " ").filter { $0.utf8.count >= 4 }.map(String.init))
    }

    private static func share(_ left: Set<String>, _ right: Set<String>) -> Double {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        return 2 * Double(left.intersection(right).count) / Double(left.count + right.count)
    }
}
