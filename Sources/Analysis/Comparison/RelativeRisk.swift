public import GeoCore

/// Where points of one kind are denser than those of another, place by place.
public struct RelativeRisk: Sendable, Equatable {
    /// Standard deviation of the Gaussian in metres.
    public let bandwidth: Double
    /// Points of the first kind inside the area.
    public let first: Int
    /// Points of the second kind inside it.
    public let second: Int
    /// Density of the first kind, integrating to 1 over the area; `nil` outside it, as all columns below.
    public let firstDensity: [Double?]
    /// Density of the second kind.
    public let secondDensity: [Double?]
    /// Logarithm of their ratio; `nil` also where the pooled density is below a thousandth of its largest value.
    public let logarithm: [Double?]
    /// Deviation from an even ratio in standard errors.
    public let z: [Double?]
    /// Probability of so high a ratio at this one place; contours at 0.05 are tolerance contours, valid pointwise.
    public let p: [Double?]
}

/// The logarithm of the ratio of two densities with its pointwise test, at any positions inside a study area.
///
/// Source: Kelsall & Diggle 1995, Bernoulli 1, doi:10.3150/bj/1193667817; Hazelton & Davies 2009, Biom. J. 51,
/// doi:10.1002/bimj.200810495 (asymptotic variance, as sparr).
///
/// - Parameters:
///   - first: locations of the first kind in metres; weights take no part.
///   - second: locations of the second kind.
///   - x: eastings of the positions asked for.
///   - y: their northings, as many.
///   - bandwidth: of both densities in metres; rule `scott2d` over all points unless given.
///   - window: the study area; points outside take no part.
/// - Throws: ``AnalysisError`` for bad coordinates or bandwidth, or when a kind has no points inside.
/// - Complexity: as ``kernelDensity(_:atX:y:kernel:bandwidth:window:correction:)``.
public func relativeRisk(
    _ first: Points, _ second: Points, atX x: [Double], y: [Double], bandwidth: Double? = nil, window: StudyWindow
) throws(AnalysisError) -> RelativeRisk {
    let pair = try RiskPair(first, second, bandwidth, window)
    let f = try kernelDensity(
        pair.first, atX: x, y: y, kernel: .gaussian, bandwidth: pair.bandwidth, window: window, correction: .none)
    let g = try kernelDensity(
        pair.second, atX: x, y: y, kernel: .gaussian, bandwidth: pair.bandwidth, window: window, correction: .none)
    return try pair.compare(f, g, x, y, try pair.masses(x, y, f))
}

/// The logarithm of the ratio of two densities with its test at the centres of a raster, on all cores.
///
/// - Parameters:
///   - first: locations of the first kind in metres; weights take no part.
///   - second: locations of the second kind.
///   - raster: where to evaluate; columns of the answer lie row by row from the south.
///   - bandwidth: of both densities in metres; rule `scott2d` over all points unless given.
///   - window: the study area; points outside take no part.
///   - permutations: how often the kinds are exchanged among the points, instead of the asymptotic test; 0 for none.
///   - seed: of the permutations.
/// - Throws: ``AnalysisError`` as the function for positions, or for more than 9999 permutations.
/// - Complexity: two densities, and one for each permutation.
public func relativeRisk(
    _ first: Points, _ second: Points, raster: Raster, bandwidth: Double? = nil, window: StudyWindow,
    permutations: Int = 0, seed: UInt64 = 1
) async throws(AnalysisError) -> RelativeRisk {
    guard (0...9999).contains(permutations) else {
        throw AnalysisError(.invalidParameter, "The number of permutations must be from 0 to 9999, for example 99.")
    }
    let pair = try RiskPair(first, second, bandwidth, window)
    let x = (0..<raster.count).map { raster.x($0 % raster.columns) }
    let y = (0..<raster.count).map { raster.y($0 / raster.columns) }
    let plainFirst = try kernelDensity(pair.first, kernel: .gaussian, bandwidth: pair.bandwidth, raster: raster).values
    let plainSecond = try kernelDensity(pair.second, kernel: .gaussian, bandwidth: pair.bandwidth, raster: raster)
        .values
    var isInside = [Bool](repeating: false, count: raster.count)
    for index in isInside.indices {
        if index & 0xFFF == 0 { try AnalysisError.checkCancellation() }
        isInside[index] = window.contains(x: x[index], y: y[index])
    }
    let f: [Double?] = plainFirst.indices.map { isInside[$0] ? plainFirst[$0] : nil }
    let g: [Double?] = plainSecond.indices.map { isInside[$0] ? plainSecond[$0] : nil }
    let parts = try await Chunks.map(raster.count, smallest: 512) { range throws(AnalysisError) in
        try pair.masses(Array(x[range]), Array(y[range]), Array(f[range]))
    }
    let masses = RiskPair.Masses(whole: parts.flatMap(\.whole), narrow: parts.flatMap(\.narrow))
    let result = try pair.compare(f, g, x, y, masses)
    guard permutations > 0 else { return result }
    return try await pair.permuted(result, plainFirst, plainSecond, raster, permutations, seed)
}
