/// A number for each day, 0 at first.
///
/// Days within centuries of each other stand next to each other in memory; only those of a few wild times are looked up
/// in a dictionary.
struct DayTable {
    /// Most days that stand next to each other: a thousand years.
    private static let mostDays = 365_250

    private let first: Int
    private var dense: [Int]
    private var sparse: [Int: Int] = [:]

    /// Makes room for the days of instants, milliseconds since 1970, in any time zone.
    init(_ instants: [Int64]) {
        let low = Self.quotient(Int(instants.min() ?? 0), 86_400_000) - 1
        let high = Self.quotient(Int(instants.max() ?? 0), 86_400_000) + 1
        first = low
        dense = Array(repeating: 0, count: min(high - low + 1, Self.mostDays))
    }

    /// The number of a day, counted from 1970-01-01.
    subscript(day: Int) -> Int {
        get { dense.indices.contains(day - first) ? dense[day - first] : sparse[day] ?? 0 }
        set {
            if dense.indices.contains(day - first) { dense[day - first] = newValue } else { sparse[day] = newValue }
        }
    }

    /// The days whose number is not 0, rising.
    var entries: [(day: Int, value: Int)] {
        dense.indices.compactMap { dense[$0] == 0 ? nil : (day: first + $0, value: dense[$0]) }
            + sparse.sorted { $0.key < $1.key }.map { (day: $0.key, value: $0.value) }
    }

    /// Whole days, seconds … of a number, rounded down for negative ones too.
    static func quotient(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
    }
}
