import Foundation
import Synchronization

/// Threads for analysis, so that nothing heavy ever runs on the threads that serve requests.
///
/// They yield to all others: with as many threads as cores the server still answers at once.
final class ComputePool: TaskExecutor, Sendable {
    private struct Jobs {
        var pending: [UnownedJob] = []
        var next = 0
        var workers = 0
    }

    private let jobs = Mutex(Jobs())
    private let threads: Int
    private let waiting = Atomic<Int>(0)
    /// Most analyses that run or wait.
    let bound: Int

    /// Makes a pool.
    ///
    /// - Parameters:
    ///   - threads: analyses that run at once.
    ///   - bound: analyses that may run or wait; more are refused.
    init(threads: Int, bound: Int) {
        self.threads = max(1, threads)
        self.bound = bound
    }

    /// Analyses that run or wait.
    var length: Int { waiting.load(ordering: .relaxed) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let needsWorker = jobs.withLock { jobs in
            jobs.pending.append(job)
            guard jobs.workers < threads else { return false }
            jobs.workers += 1
            return true
        }
        guard needsWorker else { return }
        let worker = Thread {
            ThreadPriority.lower()
            self.work()
        }
        worker.name = "analysis"
        worker.stackSize = 8 << 20
        worker.start()
    }

    /// Runs jobs in the order they came until none is left.
    private func work() {
        while let job = nextJob() { job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func nextJob() -> UnownedJob? {
        jobs.withLock { jobs in
            guard jobs.next < jobs.pending.count else {
                jobs.pending.removeAll(keepingCapacity: true)
                jobs.next = 0
                jobs.workers -= 1
                return nil
            }
            defer { jobs.next += 1 }
            return jobs.pending[jobs.next]
        }
    }

    /// Runs `work` and everything it starts on the threads of the pool.
    ///
    /// - Throws: ``Problem`` 503 when the queue is full, and what `work` throws.
    func run<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        guard waiting.add(1, ordering: .relaxed).newValue <= bound else {
            waiting.subtract(1, ordering: .relaxed)
            throw Problem.overloaded("Too many analyses are waiting; please try again in a moment.")
        }
        defer { waiting.subtract(1, ordering: .relaxed) }
        return try await withTaskExecutorPreference(self) { try await work() }
    }
}
