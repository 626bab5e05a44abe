import Foundation
import Synchronization

/// Threads for analysis, so that nothing heavy ever runs on the threads that serve requests, shared by tenants in equal
/// parts.
///
/// They yield to all others: with as many threads as cores the server still answers at once. A piece of work is never
/// interrupted; one more thread is for tenants of whom nothing runs, so that they need not wait for the end of a long one.
final class ComputePool: Sendable {
    /// What a piece of work is, as far as it matters to how many may run.
    enum Kind: Sendable, Hashable {
        /// A question of somebody who waits.
        case analysis
        /// An import of an uploaded file.
        case upload
        /// A file that is made whole before it is sent; anybody may ask for one, so that it takes no place of an import.
        case export
    }

    private struct Line: Hashable, Sendable {
        var tenant: Int64
        var kind: Kind
    }

    private struct Piece: Sendable {
        var job: UnownedJob
        var executor: TenantExecutor
    }

    private struct State {
        var queue = FairQueue<Piece>()
        /// Threads that serve all tenants.
        var workers = 0
        /// Whether the thread for tenants of whom nothing runs is at work.
        var hasSpare = false
    }

    private enum Role { case worker, spare }

    /// Uploads of a tenant that are read at once.
    private static let uploads = 4
    /// Files of a tenant that are made at once.
    private static let exports = 2

    private let state = Mutex(State())
    private let entrance: Entrance<Line>
    private let threads: Int
    private let allowsSpare: Bool

    /// Makes a pool.
    ///
    /// - Parameters:
    ///   - threads: pieces of work of a tenant that run at once, and analyses of a tenant that have begun.
    ///   - bound: analyses that may run or wait; where more come, a tenant that has fewer takes the place of one that
    ///     has more.
    ///   - hasSpare: whether one more thread serves tenants of whom nothing runs; without it never more than `threads`
    ///     pieces run at once.
    init(threads: Int, bound: Int, hasSpare: Bool = true) {
        self.threads = max(1, threads)
        allowsSpare = hasSpare
        entrance = Entrance(bound: bound)
    }

    /// Analyses that run or wait.
    var length: Int { entrance.length }

    /// Runs `work` and everything it starts on the threads of the pool, at a tenant's expense.
    ///
    /// - Throws: ``Problem`` 503 when too many wait, `CancellationError` when cancelled while waiting, and what `work`
    ///   throws.
    func run<Value: Sendable>(
        _ kind: Kind, of tenant: Int64, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let line = Line(tenant: tenant, kind: kind)
        let capacity =
            switch kind {
            case .analysis: threads
            case .upload: Self.uploads
            case .export: Self.exports
            }
        try await entrance.enter(line, capacity: capacity)
        defer { entrance.leave(line) }
        return try await withTaskExecutorPreference(TenantExecutor(pool: self, tenant: tenant)) { try await work() }
    }

    /// Puts what was done for a tenant on other threads on its account.
    func charge(_ duration: Duration, to tenant: Int64) {
        state.withLock { $0.queue.charge(duration / .seconds(1), to: tenant) }
    }

    fileprivate func enqueue(_ job: UnownedJob, _ executor: TenantExecutor) {
        let role = state.withLock { state -> Role? in
            state.queue.add(Piece(job: job, executor: executor), of: executor.tenant)
            if state.workers < threads {
                state.workers += 1
                return .worker
            }
            guard allowsSpare, !state.hasSpare, state.queue.running(of: executor.tenant) == 0 else { return nil }
            state.hasSpare = true
            return .spare
        }
        guard let role else { return }
        let thread = Thread {
            ThreadClock.lowerPriority()
            self.work(as: role)
        }
        thread.name = "analysis"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Runs what is next until nothing is left for this thread.
    private func work(as first: Role) {
        var role = first
        while let (piece, begin) = next(&role) {
            let used = ThreadClock.used()
            piece.job.runSynchronously(on: piece.executor.asUnownedTaskExecutor())
            let seconds = ThreadClock.used() - used
            state.withLock { $0.queue.end(of: piece.executor.tenant, begin: begin, seconds: seconds) }
        }
    }

    private func next(_ role: inout Role) -> (Piece, begin: Double)? {
        let now = ThreadClock.steady()
        return state.withLock { state in
            if role == .spare, let found = state.queue.next(limit: 1, now: now) { return (found.job, now) }
            if role == .spare {
                state.hasSpare = false
                guard state.workers < threads else { return nil }
                state.workers += 1
                role = .worker
            }
            if let found = state.queue.next(limit: threads, now: now) { return (found.job, now) }
            state.workers -= 1
            return nil
        }
    }
}

/// Where the tasks of one tenant's work run.
private final class TenantExecutor: TaskExecutor {
    let tenant: Int64
    private let pool: ComputePool

    init(pool: ComputePool, tenant: Int64) {
        self.pool = pool
        self.tenant = tenant
    }

    func enqueue(_ job: consuming ExecutorJob) { pool.enqueue(UnownedJob(job), self) }
}
