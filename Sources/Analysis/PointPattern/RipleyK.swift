public import GeoCore

/// How pairs near the border of the study area are corrected for what lies outside.
public enum PatternCorrection: String, Sendable, Hashable, CaseIterable {
    /// Not at all: K is too low.
    case none
    /// Only points farther from the border than the distance count others (reduced sample).
    case border
    /// A pair counts by the share of the area in which it could lie (Ohser & Stoyan 1981).
    case translate
    /// A pair counts by the share of the circle through it that lies inside (Ripley 1977).
    case isotropic
}

/// Ripley's K and L of points inside a study area.
public struct RipleyK: Sendable, Equatable {
    /// Distances in metres, rising.
    public let radii: [Double]
    /// K in square metres at each distance; `nil` where no point is far enough from the border.
    public let k: [Double?]
    /// √(K/π) in metres; points spread at random have L(r) = r.
    public let l: [Double?]
    /// How the border was treated.
    public let correction: PatternCorrection
    /// Whether pairs counted by the product of their weights.
    public let isWeighted: Bool
    /// Points inside the area.
    public let count: Int
    /// Points outside it, which took no part.
    public let outside: Int
    /// Pairs at one place: they count at every distance and make any pattern look clustered.
    public let duplicatePairs: Int
    /// The largest error of a shared area in parts of the study area, where they came from a table.
    public let tableError: Double?
}

/// Ripley's K function: how many others lie within each distance of a point, compared with the mean density.
///
/// A pair at exactly a distance counts. Points are taken in parts that depend on the data alone.
/// Source: Ripley 1977, J. R. Stat. Soc. B 39, doi:10.1111/j.2517-6161.1977.tb01615.x.
///
/// - Parameters:
///   - points: locations in metres.
///   - window: the study area.
///   - radii: distances in metres, at least one, rising and not negative; ``standardRadii(_:window:steps:)`` unless given.
///   - correction: how the border is treated.
///   - isWeighted: counts pairs by the product of their weights, which must not be negative.
///   - tabulates: whether the translation correction takes shared areas from a table unless the area is a rectangle, so
///     that pairs cost the same whatever the number of its edges.
/// - Throws: ``AnalysisError`` for bad distances, coordinates or weights, or with fewer than two points inside.
/// - Complexity: pairs within the largest distance; `isotropic` and, unless the area is a rectangle, `translate` times
///   edges of the window.
public func ripleyK(
    _ points: Points, window: StudyWindow, radii: [Double]? = nil, correction: PatternCorrection = .translate,
    isWeighted: Bool = false, tabulates: Bool = false
) async throws(AnalysisError) -> RipleyK {
    let table =
        tabulates && correction == .translate && !window.isRectangle
        ? try await CovarianceTable.make(points, window, radii) : nil
    return try await ripleyK(points, window, radii, correction, isWeighted, table)
}

/// Ripley's K as above, with shared areas from a table where there is one.
func ripleyK(
    _ points: Points, _ window: StudyWindow, _ radii: [Double]?, _ correction: PatternCorrection, _ isWeighted: Bool,
    _ table: CovarianceTable?
) async throws(AnalysisError) -> RipleyK {
    let inside = try points.rows(inside: window)
    let radii = radii ?? standardRadii(count: inside.count, window: window)
    guard let largest = radii.last, largest.isFinite, largest > 0, radii[0] >= 0,
        zip(radii, radii.dropFirst()).allSatisfy({ $0 < $1 })
    else {
        throw AnalysisError(
            .invalidParameter, "The distances must be finite, rising and not negative, for example 50, 100, 150 metres."
        )
    }
    guard inside.count >= 2 else {
        throw AnalysisError(.tooFewData, "Ripley's K needs at least 2 points inside the study area.")
    }
    if isWeighted, !inside.weight.allSatisfy({ $0.isFinite && $0 >= 0 }) {
        throw AnalysisError(.invalidParameter, "Weights for Ripley's K must be finite and not negative.")
    }
    let counter = try PatternCounter(inside, window, radii, correction, isWeighted, table: table)
    let parts = try await Chunks.map(inside.count, smallest: 1024) { range throws(AnalysisError) in
        try counter.count(range)
    }
    let k = counter.k(parts)
    return RipleyK(
        radii: radii, k: k, l: k.map { $0.map { ($0 / .pi).squareRoot() } }, correction: correction,
        isWeighted: isWeighted, count: inside.count, outside: points.count - inside.count,
        duplicatePairs: parts.reduce(0) { $0 + $1.atZero } / 2, tableError: table?.relativeError)
}

/// Distances for ``ripleyK(_:window:radii:correction:isWeighted:)`` in equal steps up to a quarter of the shorter side of
/// the area, or to where a point has a thousand others within reach if that is less.
public func standardRadii(count: Int, window: StudyWindow, steps: Int = 50) -> [Double] {
    let box = window.boundingBox
    let dense = (1000 * window.area / (.pi * Double(max(count, 1)))).squareRoot()
    let largest = min(min(box.width, box.height) / 4, dense)
    let steps = max(steps, 1)
    return (1...steps).map { largest * Double($0) / Double(steps) }
}
