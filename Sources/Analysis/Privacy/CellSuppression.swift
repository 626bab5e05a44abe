/// Which counts of a row with a published total must be hidden, so that none of few people can be told or worked out.
///
/// A count below the threshold is hidden; 0 is published. A single hidden count, or hidden ones that together stay below
/// the threshold, could be worked out from the total: then others are hidden too, the smallest first. Counts of what
/// everybody can read hide none of the others, since everybody can take them off.
/// Source: Hundepool et al. 2012, Statistical Disclosure Control, doi:10.1002/9781118348239, chapter 4.
public struct CellSuppression: Sendable, Equatable {
    /// Least count of distinct contributors unless said otherwise.
    public static let standardThreshold = 5
    /// Least count where what is counted is sensitive.
    public static let sensitiveThreshold = 10

    /// Places whose own count is too small, or dominated, rising.
    public let primary: [Int]
    /// Places that must be hidden, those of `primary` among them, rising.
    public let suppressed: [Int]
    /// Whether the total may be told; not when too few counts are there to hide the small ones among, each of them with
    /// something private where one of the small ones has.
    public let isTotalPublishable: Bool

    /// Decides what to hide.
    ///
    /// - Parameters:
    ///   - counts: one count a place, not negative.
    ///   - contributors: who stands behind each count; `nil` where each of what is counted is of another person.
    ///   - threshold: the least number of contributors whose count may be told, from 1 to ``Contributors/limit`` where
    ///     these are named; more where these ask for it (``Contributors/least``).
    /// - Throws: ``AnalysisError`` for a negative count, a threshold out of range or contributors of other places.
    /// - Complexity: O(n log n).
    public init(
        _ counts: [Int], contributors: [Contributors]? = nil, threshold: Int = standardThreshold
    ) throws(AnalysisError) {
        guard threshold >= 1, contributors == nil || threshold <= Contributors.limit else {
            throw AnalysisError(
                .invalidParameter,
                "The threshold of suppression must be at least 1, and at most \(Contributors.limit) where contributors are "
                    + "named; 5 is usual.")
        }
        guard counts.allSatisfy({ $0 >= 0 }) else {
            throw AnalysisError(.invalidParameter, "Counts must not be negative.")
        }
        guard contributors.map({ $0.count == counts.count }) ?? true else {
            throw AnalysisError(.invalidColumns, "There must be contributors for each count.")
        }
        let people = contributors.map { $0.map(\.count) } ?? counts
        primary = counts.indices.filter {
            counts[$0] > 0
                && (people[$0] < max(threshold, contributors?[$0].least ?? 0) || contributors?[$0].isDominated ?? false)
        }
        guard !primary.isEmpty else {
            (suppressed, isTotalPublishable) = ([], true)
            return
        }
        // Of whom nothing is known may have written something private.
        func isPrivate(_ place: Int) -> Bool { contributors.map { $0[place].hasPrivate || people[place] == 0 } ?? true }
        let isAnyPrivate = primary.contains(where: isPrivate)
        func hidesOthers(_ place: Int) -> Bool { !isAnyPrivate || isPrivate(place) }
        var hidden = primary
        var together = Together(threshold: threshold)
        for place in primary where hidesOthers(place) { together.add(people[place], contributors?[place]) }
        let hiding = Set(primary)
        let others = counts.indices.filter { counts[$0] > 0 && !hiding.contains($0) && hidesOthers($0) }
            .sorted { (counts[$0], $0) < (counts[$1], $1) }
        for place in others {
            if together.areEnough { break }
            hidden.append(place)
            together.add(people[place], contributors?[place])
        }
        suppressed = hidden.sorted()
        isTotalPublishable = together.areEnough
    }

    /// All who stand behind some places that hide each other.
    private struct Together {
        let threshold: Int
        private var places = 0
        private var all: Contributors?
        /// Cut off where it is enough, so that it cannot overflow.
        private var sum = 0

        init(threshold: Int) { self.threshold = threshold }

        mutating func add(_ people: Int, _ contributors: Contributors?) {
            places += 1
            sum = min(sum + min(people, threshold), threshold)
            guard let contributors else { return }
            var union = all ?? Contributors()
            union.formUnion(contributors)
            all = union
        }

        /// Whether they are as many as must be, of more than one place.
        var areEnough: Bool { places >= 2 && (all.map { $0.count >= max(threshold, $0.least) } ?? (sum >= threshold)) }
    }
}
