import Synchronization

/// Lets so many of each line in at once, keeps the others in their order, and bounds them all together.
///
/// Where everything is full, the last of the longest line is turned away for one of a shorter line: lines come to equal
/// shares, and one that is alone has everything.
final class Entrance<Line: Hashable & Sendable>: Sendable {
    private struct Queue {
        var inside = 0
        var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []

        var length: Int { inside + waiting.count }
    }

    private struct State {
        var queues: [Line: Queue] = [:]
        var total = 0
        var tickets = 0
    }

    private enum Outcome {
        case enters, waits
        case isRefused(any Error)
        case displaces(CheckedContinuation<Void, any Error>, enters: Bool)
    }

    private let state = Mutex(State())
    /// Most that are inside or wait.
    let bound: Int

    /// Makes an entrance for `bound` of all lines together.
    init(bound: Int) { self.bound = bound }

    /// How many are inside or wait.
    var length: Int { state.withLock { $0.total } }

    /// Returns when there is room for one more of the line; ``leave(_:)`` must follow.
    ///
    /// - Parameter capacity: how many of the line may be inside.
    /// - Throws: ``Problem`` 503 where there are too many; `CancellationError` when cancelled while waiting.
    func enter(_ line: Line, capacity: Int) async throws {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                settle(join(line, capacity: capacity, ticket, continuation), continuation)
            }
        } onCancel: {
            let waiting = state.withLock { Self.remove(ticket, from: line, &$0) }
            waiting?.resume(throwing: CancellationError())
        }
    }

    /// The same, but for those who wait at most so long.
    ///
    /// - Throws: what `refusal` makes when the time is over.
    func enter(
        _ line: Line, capacity: Int, within wait: Duration, else refusal: () -> Problem
    ) async throws {
        let entering = Task { try await enter(line, capacity: capacity) }
        let timer = Task {
            try await Task.sleep(for: wait)
            entering.cancel()
        }
        defer { timer.cancel() }
        do {
            // Who was let in at the last moment is in: only what never entered throws.
            try await withTaskCancellationHandler {
                try await entering.value
            } onCancel: {
                entering.cancel()
            }
        } catch is CancellationError where !Task.isCancelled {
            throw refusal()
        }
    }

    private func join(
        _ line: Line, capacity: Int, _ ticket: Int, _ continuation: CheckedContinuation<Void, any Error>
    ) -> Outcome {
        state.withLock { state in
            if Task.isCancelled { return .isRefused(CancellationError()) }
            var displaced: CheckedContinuation<Void, any Error>?
            if state.total >= bound {
                displaced = Self.displace(for: state.queues[line]?.length ?? 0, &state)
                if displaced == nil {
                    return .isRefused(
                        Problem.overloaded("Too many others are waiting; please try again in a moment."))
                }
            }
            state.total += 1
            var queue = state.queues[line] ?? Queue()
            let enters = queue.inside < capacity
            if enters {
                queue.inside += 1
            } else {
                queue.waiting.append((ticket, continuation))
            }
            state.queues[line] = queue
            if let displaced { return .displaces(displaced, enters: enters) }
            return enters ? .enters : .waits
        }
    }

    private func settle(_ outcome: Outcome, _ continuation: CheckedContinuation<Void, any Error>) {
        switch outcome {
        case .enters: continuation.resume()
        case .waits: break
        case .isRefused(let error): continuation.resume(throwing: error)
        case .displaces(let other, let enters):
            other.resume(throwing: Problem.overloaded("Others are waiting too; please try again in a moment."))
            if enters { continuation.resume() }
        }
    }

    /// Takes out the last who waits in the longest line, where that is longer than `length` by two at least.
    private static func displace(for length: Int, _ state: inout State) -> CheckedContinuation<Void, any Error>? {
        let longest = state.queues.filter { !$0.value.waiting.isEmpty }.max { $0.value.length < $1.value.length }
        guard let longest, longest.value.length > length + 1 else { return nil }
        state.total -= 1
        return state.queues[longest.key]?.waiting.removeLast().continuation
    }

    private static func remove(
        _ ticket: Int, from line: Line, _ state: inout State
    ) -> CheckedContinuation<Void, any Error>? {
        guard let index = state.queues[line]?.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        state.total -= 1
        return state.queues[line]?.waiting.remove(at: index).continuation
    }

    /// Leaves, and lets in the next of the line.
    func leave(_ line: Line) {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            state.total -= 1
            guard var queue = state.queues[line] else { return nil }
            let next = queue.waiting.isEmpty ? nil : queue.waiting.removeFirst().continuation
            if next == nil { queue.inside -= 1 }
            state.queues[line] = queue.length == 0 ? nil : queue
            return next
        }
        next?.resume()
    }
}
