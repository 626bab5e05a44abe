import Storage

extension ConceptionSums {
    /// The sums in a line; `nil` without conceptions.
    var line: String? {
        func text(_ value: Int64) -> String { NumberText.grouped(Int(clamping: value)) }
        guard count > 0 else { return nil }
        return "\(text(count)) conceptions, \(text(comments)) comments on them, \(text(votesUp)) votes for, "
            + "\(text(votesDown)) against"
    }
}
