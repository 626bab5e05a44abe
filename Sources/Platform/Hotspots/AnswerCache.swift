import GeoCore
import Storage
import Synchronization

/// Answers kept in memory by question and data; equal questions at the same time share one computation.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        var tenant: Int64
        var proceeding: Int64
        var dataVersion: Int64
        var viewerStates: [Int64]
        var filter: ContributionFilter
        var question: HotspotQuestion
        /// What the tenant says of plane and days, which no version of the data counts.
        var setting: [String]

        /// Whether it asks of newer data of the same proceeding; nobody asks of the older ones any more.
        func isNewer(than other: Key) -> Bool {
            tenant == other.tenant && proceeding == other.proceeding && dataVersion > other.dataVersion
        }
    }

    /// Most bytes of answers that are kept, about.
    private static let limit = 64 << 20

    /// The answers, those used last at the end.
    private let kept = Mutex<[(key: Key, answer: HotspotAnswer, size: Int)]>([])
    /// How often everything was forgotten: what was computed before is not kept.
    private let generation = Atomic<Int>(0)
    private let turns = Turns<Key>()

    /// The answer of a question: the kept one, that of a computation under way, or that of `compute`.
    ///
    /// The first who asks computes in their own task. When that fails or is cancelled, the next of those who wait
    /// takes its turn, so that nobody is told of another's cancellation. An answer from newer data than was asked for is
    /// kept for both.
    func answer(_ key: Key, compute: () async throws -> HotspotAnswer) async throws -> HotspotAnswer {
        if let known = known(key) { return known }
        return try await turns.with(key) {
            if let known = known(key) { return known }
            let began = generation.load(ordering: .acquiring)
            let answer = try await compute()
            keep(answer, for: key, since: began)
            // Layers and shapes were read before the columns, and may be of the version that was asked for.
            if answer.analysis.dataVersion != key.dataVersion, !key.question.spreads, key.question.layer == nil {
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

    private func known(_ key: Key) -> HotspotAnswer? {
        kept.withLock { kept in
            guard let index = kept.firstIndex(where: { $0.key == key }) else { return nil }
            let entry = kept.remove(at: index)
            kept.append(entry)
            return entry.answer.unread
        }
    }

    private func keep(_ answer: HotspotAnswer, for key: Key, since began: Int) {
        let size = answer.size
        guard size <= Self.limit / 2 else { return }
        kept.withLock { kept in
            guard generation.load(ordering: .acquiring) == began else { return }
            kept.removeAll { $0.key == key || key.isNewer(than: $0.key) }
            // Shapes that whoever asked makes of the cells are not counted.
            kept.append((key, answer.unread, size))
            var total = kept.reduce(0) { $0 + $1.size }
            while total > Self.limit { total -= kept.removeFirst().size }
        }
    }
}

extension HotspotAnswer {
    /// Bytes in memory, about.
    fileprivate var size: Int {
        if let cells = shapes.cells { return 4096 + cells.size }
        return features.reduce(4096) { $0 + 200 + 64 * $1.properties.count + 16 * $1.shape.shape.positionCount }
    }
}
