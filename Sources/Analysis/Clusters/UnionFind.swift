/// Disjoint sets of 0 ..< n with the smallest member as the name of a set.
///
/// Source: Tarjan & van Leeuwen 1984, J. ACM 31, doi:10.1145/62.2160 (path halving).
struct UnionFind: Sendable {
    private var parent: [Int32]

    init(count: Int) { parent = (0..<Int32(truncatingIfNeeded: count)).map { $0 } }

    /// The smallest member of the set of `item`.
    mutating func find(_ item: Int) -> Int {
        var item = item
        while Int(parent[item]) != item {
            parent[item] = parent[Int(parent[item])]
            item = Int(parent[item])
        }
        return item
    }

    /// Joins the sets of two items.
    mutating func unite(_ first: Int, _ second: Int) {
        let (a, b) = (find(first), find(second))
        if a != b { parent[max(a, b)] = Int32(truncatingIfNeeded: min(a, b)) }
    }
}
