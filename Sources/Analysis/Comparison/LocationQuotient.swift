/// How the share of one category in each cell compares with its share in all cells, with a test of the difference.
public struct LocationQuotient: Sendable, Equatable {
    /// Items of the category in each cell.
    public let counts: [Int]
    /// All items in each cell.
    public let totals: [Int]
    /// (a/t)/(A/T): 1 where the share is that of all cells; `nil` in cells without items, as all columns below.
    public let quotient: [Double?]
    /// The quotient drawn towards 1 the more, the fewer items a cell has (empirical Bayes); for maps.
    public let smoothed: [Double?]
    /// Two-sided probability of so different a share if the category fell on items at random; exact, smaller tail doubled.
    public let p: [Double?]
    /// Adjusted for the number of cells.
    public let q: [Double?]
    /// Share of the category in all cells; `nil` without items.
    public let share: Double?

    /// All items up to which the test is hypergeometric; binomial beyond, where they no longer differ.
    public static let hypergeometricLimit = 1_000_000

    /// Compares cells.
    ///
    /// - Parameters:
    ///   - counts: items of the category in each cell.
    ///   - totals: all items in each cell, those of the category among them.
    ///   - rate: how probabilities are adjusted.
    /// - Throws: ``AnalysisError`` for columns of different lengths, or counts below 0 or above their totals, or when
    ///   the task is cancelled.
    /// - Complexity: O(n log n), times items of a cell for the test.
    public init(
        counts: [Int], totals: [Int], rate: FalseDiscoveryRate = .benjaminiHochberg
    ) throws(AnalysisError) {
        guard counts.count == totals.count else {
            throw AnalysisError(.invalidColumns, "Every cell needs a count and a total.")
        }
        for (cell, (count, total)) in zip(counts, totals).enumerated() where count < 0 || count > total {
            throw AnalysisError(
                .invalidColumns, "Cell \(cell) has \(count) items of the category among \(total); 0 to \(total) can be."
            )
        }
        guard totals.allSatisfy({ $0 < 1 << 40 }), totals.count < 1 << 20 else {
            throw AnalysisError(
                .invalidParameter, "There are too many cells or items; at most 2^20 cells of 2^40 items.")
        }
        let (all, total) = (counts.reduce(0, +), totals.reduce(0, +))
        let share = total > 0 ? Double(all) / Double(total) : nil
        let rates = try ArealRates(observed: counts.map { Double($0) }, population: totals.map { Double($0) })
        var (quotient, smoothed, p): ([Double?], [Double?], [Double?]) = ([], [], [])
        for cell in counts.indices {
            if cell & 0xFF == 0 { try AnalysisError.checkCancellation() }
            guard let share, totals[cell] > 0 else {
                quotient.append(nil)
                smoothed.append(nil)
                p.append(nil)
                continue
            }
            quotient.append(share > 0 ? Double(counts[cell]) / Double(totals[cell]) / share : nil)
            smoothed.append(share > 0 ? rates.smoothed[cell].map { $0 / share } : nil)
            p.append(
                total <= Self.hypergeometricLimit
                    ? ExactTail.hypergeometric(counts[cell], drawn: totals[cell], marked: all, total: total)
                    : ExactTail.binomial(counts[cell], n: totals[cell], p: share))
        }
        self.counts = counts
        self.totals = totals
        self.quotient = quotient
        self.smoothed = smoothed
        self.p = p
        q = rate.adjusted(p)
        self.share = share
    }
}
