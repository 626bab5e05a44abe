/// A quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, doi:10.2307/2684934).
///
/// - Parameters:
///   - sorted: values in rising order.
///   - share: 0 for the smallest value, 1 for the largest; clamped to this range.
/// - Returns: `nil` without values or for a share that is not a number.
public func quantile(sorted: [Double], _ share: Double) -> Double? {
    guard let first = sorted.first, !share.isNaN else { return nil }
    let place = min(max(share, 0), 1) * Double(sorted.count - 1)
    guard let lower = NearestInteger.floor32(place).map({ Int($0) }), lower + 1 < sorted.count else {
        return sorted.last ?? first
    }
    return sorted[lower] + (place - Double(lower)) * (sorted[lower + 1] - sorted[lower])
}
