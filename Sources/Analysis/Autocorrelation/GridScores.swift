/// Gi or Gi* of cells, worked out column by column; ranges of cells can be scored apart from each other.
///
/// Where a cell has all its neighbours, the sums of a whole stretch of a column are sums of stretches of values that
/// lie next to each other, and the factor is the same for all. Only the few other cells look up their neighbours.
struct GridScores: Sendable {
    private let cells: CellSet
    private let values: [Double]
    private let moments: ValueMoments
    private let variant: LocalG.Variant
    /// Columns and rows to the cells that a sum is made of: for Gi* the cell itself among them.
    private let steps: [(column: Int, row: Int)]
    /// The lowest and highest row of the steps to each column.
    private let extents: [(column: Int, low: Int, high: Int)]
    /// For Gi*: one over the standard deviation of the sum of so many values; NaN where it is undefined.
    private let factors: [Double]
    /// The longest run of each column.
    private let longestRuns: [Int]

    /// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or `rings` is out of range.
    init(
        _ cells: CellSet, _ values: [Double], _ moments: ValueMoments, _ grid: Grid, _ rings: Int,
        _ variant: LocalG.Variant
    ) throws(AnalysisError) {
        guard values.count == cells.count else {
            throw AnalysisError(.invalidColumns, "There must be one value for each cell.")
        }
        // A value that is not finite leaves no finite mean.
        guard moments.offset.isFinite || values.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
        guard (1...64).contains(rings) else { throw CellSet.ringsOutOfRange }
        (self.cells, self.values, self.moments, self.variant) = (cells, values, moments, variant)
        let around = grid.steps(rings: rings)
        steps = variant == .gStar ? [(0, 0)] + around : around
        extents = (-rings...rings).map { column in
            let rows = around.filter { $0.0 == column }.map(\.1)
            return (column, rows.min() ?? 0, rows.max() ?? 0)
        }
        factors = (0...steps.count).map { sum in
            moments.deviation(weights: Double(sum), squaredWeights: Double(sum)).map { 1 / $0 } ?? .nan
        }
        longestRuns = (0..<cells.columns).map { column in
            cells.runs(ofColumn: column).max { cells.places(ofRun: $0).count < cells.places(ofRun: $1).count } ?? -1
        }
    }

    /// The scores of a range of places; NaN where they are undefined.
    func scores(_ range: Range<Int>) throws(AnalysisError) -> [Double] {
        var scores: [Double] = []
        scores.reserveCapacity(range.count)
        var run = cells.run(ofPlace: range.lowerBound)
        while scores.count < range.count {
            try AnalysisError.checkCancellation()
            let places = cells.places(ofRun: run).clamped(to: range)
            let inner = inner(run).clamped(to: places)
            for place in places.lowerBound..<inner.lowerBound { scores.append(score(place)) }
            if !inner.isEmpty { scores.append(contentsOf: innerScores(run, inner)) }
            for place in inner.upperBound..<places.upperBound { scores.append(score(place)) }
            run += 1
        }
        return scores
    }

    /// Places of a run that have all neighbours, in the run itself and in the longest runs of the columns beside it.
    private func inner(_ run: Int) -> Range<Int> {
        let places = cells.places(ofRun: run)
        let (column, row) = (cells.column(places.lowerBound), Int(cells.r[places.lowerBound]))
        var (low, high) = (0, places.count)
        for extent in extents {
            let other = extent.column == 0 ? run : longestRun(column + extent.column)
            guard other >= 0 else { return places.lowerBound..<places.lowerBound }
            let beside = cells.places(ofRun: other)
            let start = Int(cells.r[beside.lowerBound]) - row
            low = max(low, start - extent.low)
            high = min(high, start + beside.count - extent.high)
        }
        return low < high ? places.lowerBound + low..<places.lowerBound + high : places.lowerBound..<places.lowerBound
    }

    /// The longest run of a column; −1 where there is none.
    private func longestRun(_ column: Int) -> Int {
        longestRuns.indices.contains(column) ? longestRuns[column] : -1
    }

    private func innerScores(_ run: Int, _ places: Range<Int>) -> [Double] {
        let (column, row) = (cells.column(places.lowerBound), Int(cells.r[places.lowerBound]))
        // Where the values of the neighbours one step away begin.
        let starts = steps.map { step in
            let other = step.column == 0 ? run : longestRun(column + step.column)
            let beside = cells.places(ofRun: other).lowerBound
            return beside + row + step.row - Int(cells.r[beside])
        }
        var sums = [Double](repeating: 0, count: places.count)
        let source = values.span
        var index = 0
        while index + 3 <= starts.count {
            let (a, b, c) = (starts[index], starts[index + 1], starts[index + 2])
            Self.add(
                source.extracting(a..<a + places.count), source.extracting(b..<b + places.count),
                source.extracting(c..<c + places.count), less: moments.offset, to: &sums)
            index += 3
        }
        for start in starts[index...] {
            Self.add(source.extracting(start..<start + places.count), less: moments.offset, to: &sums)
        }
        finish(places, starts.count, &sums)
        return sums
    }

    /// Turns sums of places with all neighbours into scores.
    private func finish(_ places: Range<Int>, _ neighbors: Int, _ sumsOfPlaces: inout [Double]) {
        var sums = sumsOfPlaces.mutableSpan
        guard variant == .gStar else {
            for index in sums.indices { sums[index] = score(places.lowerBound + index, sums[index], neighbors) }
            return
        }
        let (mean, factor) = (Double(neighbors) * moments.mean, factors[neighbors])
        for index in sums.indices { sums[index] = (sums[index] - mean) * factor }
    }

    private static func add(_ a: Span<Double>, less offset: Double, to total: inout [Double]) {
        var sums = total.mutableSpan
        for index in sums.indices { sums[index] += a[index] - offset }
    }

    /// Three at once, so that the sums are read and written a third as often.
    private static func add(
        _ a: Span<Double>, _ b: Span<Double>, _ c: Span<Double>, less offset: Double,
        to total: inout [Double]
    ) {
        var sums = total.mutableSpan
        for index in sums.indices {
            sums[index] += (a[index] - offset) + (b[index] - offset) + (c[index] - offset)
        }
    }

    /// The score of a cell some of whose neighbours may be missing.
    private func score(_ place: Int) -> Double {
        let (column, row) = (cells.column(place), Int(cells.r[place]) - cells.firstR)
        var weighted = 0.0
        var neighbors = 0
        for step in steps {
            let (otherColumn, otherRow) = (column + step.column, row + step.row)
            guard otherColumn >= 0, otherColumn < cells.columns, otherRow >= 0, otherRow < cells.rows else { continue }
            let other = Int(cells.places[otherColumn * cells.rows + otherRow])
            guard other >= 0 else { continue }
            weighted += values[other] - moments.offset
            neighbors += 1
        }
        return score(place, weighted, neighbors)
    }

    @inline(__always)
    private func score(_ place: Int, _ weighted: Double, _ neighbors: Int) -> Double {
        let sum = Double(neighbors)
        if variant == .gStar { return (weighted - sum * moments.mean) * factors[neighbors] }
        return moments.scoreWithoutSelf(
            values[place] - moments.offset, weighted: weighted, weights: sum, squaredWeights: sum) ?? .nan
    }
}
