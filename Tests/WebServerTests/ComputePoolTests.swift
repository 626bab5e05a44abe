import Synchronization
import Testing

@testable import WebServer

struct ComputePoolTests {
    @Test(.timeLimit(.minutes(1)))
    func runsNoMoreAtOnceThanItHasThreads() async throws {
        let pool = ComputePool(threads: 2, bound: 100)
        let running = Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await pool.run {
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
        let problem = await #expect(throws: Problem.self) { try await pool.run { 1 } }
        #expect(problem?.kind == .unavailable)
        #expect(pool.length == 0)
    }

    @Test func passesCancellationOn() async throws {
        let pool = ComputePool(threads: 1, bound: 4)
        let task = Task { try await pool.run { try await Task.sleep(for: .seconds(30)) } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
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
