import Dispatch
import Synchronization
import Testing

@testable import WebServer

struct ComputePoolTests {
    @Test(.timeLimit(.minutes(5)))
    func runsNoMoreAtOnceThanItHasThreads() async throws {
        let pool = ComputePool(threads: 2, bound: 100)
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
        #expect(running.most <= 2)
        #expect(running.now == 0)
        #expect(pool.length == 0)
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
    func withoutASpareThreadNothingRunsBesideTheThreads() async throws {
        let pool = ComputePool(threads: 1, bound: 4, hasSpare: false)
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
        while gate.waiting < 2 { await Task.yield() }
        // Every thread is taken by work that does not end, and more of it waits.
        #expect(try await pool.run(.analysis, of: 2) { "small" } == "small")
        #expect(gate.waiting == 2)
        gate.open()
        for task in large { try await task.value }
        #expect(pool.length == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func whatIsCancelledWhileWaitingNeverRuns() async throws {
        let pool = ComputePool(threads: 1, bound: 4)
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
