/// Breaks for values of which few are large and many small: the mean, then the mean of those above it, and so on.
///
/// It ends when those above are more than two fifths of those they come from, for the tail is not heavy any more.
/// Source: Jiang 2013, Prof. Geogr. 65, doi:10.1080/00330124.2012.700499.
///
/// - Parameter values: at least one, all finite, in any order.
/// - Returns: the means, rising: a class more than there are breaks; none when all values are equal.
/// - Throws: ``AnalysisError`` otherwise.
/// - Complexity: O(n log n).
public func headTailBreaks(_ values: [Double]) throws(AnalysisError) -> [Double] {
    let sorted = try valuesForClasses(values, 1)
    var breaks: [Double] = []
    var head = sorted[...]
    while let first = head.first, let last = head.last, first < last {
        // About the first value, so that large equal parts take no digits.
        let offsets = head.map { $0 - first }
        let mean = first + offsets.compensatedSum / Double(head.count)
        // Rounding can put the mean of almost equal values on the largest.
        guard mean < last, breaks.last.map({ $0 < mean }) ?? true else { break }
        breaks.append(mean)
        let above = head.drop { $0 <= mean }
        guard 5 * above.count <= 2 * head.count else { break }
        head = above
    }
    return breaks
}
