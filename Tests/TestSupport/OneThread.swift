import Dispatch

/// Runs everything on one thread, to compare with what many make of it.
public final class OneThread: TaskExecutor, Sendable {
    private let queue = DispatchQueue(label: "one thread")

    /// A thread of its own.
    public init() {}

    /// Runs a job after those before it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// What `work` makes on one thread, and on as many as there are.
public func onOneAndManyThreads<Value: Sendable>(
    _ work: @Sendable () async throws -> Value
) async throws -> (one: Value, many: Value) {
    (try await withTaskExecutorPreference(OneThread()) { try await work() }, try await work())
}
