/// What the values of neighbouring cells have in common, for 1, 2 … rings of neighbours.
struct RingSums: Sendable {
    /// Σ wᵢⱼ xᵢ xⱼ for each number of rings.
    private(set) var products: [Double] = []
    /// Σ wᵢⱼ xᵢ: each value as often as its cell has neighbours.
    private(set) var degreeSums: [Double] = []
    /// The sums of the weights, which no value has a say in.
    private(set) var weights: [WeightSums] = []

    /// Adds up over the cells of a set.
    ///
    /// Products are summed once for each ring, and only in one of two opposite directions.
    ///
    /// - Parameter values: one a cell, finite.
    /// - Complexity: O(cells · limit²).
    init(_ values: [Double], _ cells: CellSet, _ grid: Grid, limit: Int) throws(AnalysisError) {
        let window = try CellWindow(cells, values, rings: limit)
        let mask = try CellWindow.mask(cells, rings: limit)
        let firstPlaces = window.firstPlaces()
        var degrees = [Int32](repeating: 0, count: cells.count)
        var total = CompensatedSum()
        var inner: Set<Int> = [0]
        var sums = [Double](repeating: 0, count: cells.rows)
        for rings in 1...limit {
            let all = window.steps(grid, rings: rings)
            let ring = all.filter { !inner.contains($0) }
            inner.formUnion(all)
            let half = ring.filter { $0 > 0 }
            var degreeSum = CompensatedSum()
            for column in 0..<cells.columns {
                if column & 0xF == 0 { try AnalysisError.checkCancellation() }
                window.sum(column: column, steps: half, into: &sums)
                var part = 0.0
                for place in firstPlaces[column]..<firstPlaces[column + 1] {
                    part += values[place] * sums[Int(cells.r[place]) - cells.firstR]
                }
                total.add(2 * part)
                mask.sum(column: column, steps: ring, into: &sums)
                part = 0
                for place in firstPlaces[column]..<firstPlaces[column + 1] {
                    let found = sums[Int(cells.r[place]) - cells.firstR]
                    degrees[place] += Int32(truncatingIfNeeded: NearestInteger.integer(found))
                    part += Double(degrees[place]) * values[place]
                }
                degreeSum.add(part)
            }
            products.append(total.value)
            degreeSums.append(degreeSum.value)
            weights.append(WeightSums(symmetricDegrees: degrees))
        }
    }
}
