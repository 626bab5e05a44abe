import GeoCore
import Participation
import Storage

/// What noise is drawn from: a key of the tenant that nobody is told, and the question that is asked.
///
/// A question has the same noise whenever it is asked of the same data, so that asking again does not take it away. Any other
/// question, filter or version of the data has noise of its own: noise that stayed the same would tell that nothing changed.
struct NoiseSource: Sendable {
    /// Digest of the question with its filter and what else its answer depends on but for the data.
    let question: [UInt8]
    private let key: [UInt8]

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - question: what is asked, in words that are always the same.
    ///   - filter: of which contributions; the order of its lists does not matter.
    init(key: [UInt8], question: String, filter: ContributionFilter) {
        var filter = filter
        filter.categories.sort()
        filter.types.sort()
        filter.keywords.sort()
        filter.tags.sort()
        filter.states.sort { $0.rawValue < $1.rawValue }
        filter.statuses.sort { $0.rawValue < $1.rawValue }
        filter.geometryKinds.sort { $0.rawValue < $1.rawValue }
        self.key = key
        self.question = SHA256.digest(Array("\(question)|\(String(reflecting: filter))".utf8))
    }

    /// The numbers that belong to one place of the answer.
    ///
    /// - Parameters:
    ///   - version: of the data. A restored store counts versions again, so what is counted says the rest.
    ///   - held: numbers of the contributions that are counted.
    func random(version: Int64, place: String, held: [Int64]) -> KeyedRandom {
        let counted = held.sorted().map { "\($0)" }.joined(separator: ",")
        return KeyedRandom(key: key + question, about: "\(version)|\(place)|\(counted)")
    }
}
