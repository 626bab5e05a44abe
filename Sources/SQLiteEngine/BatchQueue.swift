import Synchronization

/// Gathers what waits while a batch is under way, so that it goes into the next one together.
///
/// One batch runs at a time, in the order of arrival; the first job after a pause goes at once.
final class BatchQueue<Job: Sendable>: Sendable {
    private struct State {
        var waiting: [Job] = []
        var isRunning = false
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Makes an empty queue.
    ///
    /// - Parameter limit: most jobs of a batch.
    init(limit: Int) { self.limit = limit }

    /// Lines up a job, and starts to hand out batches where none is under way.
    ///
    /// - Parameter carry: does the jobs of one batch and answers each.
    func add(_ job: Job, carry: @escaping @Sendable ([Job]) async -> Void) {
        let mustStart = state.withLock { state in
            state.waiting.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard mustStart else { return }
        Task {
            while let batch = next() { await carry(batch) }
        }
    }

    /// Takes out the waiting job that `isWanted` names; `nil` when it is in a batch already.
    func remove(where isWanted: (Job) -> Bool) -> Job? {
        state.withLock { state in
            state.waiting.firstIndex(where: isWanted).map { state.waiting.remove(at: $0) }
        }
    }

    private func next() -> [Job]? {
        state.withLock { state in
            let batch = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(batch.count)
            if batch.isEmpty { state.isRunning = false }
            return batch.isEmpty ? nil : batch
        }
    }
}
