/// A prefix code of at most 15 bits for the symbols of a deflate block (Huffman 1952; RFC 1951, 3.2.2).
struct HuffmanCode: Sendable {
    /// Bits of the code of each symbol, from the lowest bit as they are sent.
    private(set) var codes: [UInt32]
    /// How many bits each code has.
    private(set) var lengths: [UInt8]

    private static let limit = 15

    /// The code of symbols that come so often; each counts as coming once at least, so that all can be written.
    init(_ counts: [Int]) {
        var weights = counts.map { max(1, $0) }
        var lengths = Self.lengths(weights)
        // Weights more alike make a flatter tree.
        while lengths.contains(where: { $0 > Self.limit }) {
            weights = weights.map { $0 / 2 + 1 }
            lengths = Self.lengths(weights)
        }
        var next = [UInt32](repeating: 0, count: Self.limit + 2)
        for length in lengths { next[length + 1] += 1 }
        for length in 1...Self.limit { next[length + 1] = (next[length + 1] + next[length]) << 1 }
        codes = lengths.map { length in
            let code = next[length]
            next[length] += 1
            return (0..<length).reduce(0) { $0 | (code >> $1 & 1) << (length - 1 - $1) }
        }
        self.lengths = lengths.map { UInt8($0) }
    }

    /// The depth of each symbol in the tree.
    private static func lengths(_ weights: [Int]) -> [Int] {
        let symbols = weights.indices.sorted { (weights[$0], $0) < (weights[$1], $1) }
        let count = symbols.count
        var sums = symbols.map { weights[$0] }
        var parents = [Int](repeating: 0, count: 2 * count - 1)
        // Leaves in order of weight, and nodes, which are made in that order.
        var (leaf, node) = (0, count)
        func lightest() -> Int {
            let isLeaf = leaf < count && (node == sums.count || sums[leaf] <= sums[node])
            defer { if isLeaf { leaf += 1 } else { node += 1 } }
            return isLeaf ? leaf : node
        }
        for next in count..<2 * count - 1 {
            let (first, second) = (lightest(), lightest())
            sums.append(sums[first] + sums[second])
            (parents[first], parents[second]) = (next, next)
        }
        var depths = [Int](repeating: 0, count: 2 * count - 1)
        for index in stride(from: 2 * count - 3, through: 0, by: -1) { depths[index] = depths[parents[index]] + 1 }
        var lengths = [Int](repeating: 0, count: count)
        for (rank, symbol) in symbols.enumerated() { lengths[symbol] = depths[rank] }
        return lengths
    }
}
