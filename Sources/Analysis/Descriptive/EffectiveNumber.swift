/// The effective number of items behind weights, (Σw)² / Σw² (Kish 1965); `nil` when all weights are 0 or there are none.
///
/// Below 10 a hotspot is carried by few.
public func effectiveNumber(_ weights: [Double]) -> Double? {
    let largest = weights.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0, largest.isFinite else { return nil }
    var (sum, squares) = (0.0, 0.0)
    for weight in weights {
        let scaled = weight / largest
        sum += scaled
        squares += scaled * scaled
    }
    return sum * sum / squares
}
