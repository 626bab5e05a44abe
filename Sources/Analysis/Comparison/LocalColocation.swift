public import GeoCore

/// Where the points of one category have many or few of another among their neighbours.
public struct LocalColocation: Sendable, Equatable {
    /// Rows of the points of the category that is looked at, rising; the order of all columns below.
    public let rows: [Int]
    /// How many of the nearest neighbours of each are of the other category.
    public let joins: [Int]
    /// The share of the other category among the neighbours over its share among all others; `nil` where there are none.
    public let quotient: [Double?]
    /// Two-sided probability of so many when the categories of all others are dealt anew: hypergeometric, exact, the smaller
    /// tail doubled.
    public let p: [Double?]
}

/// Computes the local colocation quotients of the points of one category with another.
///
/// Neighbours at equal distances count by their index. Source: Leslie & Kronenfeld 2011, Geogr. Anal. 43,
/// doi:10.1111/j.1538-4632.2011.00821.x; Wang, Hu, Wang & Li 2017, Prof. Geogr. 69(1), doi:10.1080/00330124.2016.1157498,
/// who draw the permutations that are counted here.
///
/// - Parameters:
///   - points: locations in metres with their categories; weights take no part.
///   - category: the category whose points are looked at.
///   - other: the category that is looked for around them; may be the same.
///   - neighbors: nearest neighbours looked at; at least 1 and fewer than points.
/// - Throws: ``AnalysisError`` for bad parameters or coordinates.
/// - Complexity: O(n log n + n · neighbors).
public func localColocation(
    _ points: Points, of category: Int32, with other: Int32, neighbors: Int
) throws(AnalysisError) -> LocalColocation {
    guard neighbors >= 1, neighbors < points.count else {
        throw AnalysisError(
            .invalidParameter,
            "The number of neighbours must be at least 1 and below the number of points, \(points.count).")
    }
    try requireFinite(points)
    var joins = [Int](repeating: 0, count: points.count)
    try PointTree(points).forEachNearest(neighbors) { point, nearest in
        guard points.category[point] == category else { return }
        joins[point] = nearest.count { points.category[Int($0.index)] == other }
    }
    let rows = (0..<points.count).filter { points.category[$0] == category }
    let others = points.category.count { $0 == other } - (category == other ? 1 : 0)
    let n = points.count - 1
    var known: [Int: Double] = [:]
    for count in Set(rows.map { joins[$0] }) where others > 0 {
        known[count] = ExactTail.hypergeometric(count, drawn: neighbors, marked: others, total: n)
    }
    return LocalColocation(
        rows: rows, joins: rows.map { joins[$0] },
        quotient: rows.map { row in
            others > 0 ? Double(joins[row]) / Double(neighbors) / (Double(others) / Double(n)) : nil
        },
        p: rows.map { known[joins[$0]] })
}
