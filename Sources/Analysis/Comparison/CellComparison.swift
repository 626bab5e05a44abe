/// Two sets of items counted on the same cells: two categories, two periods or two proceedings.
public struct CellComparison: Sendable, Equatable {
    /// Items of the first set in each cell.
    public let first: [Int]
    /// Items of the second set in each cell.
    public let second: [Int]
    /// Share of the second set's items in the cell less that of the first's; `nil` when a set is empty.
    public let difference: [Double?]
    /// Share of the second set's items in the cell over that of the first's; `nil` where the first has none.
    public let ratio: [Double?]
    /// The second set among both, cell by cell: location quotient, test and adjustment.
    public let quotient: LocationQuotient

    /// −1 where the second set has a smaller, 1 where it has a larger share than elsewhere at level `alpha`, else 0.
    public func changes(alpha: Double = 0.05) -> [Int] {
        zip(quotient.q, quotient.quotient).map { q, quotient in
            guard let q, let quotient, q <= alpha else { return 0 }
            return quotient > 1 ? 1 : quotient < 1 ? -1 : 0
        }
    }

    /// Compares two columns of counts.
    ///
    /// The test asks whether the items of a cell fall to the two sets as those of all cells do: a set that is larger
    /// everywhere is no difference.
    ///
    /// - Throws: ``AnalysisError`` for columns of different lengths or counts below 0.
    /// - Complexity: as ``LocationQuotient``.
    public init(
        first: [Int], second: [Int], rate: FalseDiscoveryRate = .benjaminiHochberg
    ) throws(AnalysisError) {
        guard first.count == second.count else {
            throw AnalysisError(.invalidColumns, "Both sets need a count for every cell.")
        }
        guard first.allSatisfy({ (0..<1 << 40).contains($0) }), second.allSatisfy({ (0..<1 << 40).contains($0) }) else {
            throw AnalysisError(.invalidColumns, "Counts must be from 0 to 2^40 − 1.")
        }
        self.first = first
        self.second = second
        quotient = try LocationQuotient(counts: second, totals: zip(first, second).map { $0 + $1 }, rate: rate)
        let (a, b) = (Double(first.reduce(0, +)), Double(second.reduce(0, +)))
        difference = zip(first, second).map { a > 0 && b > 0 ? Double($1) / b - Double($0) / a : nil }
        ratio = zip(first, second).map { b > 0 && $0 > 0 ? (Double($1) / b) / (Double($0) / a) : nil }
    }
}
