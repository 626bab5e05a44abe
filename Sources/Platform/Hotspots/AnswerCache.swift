import Synchronization

/// Answers kept in memory by question and data; equal questions at the same time share one computation.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        var columns: ColumnCache.Key
        var question: HotspotQuestion
    }

    private struct State {
        var kept: [(key: Key, answer: HotspotAnswer)] = []
        /// Those who wait for a computation under way, by ticket.
        var waiting: [Key: [Int: CheckedContinuation<Void, Never>]] = [:]
        var nextTicket = 0
    }

    private enum Turn {
        case kept(HotspotAnswer)
        case compute
        case wait(ticket: Int)
    }

    private let state = Mutex(State())
    private static let limit = 32

    /// The answer of a question: the kept one, that of a computation under way, or that of `compute`.
    ///
    /// The first who asks computes in their own task. When that fails or is cancelled, the next of those who wait
    /// takes its turn, so that nobody is told of another's cancellation.
    func answer(_ key: Key, compute: () async throws -> HotspotAnswer) async throws -> HotspotAnswer {
        while true {
            try Task.checkCancellation()
            switch turn(key) {
            case .kept(let answer): return answer
            case .compute:
                defer { release(key) }
                let answer = try await compute()
                keep(answer, for: key)
                return answer
            case .wait(let ticket): await wait(key, ticket)
            }
        }
    }

    private func turn(_ key: Key) -> Turn {
        state.withLock { state in
            if let known = state.kept.first(where: { $0.key == key }) { return .kept(known.answer) }
            guard state.waiting[key] != nil else {
                state.waiting[key] = [:]
                return .compute
            }
            state.nextTicket += 1
            return .wait(ticket: state.nextTicket)
        }
    }

    private func wait(_ key: Key, _ ticket: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.waiting[key] != nil, !Task.isCancelled else { return true }
                    state.waiting[key]?[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting[key]?.removeValue(forKey: ticket) }?.resume()
        }
    }

    private func release(_ key: Key) {
        let waiting = state.withLock { $0.waiting.removeValue(forKey: key) }
        for continuation in (waiting ?? [:]).values { continuation.resume() }
    }

    private func keep(_ answer: HotspotAnswer, for key: Key) {
        state.withLock { state in
            state.kept.append((key, answer))
            if state.kept.count > Self.limit { state.kept.removeFirst() }
        }
    }
}
