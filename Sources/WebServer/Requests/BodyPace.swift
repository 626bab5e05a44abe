import HTTPTypes

/// The slowest pace at which a body may arrive: clients that drip bytes hold a place that others wait for.
struct BodyPace {
    /// Time in which nothing is asked of the client.
    private static let grace = Duration.seconds(5)
    /// Bytes a second after the grace.
    private static let floor = 1024.0

    private let start: ContinuousClock.Instant
    private var total = 0

    /// Begins to watch.
    init(from start: ContinuousClock.Instant = .now) { self.start = start }

    /// Counts bytes that have come.
    ///
    /// - Throws: ``Problem`` 408 when, on average since the grace, too few have.
    mutating func add(_ count: Int, at now: ContinuousClock.Instant = .now) throws {
        total += count
        let seconds = (now - start - Self.grace) / .seconds(1)
        guard seconds > 0, Double(total) < Self.floor * seconds else { return }
        throw Problem(.timeout, "The body arrives too slowly.", headers: [.connection: "close"])
    }
}
