/// Draws without replacement from 0 ..< `others`, one row a permutation, shared by all places.
///
/// At place i, r stands for place r below i and for r + 1 from i on, which leaves i out. The first k entries of a row
/// are a draw of k.
struct DrawTable: Sendable {
    let permutations: Int
    let size: Int
    /// Row by row.
    let entries: [Int32]

    static func make(
        permutations: Int, size: Int, others: Int, seed: UInt64
    ) async throws(AnalysisError) -> DrawTable {
        guard permutations * size <= 100_000_000 else {
            throw AnalysisError(
                .invalidParameter,
                "Places have up to \(size) neighbours: \(permutations) permutations are too many; try 999.")
        }
        let parts = try await Chunks.map(permutations, smallest: 512) { range throws(AnalysisError) in
            // A permutation of all indices; what a row swaps is swapped back after it.
            var pool = (0..<Int32(truncatingIfNeeded: others)).map { $0 }
            var swaps = [Int](repeating: 0, count: size)
            var entries: [Int32] = []
            entries.reserveCapacity(range.count * size)
            for permutation in range {
                if permutation & 0xFF == 0 { try AnalysisError.checkCancellation() }
                var random = CounterRandom(seed: seed, .conditionalPermutation, permutation: permutation)
                for draw in 0..<size {
                    let other = draw + random.index(below: others - draw)
                    swaps[draw] = other
                    pool.swapAt(draw, other)
                    entries.append(pool[draw])
                }
                for draw in stride(from: size - 1, through: 0, by: -1) { pool.swapAt(draw, swaps[draw]) }
            }
            return entries
        }
        return DrawTable(permutations: permutations, size: size, entries: Array(parts.joined()))
    }

    /// Positions of all entries in rising order of what they hold.
    func positionsInOrder(others: Int) -> [Int32] {
        if others > 4 * entries.count {
            var keys = entries.enumerated().map { UInt64(UInt32(bitPattern: $1)) << 32 | UInt64($0) }
            keys.sort()
            return keys.map { Int32(truncatingIfNeeded: $0) }
        }
        var next = [Int32](repeating: 0, count: others + 1)
        for entry in entries { next[Int(entry) + 1] += 1 }
        for index in 0..<others { next[index + 1] += next[index] }
        var positions = [Int32](repeating: 0, count: entries.count)
        for (position, entry) in entries.enumerated() {
            positions[Int(next[Int(entry)])] = Int32(truncatingIfNeeded: position)
            next[Int(entry)] += 1
        }
        return positions
    }
}
