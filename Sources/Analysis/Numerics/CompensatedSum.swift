/// A running sum with a correction term, so that its error does not grow with the number of items.
///
/// Source: Neumaier 1974, Z. Angew. Math. Mech. 54, doi:10.1002/zamm.19740540106.
struct CompensatedSum {
    private var sum = 0.0
    private var correction = 0.0

    /// The sum so far.
    var value: Double { sum + correction }

    /// Adds one item.
    mutating func add(_ item: Double) {
        let next = sum + item
        correction += sum.magnitude >= item.magnitude ? (sum - next) + item : (item - next) + sum
        sum = next
    }
}

extension Array where Element == Double {
    /// The compensated sum of all elements.
    var compensatedSum: Double {
        var total = CompensatedSum()
        for element in self { total.add(element) }
        return total.value
    }
}
