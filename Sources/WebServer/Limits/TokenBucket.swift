/// A bucket that fills at a steady pace and lends a burst: the way every limit on rates is counted.
struct TokenBucket: Sendable, Hashable {
    /// How many may come at once.
    var capacity: Double
    /// How many come back a second.
    var refill: Double
    private var level: Double
    private var last: Double

    /// A full bucket; `now` is in seconds of any steady clock.
    init(capacity: Double, refill: Double, now: Double) {
        self.capacity = capacity
        self.refill = refill
        level = capacity
        last = now
    }

    private mutating func fill(_ now: Double) {
        level = min(capacity, level + max(0, now - last) * refill)
        last = max(last, now)
    }

    /// What is in it, whole tokens.
    mutating func remaining(at now: Double) -> Int {
        fill(now)
        return Int(max(0, level).rounded(.down))
    }

    /// Seconds until one can be taken; 0 when one can be taken now.
    mutating func wait(at now: Double) -> Double {
        fill(now)
        // A millionth: sums of small refills do not end exactly at a whole.
        return level >= 1 - 1e-6 ? 0 : (1 - level) / refill
    }

    /// Takes one.
    mutating func take(at now: Double) {
        fill(now)
        level -= 1
    }

    /// Whether nothing would be lost by forgetting it.
    mutating func isFull(at now: Double) -> Bool {
        fill(now)
        return level >= capacity
    }
}
