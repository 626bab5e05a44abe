/// How much is in cells that are neighbours, for 1, 2 … rings of neighbours: it follows a few changes without looking at
/// all cells again.
///
/// Values are whole numbers and their sums are exact, so what followed change by change is to the bit what is added up
/// anew. Source: the sums of Cliff & Ord 1981 with Σ wᵢⱼ (xᵢ − m)(xⱼ − m) = Σ wᵢⱼ xᵢ xⱼ − 2 m Σ wᵢⱼ xᵢ + m² Σ wᵢⱼ.
public struct RingProducts: Sendable {
    /// Sums up to this are exact in doubles, and so are products of two of them.
    private static let most = 1 << 25
    /// More changes than this are not followed one by one.
    private static let changes = 32

    private let cells: CellSet
    /// Columns and rows to the cells of each ring.
    private let rings: [[(column: Int, row: Int)]]
    private let weights: [WeightSums]
    private var values: [Double]
    private var total: Int
    private var products: [Int]
    private var degreeSums: [Int]

    /// The most rings.
    public var limit: Int { rings.count }

    /// Adds up the values of the cells of a set.
    ///
    /// - Parameter limit: the most rings, 1 to 16.
    /// - Returns: `nil` where values are no whole numbers from 0, or so large that sums of them would be rounded.
    /// - Throws: ``AnalysisError`` when lengths differ or `limit` is out of range.
    /// - Complexity: O(cells · limit²).
    public init?(_ values: [Double], _ cells: CellSet, grid: Grid, limit: Int = 5) throws(AnalysisError) {
        try cells.checkRings(values, limit: limit)
        guard let total = Self.total(values) else { return nil }
        let sums = try RingSums(values, cells, grid, limit: limit)
        (self.cells, self.values, self.total, weights) = (cells, values, total, sums.weights)
        products = sums.products.map(NearestInteger.integer)
        degreeSums = sums.degreeSums.map(NearestInteger.integer)
        rings = (1...limit).map { ring in
            let inner = ring == 1 ? [] : grid.steps(rings: ring - 1)
            return grid.steps(rings: ring).filter { step in !inner.contains { $0 == step } }
                .map { (column: $0.0, row: $0.1) }
        }
    }

    /// The sum of whole numbers from 0; `nil` where some are none or it is too large.
    private static func total(_ values: [Double]) -> Int? {
        var total = 0
        for value in values {
            guard value >= 0, value <= Double(most), let whole = Int(exactly: value) else { return nil }
            total += whole
            guard total <= most else { return nil }
        }
        return total
    }

    /// Follows to other values of the same cells.
    ///
    /// - Returns: whether it could: changes are few, and values whole numbers from 0 that are not too large.
    /// - Complexity: linear in cells with a small factor, and O(limit²) for each change.
    public mutating func follow(_ new: [Double]) -> Bool {
        guard new.count == values.count else { return false }
        let changed = values.indices.filter { values[$0] != new[$0] }
        guard changed.count <= Self.changes, Self.total(new) != nil else { return false }
        for place in changed { set(place, new[place]) }
        return true
    }

    private mutating func set(_ place: Int, _ value: Double) {
        let change = NearestInteger.integer(value - values[place])
        let (column, row) = (cells.column(place), Int(cells.r[place]) - cells.firstR)
        var (sum, degree) = (0, 0)
        for (index, ring) in rings.enumerated() {
            for step in ring {
                let (otherColumn, otherRow) = (column + step.column, row + step.row)
                guard otherColumn >= 0, otherColumn < cells.columns, otherRow >= 0, otherRow < cells.rows else {
                    continue
                }
                let other = Int(cells.places[otherColumn * cells.rows + otherRow])
                guard other >= 0 else { continue }
                sum += NearestInteger.integer(values[other])
                degree += 1
            }
            products[index] += 2 * change * sum
            degreeSums[index] += change * degree
        }
        values[place] = value
        total += change
    }

    /// The score of global Moran's I with 1, 2 … rings of neighbours; `nil` where it is not defined.
    ///
    /// - Complexity: linear in cells.
    public var scores: [Double?] {
        guard let moments = Deviations(values) else { return Array(repeating: nil, count: rings.count) }
        let n = Int128(values.count)
        return rings.indices.map { ring in
            let sum = Int128(total)
            let edges = Int128(NearestInteger.integer(weights[ring].s0))
            let centred = n * n * Int128(products[ring]) - 2 * n * sum * Int128(degreeSums[ring]) + sum * sum * edges
            return moments.score(products: Double(centred) / Double(n * n), weights[ring])
        }
    }
}

extension CellSet {
    /// Refuses values and rings that cannot be.
    ///
    /// - Throws: ``AnalysisError`` when lengths differ, a value is not finite or `limit` is not 1 to 16.
    func checkRings(_ values: [Double], limit: Int) throws(AnalysisError) {
        guard (1...16).contains(limit) else {
            throw AnalysisError(.invalidParameter, "The most rings to try must be between 1 and 16, such as 5.")
        }
        guard values.count == count else {
            throw AnalysisError(.invalidColumns, "There must be one value for each cell.")
        }
        guard values.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A value is not a finite number.")
        }
    }
}

extension Deviations {
    /// The score of Moran's I under randomisation; `nil` where there are no neighbours.
    func score(products: Double, _ weights: WeightSums) -> Double? {
        weights.s0 > 0 ? moran(products: products, weights, islands: 0, missing: 0).randomization?.z : nil
    }
}
