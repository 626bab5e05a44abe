/// How unequally contributions are spread over those who made them.
public struct Concentration: Sendable, Hashable {
    /// Fewer participants than these are not told: figures of so few could be figures of one.
    public static let fewestParticipants = 5

    /// Participants who are known.
    public var participants: Int
    /// Contributions of known participants.
    public var contributions: Int64
    /// Share of those contributions that the most active hundredth of participants made, at least one participant.
    public var shareOfMostActive: Double
    /// Gini coefficient over the participants: 0 when all made the same number.
    public var gini: Double

    /// Measures numbers of contributions a participant, smallest first; `nil` for fewer than five participants.
    ///
    /// Source: Gini 1912, by ranks: Σ (2i − n − 1) xᵢ ∕ (n Σ xᵢ). Complexity: linear.
    public init?(perParticipant numbers: [Int64]) {
        let total = numbers.reduce(0, +)
        guard numbers.count >= Self.fewestParticipants, total > 0 else { return nil }
        participants = numbers.count
        contributions = total
        let active = (numbers.count + 99) / 100
        shareOfMostActive = Double(numbers.suffix(active).reduce(0, +)) / Double(total)
        let n = Double(numbers.count)
        var sum = 0.0
        for (index, number) in numbers.enumerated() { sum += (2 * Double(index + 1) - n - 1) * Double(number) }
        gini = sum / (n * Double(total))
    }
}
