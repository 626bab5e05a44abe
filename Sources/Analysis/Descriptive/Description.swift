/// The usual figures of one column of values.
public struct Description: Sendable, Equatable {
    /// Number of values.
    public let count: Int
    /// Missing values, which took no part.
    public let missing: Int
    /// Sum of the values.
    public let sum: Double
    /// Mean; `nil` without values, as all figures below.
    public let mean: Double?
    /// Sample standard deviation (n − 1); `nil` also for one value.
    public let standardDeviation: Double?
    /// Smallest value.
    public let minimum: Double?
    /// Largest value.
    public let maximum: Double?
    /// Quantiles type 7.
    public let lowerQuartile: Double?
    /// Median, type 7.
    public let median: Double?
    /// Quantiles type 7.
    public let upperQuartile: Double?
    /// Gini coefficient, 0 for equal shares; `nil` for negative values or a sum of 0.
    public let gini: Double?

    /// Describes values; `nil` is missing.
    ///
    /// - Throws: ``AnalysisError`` when a value is not finite.
    /// - Complexity: O(n log n).
    public init(_ values: [Double?]) throws(AnalysisError) {
        let sorted = values.compactMap { $0 }.sorted()
        guard sorted.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
        self.init(sorted: sorted, missing: values.count - sorted.count)
    }

    /// Describes whole numbers; the figures are those of the same numbers with a decimal point.
    ///
    /// - Complexity: linear where the numbers lie near each other, as counts do; else O(n log n).
    public init(counts: [Int64]) {
        let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
        let (spread, isWide) = most.subtractingReportingOverflow(least)
        guard !isWide, spread <= 4 * counts.count else {
            self.init(sorted: counts.sorted().map(Double.init), missing: 0)
            return
        }
        var occurrences = [Int](repeating: 0, count: Int(spread) + 1)
        for count in counts { occurrences[Int(count - least)] += 1 }
        var sorted: [Double] = []
        sorted.reserveCapacity(counts.count)
        for (place, occurrence) in occurrences.enumerated() {
            sorted.append(contentsOf: repeatElement(Double(least + Int64(place)), count: occurrence))
        }
        self.init(sorted: sorted, missing: 0)
    }

    private init(sorted: [Double], missing: Int) {
        count = sorted.count
        self.missing = missing
        sum = sorted.compensatedSum
        let shifted = ShiftedValues(sorted)
        let n = Double(sorted.count)
        mean = sorted.isEmpty ? nil : sum / n
        standardDeviation = sorted.count < 2 ? nil : (shifted.squares / (n - 1)).squareRoot()
        minimum = sorted.first
        maximum = sorted.last
        lowerQuartile = quantile(sorted: sorted, 0.25)
        median = quantile(sorted: sorted, 0.5)
        upperQuartile = quantile(sorted: sorted, 0.75)
        if let least = sorted.first, least >= 0, sum > 0 {
            var ranked = CompensatedSum()
            for (rank, value) in sorted.enumerated() { ranked.add((2 * Double(rank + 1) - n - 1) * value) }
            gini = ranked.value / (n * sum)
        } else {
            gini = nil
        }
    }
}
