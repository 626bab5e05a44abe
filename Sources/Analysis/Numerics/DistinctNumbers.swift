/// The different numbers of a column, and which of them each place has: what a number alone decides is worked out once
/// for all places that have it.
///
/// Counts of few things make few different scores, so there are far fewer numbers than places.
struct DistinctNumbers {
    /// Each number once, in the order in which they come first.
    private(set) var numbers: [Double] = []
    /// How many places have each.
    private(set) var counts: [Int] = []
    /// For each place the index of its number; −1 where it is NaN, which is undefined.
    private(set) var indices: [Int32] = []

    /// - Complexity: linear.
    init(_ column: [Double]) {
        var room = 64
        while room < 2 * column.count { room *= 2 }
        // Indices of numbers by their bits, −1 where there is none.
        var table = [Int32](repeating: -1, count: room)
        indices.reserveCapacity(column.count)
        for number in column {
            guard !number.isNaN else {
                indices.append(-1)
                continue
            }
            var slot = Self.hash(number) & (room - 1)
            while table[slot] >= 0, numbers[Int(table[slot])].bitPattern != number.bitPattern {
                slot = (slot + 1) & (room - 1)
            }
            if table[slot] < 0 {
                table[slot] = Int32(truncatingIfNeeded: numbers.count)
                numbers.append(number)
                counts.append(0)
            }
            counts[Int(table[slot])] += 1
            indices.append(table[slot])
        }
    }

    private static func hash(_ number: Double) -> Int {
        let mixed = number.bitPattern &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32)
    }

    /// A column of what belongs to each number; NaN where there is none.
    func column(_ values: [Double]) -> OptionalColumn {
        OptionalColumn(numbers: indices.map { $0 < 0 ? .nan : values[Int($0)] })
    }
}
