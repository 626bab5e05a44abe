/// Upper limits of classes that grow by the same factor from the smallest positive value to the largest.
///
/// Values of 0 are a class of their own, which counts as one of the classes.
///
/// - Parameters:
///   - values: at least one, all finite and none negative, in any order.
///   - classes: number of classes, 1 to 100.
/// - Throws: ``AnalysisError`` otherwise.
/// - Complexity: O(n log n).
public func geometricBreaks(_ values: [Double], classes: Int) throws(AnalysisError) -> [Double] {
    let sorted = try valuesForClasses(values, classes)
    guard sorted[0] >= 0 else {
        throw AnalysisError(.invalidParameter, "Classes of a geometric series need values that are not negative.")
    }
    let high = sorted[sorted.count - 1]
    guard classes > 1, let low = sorted.first(where: { $0 > 0 }) else { return [high] }
    let zeros = sorted[0] > 0 ? [] : [0.0]
    let rest = classes - zeros.count
    let growth = Elementary.log(high) - Elementary.log(low)
    return zeros
        + (1...rest).map { $0 == rest ? high : low * Elementary.exp(growth * Double($0) / Double(rest)) }
}

/// Upper limits of classes one standard deviation wide, the mean on a limit for an even number of them and in the middle of
/// a class for an odd one.
///
/// The first and the last class hold whatever lies beyond; classes beyond the smallest and the largest value are left out.
/// The deviation is that of a sample (n − 1).
///
/// - Parameters:
///   - values: at least one, all finite, in any order.
///   - classes: most classes, 1 to 100.
/// - Throws: ``AnalysisError`` otherwise.
/// - Complexity: O(n log n).
public func standardDeviationBreaks(_ values: [Double], classes: Int) throws(AnalysisError) -> [Double] {
    let sorted = try valuesForClasses(values, classes)
    let (low, high) = (sorted[0], sorted[sorted.count - 1])
    guard sorted.count > 1, low < high else { return [high] }
    // About the smallest value, so that large equal parts take no digits.
    let offsets = sorted.map { $0 - low }
    let mean = offsets.compensatedSum / Double(offsets.count)
    let squares = offsets.map { ($0 - mean) * ($0 - mean) }.compensatedSum
    let deviation = (squares / Double(offsets.count - 1)).squareRoot()
    let limits = (1..<max(1, classes)).map { low + mean + (Double($0) - Double(classes) / 2) * deviation }
    return limits.filter { low <= $0 && $0 < high } + [high]
}
