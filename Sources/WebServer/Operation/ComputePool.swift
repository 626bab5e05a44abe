import Foundation
import Synchronization

/// Threads for analysis, so that nothing heavy ever runs on the threads that serve requests, shared by tenants in equal
/// parts, and by the questions of a tenant in equal parts of its own.
///
/// They yield to all others: with as many threads as cores the server still answers at once. A piece of work is never
/// interrupted, and may take long. Therefore more threads are there for those who would have to wait for its end: one for
/// tenants of whom nothing runs, and a few, each for one piece of a question that used little so far. The latter stand
/// behind the others, so that a tenant with many short questions takes little from those whose turn it is.
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

    private struct Job: Sendable {
        var job: UnownedJob
        var executor: QuestionExecutor
    }

    private struct State {
        var queue = FairQueue<Job>()
        var questions = 0
        /// Threads that serve all tenants.
        var workers = 0
        /// Whether the thread for tenants of whom nothing runs is at work.
        var hasSpare = false
        /// Threads for questions that used little, or that nobody waits for any more.
        var beside = 0
        /// For what each thread works, by its clock, and for how long it had no processor before.
        var underWay: [clockid_t: (question: AskedQuestion, idle: Double)] = [:]
    }

    private enum Role { case worker, spare, beside }

    /// Uploads of a tenant that are read at once.
    private static let uploads = 4
    /// Files of a tenant that are made at once.
    private static let exports = 2
    /// Threads for questions that used little; those of long questions that only just began count as such, so it takes
    /// three tenants with many of these to fill them.
    private static let beside = 8
    /// Such threads of a tenant.
    private static let besideOfTenant = 3
    /// Seconds of a processor up to which a question used little.
    private static let little = 2.0
    /// How long such a thread lets the others take the work: where they go on, it is not needed.
    private static let patience = 0.05

    private let state = Mutex(State())
    private let entrance: Entrance<Line>
    private let threads: Int
    private let begun: Int
    private let allowsMore: Bool

    /// Makes a pool.
    ///
    /// - Parameters:
    ///   - threads: pieces of work of a tenant that run at once, but for those of questions that used little.
    ///   - bound: analyses that may run or wait; where more come, a tenant that has fewer takes the place of one that
    ///     has more.
    ///   - begun: analyses of a tenant that have begun: each holds memory until it ends. Twice as many as threads, and
    ///     six at least, when `nil`.
    ///   - allowsMore: whether more threads serve those who would wait for the end of long pieces; without it never
    ///     more than `threads` pieces run at once.
    init(threads: Int, bound: Int, begun: Int? = nil, allowsMore: Bool = true) {
        self.threads = max(1, threads)
        self.begun = max(1, begun ?? max(6, 2 * threads))
        self.allowsMore = allowsMore
        entrance = Entrance(bound: bound)
    }

    /// Analyses that run or wait.
    var length: Int { entrance.length }

    /// A new question of a tenant; ``close(_:)`` must follow.
    func question(of tenant: Int64) -> AskedQuestion {
        state.withLock { state in
            state.questions += 1
            return AskedQuestion(tenant: tenant, number: state.questions)
        }
    }

    /// Forgets a question that has ended.
    func close(_ question: AskedQuestion) { state.withLock { $0.queue.close(question) } }

    /// What became of a question so far.
    func standing(of question: AskedQuestion) -> QuestionStanding {
        state.withLock { state in
            let now = ThreadClock.steady()
            var standing = state.queue.standing(of: question, now: now)
            for (clock, work) in state.underWay where work.question == question {
                standing.used -= max(0, now - ThreadClock.used(of: clock) - work.idle)
            }
            return standing
        }
    }

    /// Runs `work` and everything it starts on the threads of the pool, at a tenant's expense.
    ///
    /// - Throws: ``Problem`` 503 when too many wait, `CancellationError` when cancelled while waiting, and what `work`
    ///   throws.
    func run<Value: Sendable>(
        _ kind: Kind, of tenant: Int64, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let question = question(of: tenant)
        defer { close(question) }
        return try await run(kind, question, work)
    }

    /// The same for a question of which more is to be known.
    func run<Value: Sendable>(
        _ kind: Kind, _ question: AskedQuestion, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let line = Line(tenant: question.tenant, kind: kind)
        let capacity =
            switch kind {
            case .analysis: begun
            case .upload: Self.uploads
            case .export: Self.exports
            }
        try await entrance.enter(line, capacity: capacity)
        defer { entrance.leave(line) }
        return try await withTaskCancellationHandler {
            try await withTaskExecutorPreference(QuestionExecutor(pool: self, question: question)) {
                // It may have waited for its first piece until nobody waited for it any more.
                try Task.checkCancellation()
                return try await work()
            }
        } onCancel: {
            abandon(question)
        }
    }

    /// Puts what was done for a tenant on other threads on its account.
    func charge(_ duration: Duration, to tenant: Int64) {
        state.withLock { $0.queue.charge(duration / .seconds(1), to: tenant) }
    }

    fileprivate func enqueue(_ job: UnownedJob, _ executor: QuestionExecutor) {
        let role = state.withLock { state in
            let now = ThreadClock.steady()
            state.queue.add(Job(job: job, executor: executor), of: executor.question, now: now)
            return recruit(&state, now)
        }
        if let role { start(role) }
    }

    private func abandon(_ question: AskedQuestion) {
        let role = state.withLock { state in
            state.queue.abandon(question)
            return recruit(&state, ThreadClock.steady())
        }
        if let role { start(role) }
    }

    /// The thread that is missing for work that waits, which counts as being there from now on.
    private func recruit(_ state: inout State, _ now: Double) -> Role? {
        func waits(_ choice: FairQueue<Job>.Choice) -> Bool { state.queue.first(choice, now: now) != nil }
        if state.workers < threads, waits(.turn(limit: threads)) {
            state.workers += 1
            return .worker
        }
        guard allowsMore else { return nil }
        if !state.hasSpare, waits(.turn(limit: 1)) {
            state.hasSpare = true
            return .spare
        }
        // One more than there may be is kept for what nobody waits for any more: it has only to notice that.
        guard state.beside < Self.beside && waits(Self.brief) || state.beside <= Self.beside && waits(.abandoned)
        else { return nil }
        state.beside += 1
        return .beside
    }

    private static var brief: FairQueue<Job>.Choice { .brief(limit: besideOfTenant, seconds: little) }

    private func start(_ role: Role) {
        let thread = Thread {
            ThreadClock.lowerPriority(to: role == .beside ? .furtherBehind : .behind)
            // The thread is its own, and has no work yet: nothing waits while it sleeps.
            if role == .beside { Thread.sleep(forTimeInterval: Self.patience) }
            self.work(as: role)
        }
        thread.name = "analysis"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Runs what is next until nothing is left for this thread.
    private func work(as first: Role) {
        var role = first
        let clock = ThreadClock.own()
        while let piece = next(&role, clock) {
            let used = ThreadClock.used()
            piece.job.job.runSynchronously(on: piece.job.executor.asUnownedTaskExecutor())
            let seconds = ThreadClock.used() - used
            state.withLock { state in
                if let clock { state.underWay[clock] = nil }
                state.queue.end(piece, seconds: seconds, now: ThreadClock.steady())
            }
        }
    }

    private func next(_ role: inout Role, _ clock: clockid_t?) -> FairQueue<Job>.Piece? {
        let (piece, missing) = state.withLock { state -> (FairQueue<Job>.Piece?, Role?) in
            let now = ThreadClock.steady()
            let piece = take(&role, &state, now)
            if let piece, let clock { state.underWay[clock] = (piece.question, now - ThreadClock.used()) }
            return (piece, recruit(&state, now))
        }
        if let missing { start(missing) }
        return piece
    }

    /// The next piece for a thread, which is not there any more where there is none.
    private func take(_ role: inout Role, _ state: inout State, _ now: Double) -> FairQueue<Job>.Piece? {
        // What nobody waits for any more takes no thread from others: one may come again and again, and leave.
        if role == .beside || !allowsMore, let piece = state.queue.next(.abandoned, now: now) { return piece }
        switch role {
        case .beside:
            if state.beside <= Self.beside, let piece = state.queue.next(Self.brief, now: now) { return piece }
            state.beside -= 1
            return nil
        case .spare:
            if let piece = state.queue.next(.turn(limit: 1), now: now) { return piece }
            state.hasSpare = false
            guard state.workers < threads else { return nil }
            state.workers += 1
            role = .worker
        case .worker: break
        }
        if let piece = state.queue.next(.turn(limit: threads), now: now) { return piece }
        state.workers -= 1
        return nil
    }
}

/// Where the tasks of one question's work run.
private final class QuestionExecutor: TaskExecutor {
    let question: AskedQuestion
    private let pool: ComputePool

    init(pool: ComputePool, question: AskedQuestion) {
        self.pool = pool
        self.question = question
    }

    func enqueue(_ job: consuming ExecutorJob) { pool.enqueue(UnownedJob(job), self) }
}
