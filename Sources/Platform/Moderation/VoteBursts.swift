import Synchronization

/// Notices many votes on one thing from one network in a short time.
///
/// Networks are known by a keyed hash that the caller makes and whose key changes; it is kept in memory alone, for an
/// hour at the most. A burst is told to moderators and counts like all votes: a town hall has one address too.
final class VoteBursts: Sendable {
    private struct Key: Hashable {
        var item: Int64
        var origin: UInt64
    }

    private struct Window {
        var start: Int64
        var count: Int
    }

    private let windows = Mutex<[Key: Window]>([:])

    /// Votes within ``length`` that are a burst.
    static let threshold = 10
    /// Milliseconds.
    static let length: Int64 = 3_600_000
    /// Most windows kept; older ones go first.
    private static let capacity = 100_000

    /// Notes a vote; whether it is the one that makes a burst.
    func note(item: Int64, origin: UInt64, now: Int64) -> Bool {
        windows.withLock { windows in
            let key = Key(item: item, origin: origin)
            var window = windows[key] ?? Window(start: now, count: 0)
            if now - window.start > Self.length { window = Window(start: now, count: 0) }
            window.count += 1
            if windows[key] == nil, windows.count >= Self.capacity { Self.makeRoom(&windows, now) }
            windows[key] = window
            return window.count == Self.threshold
        }
    }

    private static func makeRoom(_ windows: inout [Key: Window], _ now: Int64) {
        windows = windows.filter { now - $0.value.start <= length }
        // All of them are of this hour: start anew rather than grow.
        if windows.count >= capacity { windows.removeAll(keepingCapacity: true) }
    }
}
