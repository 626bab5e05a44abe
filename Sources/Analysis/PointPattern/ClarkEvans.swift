public import GeoCore

/// Whether points keep apart or gather, from the distance to their nearest neighbours.
public struct ClarkEvans: Sendable, Equatable {
    /// How the mean distance compares with that of points spread at random.
    public struct Comparison: Sendable, Equatable {
        /// Mean distance expected in metres.
        public let expected: Double
        /// Mean over expected: below 1 clustered, above 1 regular.
        public let index: Double
        /// Standard error of the mean in metres.
        public let standardError: Double
        /// Deviation in standard errors.
        public let z: Double
        /// Two-sided probability of so large a deviation.
        public let p: Double

        init(_ mean: Double, expected: Double, standardError: Double) {
            self.expected = expected
            self.standardError = standardError
            index = mean / expected
            z = (mean - expected) / standardError
            p = Elementary.twoSidedP(z: z)
        }
    }

    /// Points inside the area.
    public let count: Int
    /// Points outside it, which took no part.
    public let outside: Int
    /// Mean distance to the nearest other point in metres.
    public let meanDistance: Double
    /// Compared with an unbounded plane.
    public let plain: Comparison
    /// Compared with a rectangle, its border accounted for; `nil` for areas of other shapes.
    public let donnelly: Comparison?
}

/// The index of Clark and Evans for points inside a study area.
///
/// The result depends on the area: without the true one any points seem clustered. Source: Clark & Evans 1954, Ecology
/// 35, doi:10.2307/1931034; Donnelly 1978 with the constants of spatstat.
///
/// - Parameters:
///   - points: locations in metres; weights take no part.
///   - window: the study area.
/// - Throws: ``AnalysisError`` for coordinates that are not finite, or with fewer than two points inside.
/// - Complexity: O(n log n), and edges of the window times points.
public func clarkEvans(_ points: Points, window: StudyWindow) async throws(AnalysisError) -> ClarkEvans {
    let inside = try points.rows(inside: window)
    guard inside.count >= 2 else {
        throw AnalysisError(.tooFewData, "The nearest-neighbour index needs at least 2 points inside the study area.")
    }
    let nearest = try await NearestLists(try BoxTree(inside), count: 1)
    let n = Double(inside.count)
    let mean = nearest.squared.map { $0.squareRoot() }.compensatedSum / n
    let (area, perimeter) = (window.area, window.perimeter)
    let expected = 0.5 * (area / n).squareRoot()
    let donnelly =
        window.isRectangle
        ? ClarkEvans.Comparison(
            mean, expected: expected + (0.0514 + 0.0412 / n.squareRoot()) * perimeter / n,
            standardError: (0.070 * area / (n * n) + 0.037 * perimeter * (area / (n * n * n * n * n)).squareRoot())
                .squareRoot()) : nil
    return ClarkEvans(
        count: inside.count, outside: points.count - inside.count, meanDistance: mean,
        plain: ClarkEvans.Comparison(
            mean, expected: expected, standardError: ((4 - .pi) * area / (4 * .pi)).squareRoot() / n),
        donnelly: donnelly)
}
