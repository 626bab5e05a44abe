public import GeoCore

/// Whether points of one category are the neighbours of another more often than chance would have it.
public struct ColocationQuotient: Sendable, Equatable {
    /// Number of categories.
    public let categories: Int
    /// Nearest neighbours looked at.
    public let neighbors: Int
    /// Share of category B among the neighbours of A over its share among all others, at `A · categories + B`; `nil` where
    /// a category has no points.
    public let quotient: [Double?]
    /// The same for each point's own neighbours, at `point · categories + B`.
    public let local: [Double?]
    /// Two-sided probability of each quotient when categories are permuted; `nil` unless asked for.
    public let p: [Double?]
}

/// Computes the colocation quotients of all pairs of categories.
///
/// Neighbours at equal distances count by their index. Source: Leslie & Kronenfeld 2011, Geogr. Anal. 43,
/// doi:10.1111/j.1538-4632.2011.00821.x.
///
/// - Parameters:
///   - points: locations in metres, each with a category of 0 ..< `categories`; weights take no part.
///   - categories: number of categories, 1 … 1000.
///   - neighbors: nearest neighbours looked at; at least 1 and fewer than points.
///   - permutations: how often the categories are permuted, 0 … 9999.
///   - seed: of the permutations.
/// - Throws: ``AnalysisError`` for bad parameters or coordinates, or a point without category.
/// - Complexity: O(n log n + n · neighbors · permutations), permutations on all cores.
public func colocationQuotient(
    _ points: Points, categories: Int, neighbors: Int, permutations: Int = 0, seed: UInt64 = 1
) async throws(AnalysisError) -> ColocationQuotient {
    guard (1...1000).contains(categories) else {
        throw AnalysisError(.invalidParameter, "The number of categories must be from 1 to 1000.")
    }
    guard neighbors >= 1, neighbors < points.count else {
        throw AnalysisError(
            .invalidParameter,
            "The number of neighbours must be at least 1 and below the number of points, \(points.count).")
    }
    guard (0...9999).contains(permutations) else {
        throw AnalysisError(.invalidParameter, "The number of permutations must be from 0 to 9999, for example 999.")
    }
    try requireFinite(points)
    for (row, category) in points.category.enumerated() where category < 0 || Int(category) >= categories {
        throw AnalysisError(
            .invalidColumns, "Point \(row) has category \(category); those from 0 to \(categories - 1) are known.")
    }
    let table = try NeighborTable(points, categories, neighbors)
    let observed = table.joins(points.category)
    let quotient = table.quotients(observed)
    var p = [Double?](repeating: nil, count: quotient.count)
    if permutations > 0 {
        let parts = try await Chunks.map(permutations, smallest: 16) { range throws(AnalysisError) in
            var (more, less) = ([Int](repeating: 0, count: observed.count), [Int](repeating: 0, count: observed.count))
            for permutation in range {
                try AnalysisError.checkCancellation()
                var random = CounterRandom(seed: seed, .categoryPermutation, permutation: permutation)
                var shuffled = points.category
                for place in stride(from: shuffled.count - 1, to: 0, by: -1) {
                    shuffled.swapAt(place, random.index(below: place + 1))
                }
                let drawn = table.joins(shuffled)
                for index in drawn.indices {
                    if drawn[index] >= observed[index] { more[index] += 1 }
                    if drawn[index] <= observed[index] { less[index] += 1 }
                }
            }
            return (more, less)
        }
        for index in p.indices where quotient[index] != nil {
            let more = parts.reduce(1) { $0 + $1.0[index] }
            let less = parts.reduce(1) { $0 + $1.1[index] }
            p[index] = min(1, 2 * Double(min(more, less)) / Double(permutations + 1))
        }
    }
    return ColocationQuotient(
        categories: categories, neighbors: neighbors, quotient: quotient, local: table.local(points.category), p: p)
}

/// The neighbours of all points, and how categories join over them.
private struct NeighborTable: Sendable {
    private let neighbors: Int
    private let categories: Int
    /// Indices of neighbours, `neighbors` for each point.
    private var lists: [Int32]
    private var sizes: [Int]

    init(_ points: Points, _ categories: Int, _ neighbors: Int) throws(AnalysisError) {
        self.neighbors = neighbors
        self.categories = categories
        var lists = [Int32](repeating: 0, count: points.count * neighbors)
        try PointTree(points).forEachNearest(neighbors) { point, nearest in
            for (slot, neighbor) in nearest.enumerated() { lists[point * neighbors + slot] = neighbor.index }
        }
        self.lists = lists
        sizes = Array(repeating: 0, count: categories)
        for category in points.category { sizes[Int(category)] += 1 }
    }

    /// Neighbours of category B over all points of category A, at A · categories + B.
    func joins(_ category: [Int32]) -> [Int] {
        var joins = [Int](repeating: 0, count: categories * categories)
        for point in category.indices {
            let row = Int(category[point]) * categories
            for slot in point * neighbors..<(point + 1) * neighbors {
                joins[row + Int(category[Int(lists[slot])])] += 1
            }
        }
        return joins
    }

    func quotients(_ joins: [Int]) -> [Double?] {
        joins.indices.map { index in
            let (a, b) = (index / categories, index % categories)
            return quotient(joins[index], of: sizes[a] * neighbors, others: sizes[b] - (a == b ? 1 : 0))
        }
    }

    func local(_ category: [Int32]) -> [Double?] {
        var values: [Double?] = []
        values.reserveCapacity(category.count * categories)
        var found = [Int](repeating: 0, count: categories)
        for point in category.indices {
            for b in found.indices { found[b] = 0 }
            for slot in point * neighbors..<(point + 1) * neighbors { found[Int(category[Int(lists[slot])])] += 1 }
            for b in found.indices {
                values.append(
                    quotient(found[b], of: neighbors, others: sizes[b] - (Int(category[point]) == b ? 1 : 0)))
            }
        }
        return values
    }

    private func quotient(_ joins: Int, of all: Int, others: Int) -> Double? {
        let n = lists.count / neighbors
        guard all > 0, others > 0 else { return nil }
        return Double(joins) / Double(all) / (Double(others) / Double(n - 1))
    }
}
