/// How often each author occurs in a column of their numbers.
///
/// An open table instead of a dictionary: the numbers are spread evenly as they are, and figures of a large proceeding are
/// counted after each of its changes.
struct AuthorCounts {
    /// How often each known author occurs, in no order.
    let counts: [Int64]

    /// Counts a column; 0 stands for nobody.
    ///
    /// - Complexity: linear.
    init(_ authors: [UInt64]) {
        let size = max(16, Self.powerOfTwo(atLeast: 2 * authors.count))
        let shift = UInt64(64 - size.trailingZeroBitCount)
        var names = [UInt64](repeating: 0, count: size)
        var counts = [Int64](repeating: 0, count: size)
        for author in authors where author != 0 {
            var place = Int(truncatingIfNeeded: (author &* 0x9E37_79B9_7F4A_7C15) >> shift)
            while names[place] != author, names[place] != 0 { place = (place + 1) & (size - 1) }
            names[place] = author
            counts[place] += 1
        }
        self.counts = counts.filter { $0 > 0 }
    }

    private static func powerOfTwo(atLeast number: Int) -> Int {
        var power = 1
        while power < number { power *= 2 }
        return power
    }
}
