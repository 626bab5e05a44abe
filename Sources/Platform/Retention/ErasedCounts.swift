/// How much of a participant was erased.
public struct ErasedCounts: Sendable, Hashable {
    /// Items that they wrote.
    public var items: Int
    /// Votes that were taken back.
    public var votes: Int

    /// Makes counts.
    public init(items: Int, votes: Int = 0) {
        self.items = items
        self.votes = votes
    }

    /// What is kept for a repeated request.
    var text: String { "\(items) \(votes)" }

    /// Reads ``text``.
    init?(_ text: String) {
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 2 else { return nil }
        self.init(items: numbers[0], votes: numbers[1])
    }
}
