/// Which counts of a row with a published total must be hidden, so that none of few people can be told or worked out.
///
/// A count below the threshold is hidden; 0 is published. A single hidden count, or hidden ones that together stay below
/// the threshold, could be worked out from the total: then others are hidden too, the smallest first.
/// Source: Hundepool et al. 2012, Statistical Disclosure Control, doi:10.1002/9781118348239, chapter 4.
public struct CellSuppression: Sendable, Equatable {
    /// Least count of distinct contributors unless said otherwise.
    public static let standardThreshold = 5

    /// Places whose own count is too small, rising.
    public let primary: [Int]
    /// Places that must be hidden, those of `primary` among them, rising.
    public let suppressed: [Int]
    /// Whether the total may be told; not when too few counts are there to hide the small ones among.
    public let isTotalPublishable: Bool

    /// Decides what to hide.
    ///
    /// - Parameters:
    ///   - counts: one count a place, of distinct contributors; not negative.
    ///   - threshold: the least count that may be told, at least 1.
    /// - Throws: ``AnalysisError`` for a negative count or a threshold below 1.
    /// - Complexity: O(n log n).
    public init(_ counts: [Int], threshold: Int = standardThreshold) throws(AnalysisError) {
        guard threshold >= 1 else {
            throw AnalysisError(.invalidParameter, "The threshold of suppression must be at least 1; 5 is usual.")
        }
        guard counts.allSatisfy({ $0 >= 0 }) else {
            throw AnalysisError(.invalidParameter, "Counts must not be negative.")
        }
        primary = counts.indices.filter { counts[$0] > 0 && counts[$0] < threshold }
        guard !primary.isEmpty else {
            (suppressed, isTotalPublishable) = ([], true)
            return
        }
        var hidden = primary
        // All of them below the threshold: a sum that cannot overflow, cut off where it is enough.
        var sum = 0
        for place in primary { sum = min(sum + counts[place], threshold) }
        let others = counts.indices.filter { counts[$0] >= threshold }.sorted { (counts[$0], $0) < (counts[$1], $1) }
        for place in others {
            if hidden.count >= 2, sum >= threshold { break }
            hidden.append(place)
            sum = threshold
        }
        suppressed = hidden.sorted()
        isTotalPublishable = hidden.count >= 2 && sum >= threshold
    }
}
