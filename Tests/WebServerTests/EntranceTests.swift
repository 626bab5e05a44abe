import HTTPTypes
import Synchronization
import Testing

@testable import WebServer

struct EntranceTests {
    /// Waits until so many are inside or wait.
    private func wait(_ entrance: Entrance<String>, for length: Int) async {
        while entrance.length != length { await Task.yield() }
    }

    @Test(.timeLimit(.minutes(5)))
    func letsInByLineInTheOrderOfComing() async throws {
        let entrance = Entrance<String>(bound: 10)
        let order = Order()
        try await entrance.enter("a", capacity: 1)
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<3 {
            tasks.append(
                Task {
                    try await entrance.enter("a", capacity: 1)
                    order.note("a\(number)")
                    entrance.leave("a")
                })
            await wait(entrance, for: number + 2)
        }
        // Another line does not wait for this one.
        try await entrance.enter("b", capacity: 1)
        #expect(order.names.isEmpty)
        entrance.leave("b")
        entrance.leave("a")
        for task in tasks { try await task.value }
        #expect(order.names == ["a0", "a1", "a2"])
        #expect(entrance.length == 0)
    }

    @Test(.timeLimit(.minutes(5)))
    func whoIsCancelledWhileWaitingIsNeverLetIn() async throws {
        let entrance = Entrance<String>(bound: 10)
        try await entrance.enter("a", capacity: 1)
        let second = Task { try await entrance.enter("a", capacity: 1) }
        await wait(entrance, for: 2)
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(entrance.length == 1)
        entrance.leave("a")
        try await entrance.enter("a", capacity: 1)
        entrance.leave("a")
        #expect(entrance.length == 0)
    }

    /// Whoever of the two comes first, the place is given back once.
    @Test(.timeLimit(.minutes(5)))
    func cancellingAgainstLeavingLosesNoPlace() async throws {
        let entrance = Entrance<String>(bound: 10)
        for number in 0..<10_000 {
            try await entrance.enter("a", capacity: 1)
            let second = Task {
                try await entrance.enter("a", capacity: 1)
                entrance.leave("a")
            }
            // Every other time it waits already.
            if number % 2 == 0 { await wait(entrance, for: 2) }
            let cancelling = Task { second.cancel() }
            entrance.leave("a")
            await cancelling.value
            _ = await second.result
        }
        #expect(entrance.length == 0)
        try await entrance.enter("a", capacity: 1)
        #expect(entrance.length == 1)
    }

    @Test(.timeLimit(.minutes(5)))
    func theLongestLineMakesRoomForAShorterOne() async throws {
        let entrance = Entrance<String>(bound: 4)
        try await entrance.enter("large", capacity: 1)
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<3 {
            tasks.append(Task { try await entrance.enter("large", capacity: 1) })
            await wait(entrance, for: number + 2)
        }
        // Full for its own line, not for another.
        let refused = await #expect(throws: Problem.self) { try await entrance.enter("large", capacity: 1) }
        #expect(refused?.kind == .unavailable)
        try await entrance.enter("small", capacity: 1)
        let displaced = await #expect(throws: Problem.self) { try await tasks[2].value }
        #expect(displaced?.kind == .unavailable)
        #expect(displaced?.headers[.retryAfter] != nil)
        #expect(entrance.length == 4)
        // Another of the shorter line makes both equal; for a third nobody has to go.
        let second = Task { try await entrance.enter("small", capacity: 1) }
        await #expect(throws: Problem.self) { try await tasks[1].value }
        await #expect(throws: Problem.self) { try await entrance.enter("small", capacity: 1) }
        entrance.leave("small")
        try await second.value
        entrance.leave("small")
        entrance.leave("large")
        try await tasks[0].value
        entrance.leave("large")
        #expect(entrance.length == 0)
    }
}

private final class Order: Sendable {
    private let state = Mutex<[String]>([])

    var names: [String] { state.withLock { $0 } }

    func note(_ name: String) { state.withLock { $0.append(name) } }
}
