/// Classes of values that differ as little as possible within each class.
public struct NaturalBreaks: Sendable, Equatable {
    /// The largest value of each class, rising.
    ///
    /// A value belongs to the first class whose upper limit is not below it, so equal values are never parted. There are
    /// fewer classes than asked for when fewer values differ.
    public let upperLimits: [Double]
    /// Sum of squared deviations of the values from the mean of their class: the smallest that so many classes allow.
    public let squaredDeviations: Double

    /// Most classes.
    public static let classLimit = 20

    /// Finds the best classes of all (Fisher 1958, doi:10.1080/01621459.1958.10501479): natural breaks as Jenks meant
    /// them, not the heuristic under his name.
    ///
    /// Dynamic programming over the distinct values; since the best place of the last break rises with the values,
    /// each layer is filled by divide and conquer (Wang & Song 2011, doi:10.32614/RJ-2011-015, and the later versions of
    /// their package). Of several equally good partitions the one with the lowest breaks is taken.
    ///
    /// - Parameters:
    ///   - values: at least one, all finite, in any order.
    ///   - classes: number of classes, 1 to ``classLimit``.
    /// - Throws: ``AnalysisError`` otherwise, or when the task is cancelled.
    /// - Complexity: O(n log n + k m log m) for m distinct values in k classes.
    public init(_ values: [Double], classes: Int) throws(AnalysisError) {
        guard (1...Self.classLimit).contains(classes) else {
            throw AnalysisError(
                .invalidParameter, "The number of natural classes must be between 1 and \(Self.classLimit).")
        }
        let spread = DistinctValues(try valuesForClasses(values, classes))
        let count = spread.values.count
        var best = (0..<count).map { spread.squares(from: 0, through: $0) }
        // For each class but the first the first value of the last class, when values up to a place are divided.
        var starts: [[Int32]] = []
        for layer in 1..<max(min(classes, count), 1) {
            try AnalysisError.checkCancellation()
            let (next, first) = Self.layer(layer, best, spread)
            best = next
            starts.append(first)
        }
        var limits: [Double] = []
        var place = count - 1
        for first in starts.reversed() {
            limits.append(spread.values[place])
            place = Int(first[place]) - 1
        }
        limits.append(spread.values[place])
        upperLimits = limits.reversed()
        squaredDeviations = best[count - 1]
    }

    /// The best sums with one class more, and where that class begins.
    private static func layer(
        _ layer: Int, _ best: [Double], _ spread: DistinctValues
    ) -> (best: [Double], first: [Int32]) {
        var next = best
        var first = [Int32](repeating: 0, count: best.count)
        // Places still to be filled, and where the last class of their middle can begin.
        var pending = [(places: layer..<best.count, from: layer, through: best.count - 1)]
        while let (places, from, through) = pending.popLast() {
            guard !places.isEmpty else { continue }
            let middle = places.lowerBound + places.count / 2
            var least = Double.infinity
            var start = max(from, layer)
            for candidate in start...max(start, min(through, middle)) {
                let sum = best[candidate - 1] + spread.squares(from: candidate, through: middle)
                if sum < least { (least, start) = (sum, candidate) }
            }
            next[middle] = least
            first[middle] = Int32(truncatingIfNeeded: start)
            pending.append((places.lowerBound..<middle, from, start))
            pending.append((middle + 1..<places.upperBound, start, through))
        }
        return (next, first)
    }
}

/// The distinct values with running sums of how many there are, of them and of their squares, about their mean.
private struct DistinctValues {
    private(set) var values: [Double] = []
    private var counts: [Double] = [0]
    private var sums: [Double] = [0]
    private var squares: [Double] = [0]

    init(_ sorted: [Double]) {
        let mean = sorted.isEmpty ? 0 : sorted.compensatedSum / Double(sorted.count)
        var (count, sum, square) = (0.0, CompensatedSum(), CompensatedSum())
        for (index, value) in sorted.enumerated() {
            let centered = value - mean
            count += 1
            sum.add(centered)
            square.add(centered * centered)
            guard index + 1 == sorted.count || sorted[index + 1] != value else { continue }
            values.append(value)
            counts.append(count)
            sums.append(sum.value)
            squares.append(square.value)
        }
    }

    /// Sum of squared deviations of the values of some places from their mean.
    @inline(__always)
    func squares(from first: Int, through last: Int) -> Double {
        let sum = sums[last + 1] - sums[first]
        let spread = squares[last + 1] - squares[first] - sum * sum / (counts[last + 1] - counts[first])
        return first == last ? 0 : max(spread, 0)
    }
}
