import Synchronization

/// A clock that tests set.
public final class TestClock: Sendable {
    private let time: Mutex<Int64>

    /// Starts at an instant, milliseconds since 1970.
    public init(_ now: Int64 = 1_777_593_723_456) { time = Mutex(now) }

    /// Milliseconds since 1970.
    public var now: Int64 { time.withLock { $0 } }

    /// Goes on by some seconds.
    public func advance(seconds: Int64) { time.withLock { $0 += seconds * 1000 } }
}
