import Dispatch
import Synchronization
import Testing

@testable import WebServer

struct ComputePoolTests {
    @Test(.timeLimit(.minutes(5)))
    func runsNoMoreAtOnceThanItHasThreads() async throws {
        let most = try await most(in: ComputePool(threads: 2, bound: 100, allowsMore: false))
        #expect(most <= 2)
    }

    /// Three at most are beside the threads.
    @Test(.timeLimit(.minutes(5)))
    func runsFewMoreAtOnceForShortQuestions() async throws {
        let most = try await most(in: ComputePool(threads: 2, bound: 100))
        #expect(most <= 5)
    }

    /// The most of twenty questions of a tenant that run at once.
    private func most(in pool: ComputePool) async throws -> Int {
        let running = Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await pool.run(.analysis, of: 1) {
                        running.begin()
                        var sum = 0.0
                        for index in 0..<20_000 { sum += Double(index).squareRoot() }
                        #expect(sum > 0)
                        running.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(running.now == 0)
        #expect(pool.length == 0)
        return running.most
    }

    @Test func refusesWhatDoesNotFit() async throws {
        let pool = ComputePool(threads: 1, bound: 0)
        let problem = await #expect(throws: Problem.self) { try await pool.run(.analysis, of: 1) { 1 } }
        #expect(problem?.kind == .unavailable)
        #expect(pool.length == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func passesCancellationOnToWorkThatRuns() async throws {
        let pool = ComputePool(threads: 1, bound: 4)
        let runs = Running()
        let task = Task {
            try await pool.run(.analysis, of: 1) {
                runs.begin()
                defer { runs.end() }
                try await Task.sleep(for: .seconds(3600))
            }
        }
        while runs.now == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(runs.now == 0 && runs.most == 1)
        #expect(pool.length == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func filesThatAreMadeTakeNoPlaceOfImportsAndAreTwoAtOnce() async throws {
        let pool = ComputePool(threads: 1, bound: 100)
        let (hold, held) = (Running(), Running())
        func start(_ kind: ComputePool.Kind, _ running: Running) -> Task<Void, any Error> {
            Task {
                try await pool.run(kind, of: 1) {
                    running.begin()
                    try await Task.sleep(for: .seconds(3600))
                }
            }
        }
        let imports = (0..<4).map { _ in start(.upload, hold) }
        while hold.now < 4 { await Task.yield() }
        let exports = (0..<3).map { _ in start(.export, held) }
        // The third waits as soon as it has come, and the two are under way.
        while pool.length < 7 || held.now < 2 { await Task.yield() }
        #expect(held.now == 2)
        for task in imports + exports { task.cancel() }
        for task in imports + exports {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(pool.length == 0)
    }

    /// What takes much memory runs one by one, whoever asks.
    @Test(.timeLimit(.minutes(5)))
    func whereNoMoreAreAllowedNothingRunsBesideTheThreads() async throws {
        let pool = ComputePool(threads: 1, bound: 4, allowsMore: false)
        let gate = Gate()
        let first = Task { try await pool.run(.upload, of: 1) { gate.passThrough() } }
        while gate.waiting < 1 { await Task.yield() }
        let second = Task { try await pool.run(.upload, of: 2) { gate.passThrough() } }
        while pool.length < 2 { await Task.yield() }
        // Time enough for a thread that should not be there.
        try await Task.sleep(for: .milliseconds(200))
        #expect(gate.waiting == 1)
        gate.open()
        try await first.value
        try await second.value
    }

    @Test(.timeLimit(.minutes(5)))
    func oneTenantsLargeQuestionsDoNotHoldUpAnotherTenant() async throws {
        let pool = ComputePool(threads: 2, bound: 100)
        let gate = Gate()
        let large = (0..<20).map { _ in
            Task { try await pool.run(.analysis, of: 1) { gate.passThrough() } }
        }
        // Two threads, and three for questions that may be short.
        while gate.waiting < 5 { await Task.yield() }
        // Every thread of the tenant is taken by work that does not end, and more of it waits.
        #expect(try await pool.run(.analysis, of: 2) { "small" } == "small")
        #expect(gate.waiting == 5)
        gate.open()
        for task in large { try await task.value }
        #expect(pool.length == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func twoLargeQuestionsOfATenantDoNotHoldUpAThirdOfTheSame() async throws {
        let pool = ComputePool(threads: 2, bound: 100)
        let gate = Gate()
        let large = (0..<2).map { _ in Task { try await pool.run(.analysis, of: 1) { gate.passThrough() } } }
        while gate.waiting < 2 { await Task.yield() }
        #expect(try await pool.run(.analysis, of: 1) { "small" } == "small")
        // Nor does one that goes on after a pause.
        let paused = try await pool.run(.analysis, of: 1) {
            try await Task.sleep(for: .milliseconds(1))
            return "small"
        }
        #expect(paused == "small")
        gate.open()
        for task in large { try await task.value }
    }

    @Test(.timeLimit(.minutes(5)))
    func threeTenantsWithTwoLargeQuestionsEachHaveTheirSmallOnesAnswered() async throws {
        let pool = ComputePool(threads: 2, bound: 100)
        let gate = Gate()
        var large: [Task<Void, any Error>] = []
        for tenant in Int64(1)...3 {
            for _ in 0..<2 {
                large.append(Task { try await pool.run(.analysis, of: tenant) { gate.passThrough() } })
                while gate.waiting < large.count { await Task.yield() }
            }
        }
        for tenant in Int64(1)...3 {
            #expect(try await pool.run(.analysis, of: tenant) { "small" } == "small")
        }
        gate.open()
        for task in large { try await task.value }
    }

    @Test(.timeLimit(.minutes(5)))
    func noMoreQuestionsOfATenantBeginThanHoldMemoryAtOnce() async throws {
        let pool = ComputePool(threads: 1, bound: 100, begun: 3)
        let held = Running()
        let tasks = (0..<5).map { _ in
            Task {
                try await pool.run(.analysis, of: 1) {
                    held.begin()
                    try await Task.sleep(for: .seconds(3600))
                }
            }
        }
        while pool.length < 5 || held.now < 3 { await Task.yield() }
        #expect(held.now == 3)
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        #expect(pool.length == 0)
    }

    /// Its first piece waits behind those of others, where all threads are taken.
    @Test(.timeLimit(.minutes(5)))
    func aQuestionThatWaitsForAThreadEndsWhenItIsCancelled() async throws {
        let pool = ComputePool(threads: 1, bound: 100, begun: 8)
        let gate = Gate()
        let large = (0..<4).map { _ in Task { try await pool.run(.analysis, of: 1) { gate.passThrough() } } }
        while gate.waiting < 4 { await Task.yield() }
        let question = pool.question(of: 1)
        let runs = Running()
        let waiting = Task { try await pool.run(.analysis, question) { runs.begin() } }
        while pool.length < 5 { await Task.yield() }
        // Time enough for threads that found nothing to leave.
        try await Task.sleep(for: .milliseconds(200))
        #expect(!pool.standing(of: question).hasBegun)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        pool.close(question)
        #expect(runs.most == 0 && gate.waiting == 4 && pool.length == 4)
        gate.open()
        for task in large { try await task.value }
    }

    @Test(.timeLimit(.minutes(5)))
    func tellsWhetherAQuestionHasBegun() async throws {
        let pool = ComputePool(threads: 1, bound: 4)
        let question = pool.question(of: 1)
        #expect(!pool.standing(of: question).hasBegun)
        let standing = try await pool.run(.analysis, question) { pool.standing(of: question) }
        #expect(standing.hasBegun && standing.stalled >= 0 && standing.used >= 0)
        pool.close(question)
        // It is forgotten when its last piece has ended, which its answer may come before.
        while pool.standing(of: question).hasBegun { await Task.yield() }
    }

    @Test(.timeLimit(.minutes(5)))
    func whatIsCancelledWhileWaitingNeverRuns() async throws {
        let pool = ComputePool(threads: 1, bound: 4, begun: 1)
        let gate = Gate()
        let first = Task { try await pool.run(.analysis, of: 1) { gate.passThrough() } }
        while gate.waiting < 1 { await Task.yield() }
        let runs = Running()
        let second = Task { try await pool.run(.analysis, of: 1) { runs.begin() } }
        while pool.length < 2 { await Task.yield() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        gate.open()
        try await first.value
        #expect(runs.most == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func allThreadsServeOneTenantThatIsAlone() async throws {
        let pool = ComputePool(threads: 2, bound: 100)
        let gate = Gate()
        let tasks = (0..<2).map { _ in Task { try await pool.run(.analysis, of: 1) { gate.passThrough() } } }
        while gate.waiting < 2 { await Task.yield() }
        gate.open()
        for task in tasks { try await task.value }
    }
}

/// Holds the threads that come to it until it is opened.
private final class Gate: Sendable {
    private let count = Atomic<Int>(0)
    private let isOpen = Atomic<Bool>(false)
    private let semaphore = DispatchSemaphore(value: 0)

    var waiting: Int { count.load(ordering: .acquiring) }

    func passThrough() {
        count.add(1, ordering: .acquiringAndReleasing)
        if isOpen.load(ordering: .acquiring) { return }
        semaphore.wait()
        semaphore.signal()
    }

    func open() {
        isOpen.store(true, ordering: .releasing)
        semaphore.signal()
    }
}

private final class Running: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var now: Int { state.withLock { $0.now } }
    var most: Int { state.withLock { $0.most } }

    func begin() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}
