public import GeoCore

/// Moves places by a random distance between two radii, so that a published point tells no home.
///
/// The places it can move to are equally likely by area: a uniform radius would crowd them at the inner edge.
/// Source: Hampton et al. 2010, Am. J. Epidemiol. 172, doi:10.1093/aje/kwq248. Draw once for each contribution from a
/// keyed generator and keep the outcome: the mean of repeated draws would tell the place.
public struct DonutMask: Sendable, Hashable {
    /// Least distance in metres.
    public let inner: Double
    /// Largest distance in metres.
    public let outer: Double

    /// Makes a mask.
    ///
    /// - Parameters:
    ///   - inner: least distance in metres, 0 or more.
    ///   - outer: largest distance in metres, above `inner`.
    /// - Throws: ``AnalysisError`` otherwise.
    public init(inner: Double = 30, outer: Double = 150) throws(AnalysisError) {
        guard inner.isFinite, outer.isFinite, inner >= 0, outer > inner else {
            throw AnalysisError(
                .invalidParameter,
                "The radii of the mask must be finite, the inner at least 0 and the outer larger, such as 30 and 150.")
        }
        (self.inner, self.outer) = (inner, outer)
    }

    /// The step in metres that two random numbers in [0, 1) stand for.
    ///
    /// - Parameters:
    ///   - radial: decides how far.
    ///   - angular: decides the direction, counterclockwise from east.
    public func step(radial: Double, angular: Double) -> (dx: Double, dy: Double) {
        let (u, v) = (min(max(radial, 0), 1), min(max(angular, 0), 1))
        let radius = (inner * inner + u * (outer * outer - inner * inner)).squareRoot()
        let angle = 2 * Double.pi * v
        return (radius * Elementary.cosine(angle), radius * Elementary.sine(angle))
    }

    /// A masked position in metres for two random numbers in [0, 1).
    public func masked(_ position: Position, radial: Double, angular: Double) -> Position {
        let (dx, dy) = step(radial: radial, angular: angular)
        return Position(position.x + dx, position.y + dy)
    }
}
