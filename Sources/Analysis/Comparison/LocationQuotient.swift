/// How the share of one category in each cell compares with its share in all cells, with a test of the difference.
public struct LocationQuotient: Sendable, Equatable {
    /// Items of the category in each cell.
    public let counts: [Int]
    /// All items in each cell.
    public let totals: [Int]
    /// (a/t)/(A/T): 1 where the share is that of all cells; `nil` in cells without items, as all columns below.
    public let quotient: [Double?]
    /// The quotient drawn towards 1 the more, the fewer items a cell has (empirical Bayes for shares); for maps.
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
        let shares = share.flatMap { ShareMoments(counts: counts, totals: totals, share: $0) }
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
            let drawn = shares?.smooth(counts[cell], of: totals[cell]) ?? share
            smoothed.append(share > 0 ? drawn / share : nil)
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

/// How much the shares of cells differ beside what chance alone makes of them.
///
/// An item is of the category or not: chance makes a share of n items vary by b (1 - b) / n. Under the Poisson law, which
/// rates per head follow, it would vary by b / n, too much where a share is not small. With Pearson's X² of the K cells and
/// N items the correlation of two items of a cell is (X² - (K - 1)) / (N - sum of n² / N - (K - 1)), held to 0 to 1, and the
/// posterior mean of a share is b + n r / (1 + (n - 1) r) (a / n - b).
/// Source: Kleinman 1973, Proportions with extraneous variance, J. Am. Stat. Assoc. 68, 46-54, with weights n.
private struct ShareMoments {
    let share: Double
    let correlation: Double

    /// - Returns: `nil` where all items or none are of the category, or no cell has two.
    init?(counts: [Int], totals: [Int], share: Double) {
        let cells = totals.indices.filter { totals[$0] > 0 }
        let variance = share * (1 - share)
        guard variance > 0 else { return nil }
        let total = cells.map { Double(totals[$0]) }.compensatedSum
        let squares = cells.map { Double(totals[$0]) * Double(totals[$0]) / total }.compensatedSum
        let chi = cells.map { cell -> Double in
            let deviation = Double(counts[cell]) - Double(totals[cell]) * share
            return deviation * deviation / (Double(totals[cell]) * variance)
        }.compensatedSum
        let freedom = Double(cells.count - 1)
        let pairs = total - squares - freedom
        guard pairs > 0 else { return nil }
        self.share = share
        correlation = min(max((chi - freedom) / pairs, 0), 1)
    }

    func smooth(_ count: Int, of total: Int) -> Double {
        let n = Double(total)
        let part = n * correlation / (1 + (n - 1) * correlation)
        return share + part * (Double(count) / n - share)
    }
}
