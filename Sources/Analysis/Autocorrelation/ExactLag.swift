/// Exact conditional probabilities of the sums of places' neighbours, for whole numbers and equal weights.
///
/// A place keeps its value; its k neighbours get values drawn without replacement from all others. How many of the
/// C(n − 1, k) draws reach a sum is counted by dynamic programming over the histogram of values, so that no draw is
/// made and no normal law is assumed. The distribution depends only on the value left out and on k, so that few serve
/// all places. Ties count on both sides. The sum is the statistic of Gi, Gi* and local Moran alike.
///
/// Source: the conditional permutation of Anselin 1995, counted instead of sampled.
public struct ExactLag: Sendable, Equatable {
    /// Probability of a sum at least as large; `nil` for places without neighbours.
    public let greater: [Double?]
    /// Probability of a sum at most as large; `nil` for places without neighbours.
    public let less: [Double?]
    /// Probability of a sum at least as far from its mean, on either side; `nil` for places without neighbours.
    public let folded: [Double?]

    /// The smaller of the two, doubled, at most 1.
    public var twoSided: [Double?] {
        zip(greater, less).map { greater, less in
            guard let greater, let less else { return nil }
            return min(1, 2 * min(greater, less))
        }
    }

    /// Operations above which the count is not made: a fraction of a second's work.
    private static let workLimit = 100_000_000.0

    /// Counts the probabilities; `nil` when that would take too long or leave the range of doubles, as it does for
    /// thousands of distinct values.
    ///
    /// - Parameters:
    ///   - values: one whole number a place.
    ///   - weights: the neighbours; their weights are taken as equal.
    /// - Throws: ``AnalysisError`` when the lengths differ, or when the task is cancelled.
    /// - Complexity: O(D log D k² S) for D distinct values, at most k neighbours and sums up to S.
    public init?(_ values: [Int], weights: SpatialWeights) throws(AnalysisError) {
        guard values.count == weights.count else {
            throw AnalysisError(.invalidColumns, "There must be one value for each place.")
        }
        guard let smallest = values.min(), let largest = values.max(), values.count > 1 else { return nil }
        let (range, overflow) = largest.subtractingReportingOverflow(smallest)
        guard !overflow, range < 1_000_000 else { return nil }
        let shifted = values.map { $0 - smallest }
        let sizes = (0..<weights.count).map { weights.offsets[$0 + 1] - weights.offsets[$0] }
        guard let most = sizes.max(), most > 0, most < values.count else { return nil }
        var multiplicity = [Int](repeating: 0, count: range + 1)
        for value in shifted { multiplicity[value] += 1 }
        let distinct = multiplicity.indices.filter { multiplicity[$0] > 0 }
        let sums = Double(range) * Double(most) + 1
        let levels = Elementary.log(Double(distinct.count)) / Elementary.log(2) + 1
        let work = Double(distinct.count) * levels * Double(most * most) * sums / 2
        let magnitude = Double(most) * Elementary.log(Double(values.count))
        guard work <= Self.workLimit, magnitude < 600 else { return nil }

        var greater = [Double?](repeating: nil, count: values.count)
        var (less, folded) = (greater, greater)
        let (total, others) = (shifted.reduce(0, +), values.count - 1)
        var places = [[Int]](repeating: [], count: range + 1)
        for (place, value) in shifted.enumerated() where sizes[place] > 0 { places[value].append(place) }
        // Halves of the values, each added to what the other half is left out of, down to single ones: every value is
        // added log D times instead of D times.
        var pending = [(values: distinct[...], counts: SubsetSums(largestSize: most, largestSum: range * most))]
        while let (values, counts) = pending.popLast() {
            try AnalysisError.checkCancellation()
            if values.count == 1, let left = values.first {
                var counts = counts
                counts.add(left, copies: multiplicity[left] - 1)
                counts.accumulate()
                for place in places[left] {
                    var sum = 0
                    for entry in weights.offsets[place]..<weights.offsets[place + 1] {
                        sum += shifted[Int(weights.neighbors[entry])]
                    }
                    (greater[place], less[place]) = counts.tails(size: sizes[place], sum: sum)
                    folded[place] = counts.folded(
                        size: sizes[place], sum: sum, others: others, total: total - left)
                }
                continue
            }
            let middle = values.startIndex + values.count / 2
            var (first, second) = (counts, counts)
            for value in values[middle...] { first.add(value, copies: multiplicity[value]) }
            for value in values[..<middle] { second.add(value, copies: multiplicity[value]) }
            pending.append((values[..<middle], first))
            pending.append((values[middle...], second))
        }
        self.greater = greater
        self.less = less
        self.folded = folded
    }
}

/// How many subsets of each size have each sum, with the shares at least and at most as large.
private struct SubsetSums {
    private let width: Int
    private let largestSize: Int
    private var atLeast: [Double]
    private var atMost: [Double] = []

    /// The empty subset alone.
    init(largestSize: Int, largestSum: Int) {
        width = largestSum + 1
        self.largestSize = largestSize
        atLeast = Array(repeating: 0, count: (largestSize + 1) * width)
        atLeast[0] = 1
    }

    /// Lets subsets hold up to so many copies of one more value.
    mutating func add(_ value: Int, copies: Int) {
        let largestSum = width - 1
        // From large sizes down, so that smaller ones still lack this value.
        for size in stride(from: largestSize, through: 1, by: -1) {
            var choices = 1.0
            for taken in 1...size where taken <= copies {
                choices *= Double(copies - taken + 1) / Double(taken)
                let (from, to) = ((size - taken) * width, size * width + taken * value)
                guard taken * value <= largestSum else { break }
                for sum in 0...(largestSum - taken * value) where atLeast[from + sum] != 0 {
                    atLeast[to + sum] += choices * atLeast[from + sum]
                }
            }
        }
    }

    /// Turns counts into counts of all at least and at most as large, after the last value.
    mutating func accumulate() {
        atMost = atLeast
        for size in 0...largestSize {
            let row = size * width
            for sum in 1..<max(width, 2) where sum < width { atMost[row + sum] += atMost[row + sum - 1] }
            for sum in stride(from: width - 2, through: 0, by: -1) { atLeast[row + sum] += atLeast[row + sum + 1] }
        }
    }

    func tails(size: Int, sum: Int) -> (greater: Double, less: Double) {
        let row = size * width
        let total = atLeast[row]
        return (min(1, atLeast[row + sum] / total), min(1, atMost[row + sum] / total))
    }

    /// The share of sums at least as far from the mean, which is `size` times `total` over `others`.
    func folded(size: Int, sum: Int, others: Int, total: Int) -> Double {
        // In whole numbers, so that sums on both sides of the mean are as far from it exactly where they are.
        let mean = size * total
        let distance = abs(others * sum - mean)
        guard distance > 0 else { return 1 }
        let row = size * width
        let high = (mean + distance + others - 1) / others
        var share = high < width ? atLeast[row + high] / atLeast[row] : 0
        if mean >= distance { share += atMost[row + (mean - distance) / others] / atLeast[row] }
        return min(1, share)
    }
}
