import Synchronization

/// Answers as they were sent, kept in memory so that the same question on the same data is answered without any work.
///
/// No tenant takes more than half of the room, and answers on data that are no longer asked for give way first.
public final class WrittenAnswers: Sendable {
    /// What an answer depends on.
    public struct Key: Hashable, Sendable {
        var tenant: Int64
        var proceeding: Int64
        var dataVersion: Int64
        var viewers: String
        var question: String
        var tag: String
        var form: String

        /// Names an answer.
        ///
        /// - Parameters:
        ///   - tenant: key of the tenant.
        ///   - proceeding: key of the proceeding.
        ///   - dataVersion: version of its data.
        ///   - viewers: class of viewers who see the same.
        ///   - question: the request, its parameters in a fixed order.
        ///   - tag: entity tag, which names what else the answer depends on.
        ///   - form: format and coding of the bytes.
        public init(
            tenant: Int64, proceeding: Int64, dataVersion: Int64, viewers: String, question: String, tag: String,
            form: String
        ) {
            (self.tenant, self.proceeding, self.dataVersion) = (tenant, proceeding, dataVersion)
            (self.viewers, self.question, self.tag, self.form) = (viewers, question, tag, form)
        }
    }

    /// A state of the store from before which nothing is kept.
    public struct Generation: Equatable, Sendable {
        fileprivate var number = 0
    }

    private struct Entry {
        var key: Key
        var bytes: [UInt8]

        var size: Int { bytes.count + key.question.utf8.count + 512 }
    }

    private struct State {
        var generation = Generation()
        /// Those used last at the end.
        var entries: [Entry] = []
    }

    /// Most answers that are kept: they are looked through one by one.
    private static let most = 512

    private let limit: Int
    private let state = Mutex(State())
    private let turns = Turns<Key>()

    /// Makes an empty store.
    ///
    /// - Parameter limit: most bytes that are kept, about.
    public init(limit: Int) { self.limit = limit }

    /// Bytes that are kept, about.
    var size: Int { state.withLock { $0.entries.reduce(0) { $0 + $1.size } } }

    /// To be asked for before an answer is computed, and told when it is kept.
    public var generation: Generation { state.withLock { $0.generation } }

    /// The bytes of an answer that are kept, those of a computation under way, or those of `compute`.
    ///
    /// The first who asks computes in their own task; when that fails or is cancelled, the next takes its turn.
    ///
    /// - Throws: `CancellationError` when cancelled while waiting, and what `compute` throws.
    public func bytes(_ key: Key, compute: () async throws -> [UInt8]) async throws -> [UInt8] {
        try await turns.with(key) {
            if let known = bytes(key) { return known }
            let began = generation
            let made = try await compute()
            keep(made, for: key, since: began)
            return made
        }
    }

    /// The bytes of an answer; `nil` when they are not kept.
    public func bytes(_ key: Key) -> [UInt8]? {
        state.withLock { state in
            guard let index = state.entries.lastIndex(where: { $0.key == key }) else { return nil }
            let entry = state.entries.remove(at: index)
            state.entries.append(entry)
            return entry.bytes
        }
    }

    /// Keeps the bytes of an answer, unless everything was forgotten since its computation began.
    public func keep(_ bytes: [UInt8], for key: Key, since generation: Generation) {
        let entry = Entry(key: key, bytes: bytes)
        guard entry.size <= limit / 2 else { return }
        state.withLock { state in
            guard state.generation == generation else { return }
            state.entries.removeAll {
                $0.key == key
                    || $0.key.tenant == key.tenant && $0.key.proceeding == key.proceeding
                        && $0.key.dataVersion < key.dataVersion
            }
            state.entries.append(entry)
            Self.shrink(&state.entries, to: limit / 2, of: key.tenant)
            Self.shrink(&state.entries, to: limit, of: nil)
        }
    }

    /// Gives up those used longest ago, of one tenant or of all, where there are too many bytes.
    private static func shrink(_ entries: inout [Entry], to limit: Int, of tenant: Int64?) {
        func counts(_ entry: Entry) -> Bool { tenant == nil || entry.key.tenant == tenant }
        var (total, number) = (0, 0)
        for entry in entries where counts(entry) { (total, number) = (total + entry.size, number + 1) }
        let most = tenant == nil ? most : most / 2
        while total > limit || number > most, let index = entries.firstIndex(where: counts) {
            total -= entries.remove(at: index).size
            number -= 1
        }
    }

    /// Forgets all answers, those under way too.
    func removeAll() {
        state.withLock { state in
            state.generation.number += 1
            state.entries.removeAll()
        }
    }
}
