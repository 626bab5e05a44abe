/// Upper limits of classes that hold about the same number of values: quantiles at i/k.
///
/// A value belongs to the first class whose upper limit is not below it; equal limits are an empty class.
///
/// - Parameters:
///   - values: at least one, all finite, in any order.
///   - classes: number of classes, 1 to 100.
/// - Throws: ``AnalysisError`` otherwise.
/// - Complexity: O(n log n).
public func quantileBreaks(_ values: [Double], classes: Int) throws(AnalysisError) -> [Double] {
    let sorted = try valuesForClasses(values, classes)
    return (1...classes).compactMap { quantile(sorted: sorted, Double($0) / Double(classes)) }
}

/// Upper limits of classes of equal width between the smallest and the largest value.
///
/// - Parameters:
///   - values: at least one, all finite, in any order.
///   - classes: number of classes, 1 to 100.
/// - Throws: ``AnalysisError`` otherwise.
public func equalIntervalBreaks(_ values: [Double], classes: Int) throws(AnalysisError) -> [Double] {
    let sorted = try valuesForClasses(values, classes)
    let (low, high) = (sorted[0], sorted[sorted.count - 1])
    return (1...classes).map { $0 == classes ? high : low + (high - low) * Double($0) / Double(classes) }
}

/// The values in rising order, when they can be divided into so many classes.
func valuesForClasses(_ values: [Double], _ classes: Int) throws(AnalysisError) -> [Double] {
    guard (1...100).contains(classes) else {
        throw AnalysisError(.invalidParameter, "The number of classes must be between 1 and 100.")
    }
    guard !values.isEmpty else { throw AnalysisError(.tooFewData, "Classes need at least one value.") }
    guard values.allSatisfy(\.isFinite) else {
        throw AnalysisError(.notFinite, "A value is not a finite number.")
    }
    return values.sorted()
}
