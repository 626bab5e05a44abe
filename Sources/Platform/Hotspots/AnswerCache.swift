import Synchronization

/// Answers kept in memory, by question and columns.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        var columns: ColumnCache.Key
        var question: HotspotQuestion
    }

    private let entries = Mutex<[(key: Key, answer: HotspotAnswer)]>([])
    private static let limit = 32

    func answer(_ key: Key) -> HotspotAnswer? {
        entries.withLock { $0.first { $0.key == key }?.answer }
    }

    func keep(_ answer: HotspotAnswer, for key: Key) {
        entries.withLock { entries in
            entries.append((key, answer))
            if entries.count > Self.limit { entries.removeFirst() }
        }
    }
}
