/// How alike two sets are: the size of what they share over the size of what either holds, from 0 to 1.
///
/// Source: Jaccard 1912, doi:10.1111/j.1469-8137.1912.tb05611.x.
///
/// - Parameters:
///   - first: whether each place is in one set.
///   - second: the same of the other, for as many places.
/// - Returns: `nil` where both are empty.
/// - Complexity: linear.
public func jaccardIndex(_ first: [Bool], _ second: [Bool]) -> Double? {
    precondition(first.count == second.count)
    var (both, either) = (0, 0)
    for (a, b) in zip(first, second) {
        if a && b { both += 1 }
        if a || b { either += 1 }
    }
    return either == 0 ? nil : Double(both) / Double(either)
}
