import Analysis
import GeoCore
import Participation
import Storage
import TextSearch

extension Installation {
    /// Contributions whose texts are read at once.
    private static let termPage = 2000
    /// Most words that a cluster tells.
    private static let termCount = 5

    /// Tells of each cluster the words that single it out from all other contributions that were analysed, where the
    /// question wants them.
    ///
    /// Where few are withheld from some, these are told words of public categories only.
    ///
    /// - Throws: `StorageError`, `CancellationError`.
    func addTerms(
        to answer: inout HotspotAnswer, of computation: HotspotComputation, filter: ContributionFilter, scope: Scope
    ) async throws {
        let (question, ground, proceeding) = (computation.question, computation.ground, computation.proceeding)
        guard question.method.makesClusters, question.terms == true, !computation.clusterRows.isEmpty else { return }
        var clusters = [Int?](repeating: nil, count: ground.usedRows.count)
        for (cluster, rows) in computation.clusterRows.enumerated() {
            for row in rows { clusters[row] = cluster }
        }
        let rows = Dictionary(
            ground.usedRows.enumerated().map { (ground.columns.id[$1], $0) }, uniquingKeysWith: { first, _ in first })
        let filter = try await lookedUp(filter, of: proceeding, scope: scope)
        var words = ClusterWords()
        var last = Int64.min
        while true {
            let after = last
            let page = try await engine.read {
                try scope.reader($0).texts(of: proceeding, filter: filter, after: after, limit: Self.termPage)
            }
            try Task.checkCancellation()
            for (id, title, text) in page {
                last = id
                guard let row = rows[id] else { continue }
                let isPrivate = ground.person(ground.usedRows[row]).isPrivate
                words.add(title + "\n" + text, of: id, cluster: clusters[row], isPrivate: isPrivate)
            }
            if page.count < Self.termPage { break }
        }
        let (told, masked) = words.told(
            clusters: computation.clusterRows.count, most: Self.termCount, people: CellSuppression.standardThreshold)
        var features = answer.features
        for cluster in features.indices {
            guard let place = features[cluster].properties.firstIndex(where: { $0.name == "terms" }) else { continue }
            features[cluster].properties[place].value = told[cluster]
            features[cluster].masked.append(("terms", masked[cluster]))
        }
        answer.features = features
    }
}

/// The words of contributions, by cluster.
private struct ClusterWords: ~Copyable {
    private var stemmer = GermanStemmer()
    private var all = TellingTerms()
    /// Of public categories alone.
    private var open = TellingTerms()
    private var hasPrivate = false
    private var numbers: [[UInt8]: Int32] = [:]
    /// How often each stem was written how.
    private var forms: [[[UInt8]: Int]] = []

    mutating func add(_ text: String, of contribution: Int64, cluster: Int?, isPrivate: Bool) {
        var words: [(stem: [UInt8], word: [UInt8])] = []
        stemmer.forEachTellingWord(of: text) { words.append(($0, $1)) }
        var terms: Set<Int32> = []
        for (stem, word) in words {
            let number = numbers[stem] ?? Int32(truncatingIfNeeded: forms.count)
            if Int(number) == forms.count {
                numbers[stem] = number
                forms.append([:])
            }
            forms[Int(number)][word, default: 0] += 1
            terms.insert(number)
        }
        // Each counts as another's: who wrote it would tell which are of one person.
        let person = UInt64(bitPattern: ~contribution)
        all.add(terms, group: cluster, person: person)
        if isPrivate { hasPrivate = true } else { open.add(terms, group: cluster, person: person) }
    }

    /// The words of each cluster, and those that may be told to everybody.
    func told(clusters: Int, most: Int, people: Int) -> (all: [JSONValue], open: [JSONValue]) {
        let (forms, hasPrivate) = (forms, hasPrivate)
        func list(_ terms: TellingTerms) -> [JSONValue] {
            let found = terms.byGroup(most: most, people: people)
            return (0..<clusters).map { cluster in
                .array((found[cluster] ?? []).map { .string(Self.form(forms[Int($0.term)])) })
            }
        }
        let told = list(all)
        return (told, hasPrivate ? list(open) : told)
    }

    /// A stem as it is written most often, among equals the first of the alphabet.
    private static func form(_ forms: [[UInt8]: Int]) -> String {
        let written = forms.map { (word: String(decoding: $0.key, as: UTF8.self), times: $0.value) }
        return written.min { ($1.times, $0.word) < ($0.times, $1.word) }?.word ?? ""
    }
}
