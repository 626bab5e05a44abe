import Synchronization

/// Lets one task at a time work on a thing; the others come one after the other, in the order in which they asked.
final class Turns<Key: Hashable & Sendable>: Sendable {
    private struct State {
        /// Those who wait for each thing that is worked on, with their tickets.
        var waiting: [Key: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)]] = [:]
        var tickets = 0
    }

    private let state = Mutex(State())

    /// Runs `body` when it is this task's turn.
    ///
    /// - Throws: `CancellationError` when cancelled while waiting, and what `body` throws.
    func with<Value: Sendable>(_ key: Key, _ body: () async throws -> Value) async throws -> Value {
        try await take(key)
        defer { pass(key) }
        return try await body()
    }

    private func take(_ key: Key) async throws {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.waiting[key] != nil else {
                        state.waiting[key] = []
                        return .success(())
                    }
                    state.waiting[key]?.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                guard let index = state.waiting[key]?.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiting[key]?.remove(at: index).continuation
            }
            waiting?.resume(throwing: CancellationError())
        }
    }

    private func pass(_ key: Key) {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let waiting = state.waiting[key], !waiting.isEmpty else {
                state.waiting[key] = nil
                return nil
            }
            return state.waiting[key]?.removeFirst().continuation
        }
        next?.resume()
    }
}
