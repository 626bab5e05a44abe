import Synchronization
import Testing

@testable import Platform

struct TurnsTests {
    @Test(.timeLimit(.minutes(5)))
    func oneAtATimeWorksOnAThing() async throws {
        let turns = Turns<String>()
        let state = Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await turns.with("a") {
                        state.begin()
                        await Task.yield()
                        state.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(state.most == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func anotherThingIsNotWaitedFor() async throws {
        let turns = Turns<String>()
        let value = try await turns.with("a") { try await turns.with("b") { 1 } }
        #expect(value == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func whoIsCancelledWaitsNoLongerAndFailuresPassTheTurnOn() async throws {
        struct Failure: Error {}
        let turns = Turns<String>()
        try await turns.with("a") {
            let waiting = Task { try await turns.with("a") {} }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        await #expect(throws: Failure.self) { try await turns.with("a") { throw Failure() } }
        try await turns.with("a") {}
    }
}

private final class Running: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func begin() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}
