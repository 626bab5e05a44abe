import GeoCore
import Storage
import Synchronization

/// Answers to questions about hotspots.
typealias AnswerCache = KeptAnswers<HotspotQuestion>

/// A question whose answers are kept.
protocol KeptQuestion: Sendable, Hashable {
    /// Whether its answer stands on shapes or layers, too, which may be of the version that was asked for where the columns
    /// are newer.
    var readsBesideColumns: Bool { get }
}

extension HotspotQuestion: KeptQuestion {
    var readsBesideColumns: Bool { spreads || layer != nil }
}

extension PatternQuestion: KeptQuestion {
    var readsBesideColumns: Bool { layer != nil || method == .ripley }
}

/// Answers kept in memory by question and data; equal questions at the same time share one computation.
final class KeptAnswers<Question: KeptQuestion>: Sendable {
    struct Key: Hashable, Sendable {
        var tenant: Int64
        var proceeding: Int64
        var dataVersion: Int64
        var viewerStates: [Int64]
        var filter: ContributionFilter
        var question: Question
        /// What the tenant says of plane and days, which no version of the data counts.
        var setting: [String]

        /// Whether it asks of newer data of the same proceeding; nobody asks of the older ones any more.
        func isNewer(than other: Key) -> Bool {
            tenant == other.tenant && proceeding == other.proceeding && dataVersion > other.dataVersion
        }
    }

    /// Most bytes of answers that are kept, about.
    private let limit: Int

    /// The answers, those used last at the end.
    private let kept = Mutex<[(key: Key, answer: AnalysisAnswer<Question>, size: Int)]>([])
    /// How often everything was forgotten: what was computed before is not kept.
    private let generation = Atomic<Int>(0)
    private let turns = Turns<Key>()

    /// Makes an empty cache.
    init(limit: Int = 64 << 20) { self.limit = limit }

    /// The answer of a question: the kept one, that of a computation under way, or that of `compute`.
    ///
    /// The first who asks computes in their own task. When that fails or is cancelled, the next of those who wait
    /// takes its turn, so that nobody is told of another's cancellation. An answer from newer data than was asked for is
    /// kept for both.
    func answer(
        _ key: Key, compute: () async throws -> AnalysisAnswer<Question>
    ) async throws -> AnalysisAnswer<Question> {
        if let known = known(key) { return known }
        return try await turns.with(key) {
            if let known = known(key) { return known }
            let began = generation.load(ordering: .acquiring)
            let answer = try await compute()
            keep(answer, for: key, since: began)
            // Layers and shapes were read before the columns, and may be of the version that was asked for.
            if answer.analysis.dataVersion != key.dataVersion, !key.question.readsBesideColumns {
                var newer = key
                newer.dataVersion = answer.analysis.dataVersion
                keep(answer, for: newer, since: began)
            }
            return answer
        }
    }

    /// Forgets all answers, those under way too.
    func removeAll() {
        kept.withLock { kept in
            generation.add(1, ordering: .releasing)
            kept.removeAll()
        }
    }

    private func known(_ key: Key) -> AnalysisAnswer<Question>? {
        kept.withLock { kept in
            guard let index = kept.firstIndex(where: { $0.key == key }) else { return nil }
            let entry = kept.remove(at: index)
            kept.append(entry)
            return entry.answer.unread
        }
    }

    private func keep(_ answer: AnalysisAnswer<Question>, for key: Key, since began: Int) {
        let size = answer.size
        guard size <= limit / 2 else { return }
        kept.withLock { kept in
            guard generation.load(ordering: .acquiring) == began else { return }
            kept.removeAll { $0.key == key || key.isNewer(than: $0.key) }
            // Shapes that whoever asked makes of the cells are not counted.
            kept.append((key, answer.unread, size))
            var total = kept.reduce(0) { $0 + $1.size }
            while total > limit { total -= kept.removeFirst().size }
        }
    }
}

extension AnalysisAnswer {
    /// Bytes in memory, about.
    fileprivate var size: Int {
        if let cells = shapes.cells { return 4096 + cells.size }
        let listed = series.reduce(4096) { $0 + 32 * $1.values.count }
        return features.reduce(listed) { $0 + 200 + 64 * $1.properties.count + 16 * $1.shape.shape.positionCount }
    }
}
