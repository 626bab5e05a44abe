public import GeoCore

/// Where points have their middle, and how they spread about it.
///
/// Source: Lefever 1926, Am. J. Sociol. 32, doi:10.1086/214027; Vardi & Zhang 2000, PNAS 97, doi:10.1073/pnas.97.4.1423
/// (median).
public struct Centrography: Sendable, Equatable {
    /// An ellipse about the mean centre.
    public struct Ellipse: Sendable, Equatable {
        /// Half the longer axis in metres: one standard deviation along it, not multiplied by √2 as some programs do.
        public let major: Double
        /// Half the shorter axis in metres.
        public let minor: Double
        /// Direction of the longer axis in degrees counterclockwise from east, in [0, 180); 0 for a circle.
        public let angle: Double
    }

    /// Sum of the weights.
    public let weight: Double
    /// (Σw)² / Σw²: how many equal weights would carry as much.
    public let effectiveNumber: Double
    /// Weighted mean position in metres.
    public let meanCenter: Position
    /// The position from which the weighted sum of distances is smallest, in metres; one of them when there are several.
    public let medianCenter: Position
    /// Square root of the weighted mean of squared distances from the mean centre, in metres.
    public let standardDistance: Double
    /// The standard deviational ellipse: about 39 % of normally spread points lie inside.
    public let ellipse: Ellipse

    /// Computes the measures of points by their weights.
    ///
    /// - Parameter points: locations in metres; weights not negative and not all 0.
    /// - Throws: ``AnalysisError`` otherwise, `tooFewData` without points.
    /// - Complexity: linear for each step of the median, of which there are few.
    public init(_ points: Points) throws(AnalysisError) {
        guard let box = points.boundingBox else {
            throw AnalysisError(.tooFewData, "A centre needs at least one point.")
        }
        guard points.x.allSatisfy(\.isFinite), points.y.allSatisfy(\.isFinite) else {
            throw AnalysisError(.notFinite, "A coordinate is not a finite number.")
        }
        let weights = points.weight
        guard weights.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
            throw AnalysisError(.invalidParameter, "Weights for centres must be finite and not negative.")
        }
        let total = weights.compensatedSum
        guard total > 0, total.isFinite else {
            throw AnalysisError(.tooFewData, "A centre needs at least one point with a weight above 0.")
        }
        let origin = box.center
        let (x, y) = (points.x.map { $0 - origin.x }, points.y.map { $0 - origin.y })
        let meanX = Self.sum(weights, x) / total
        let meanY = Self.sum(weights, y) / total
        let (dx, dy) = (x.map { $0 - meanX }, y.map { $0 - meanY })
        let xx = Self.sum(weights, zip(dx, dx).map { $0 * $1 }) / total
        let yy = Self.sum(weights, zip(dy, dy).map { $0 * $1 }) / total
        let xy = Self.sum(weights, zip(dx, dy).map { $0 * $1 }) / total
        weight = total
        effectiveNumber = total * total / weights.map { $0 * $0 }.compensatedSum
        meanCenter = Position(origin.x + meanX, origin.y + meanY)
        standardDistance = (xx + yy).squareRoot()
        ellipse = Self.ellipse(xx, yy, xy)
        let median = try GeometricMedian(x, y, weights).position(from: (meanX, meanY))
        medianCenter = Position(origin.x + median.x, origin.y + median.y)
    }

    private static func sum(_ weights: [Double], _ values: [Double]) -> Double {
        zip(weights, values).map { $0 * $1 }.compensatedSum
    }

    /// Axes from the eigenvalues of the covariance.
    private static func ellipse(_ xx: Double, _ yy: Double, _ xy: Double) -> Ellipse {
        let half = (xx - yy) / 2
        let root = (half * half + xy * xy).squareRoot()
        let middle = (xx + yy) / 2
        let large = middle + root
        // The product of the eigenvalues is the determinant: no cancellation for a long thin ellipse.
        let small = large > 0 ? max((xx * yy - xy * xy) / large, 0) : 0
        var angle = root > 0 ? Elementary.atan2(xy, half) / 2 * 180 / .pi : 0
        if angle < 0 { angle += 180 }
        if angle >= 180 { angle -= 180 }
        return Ellipse(major: large.squareRoot(), minor: small.squareRoot(), angle: angle)
    }
}
