public import GeoCore

extension Raster {
    /// How many cells lie within reach of points, each counted for every point: what a kernel that is summed point by point
    /// has to evaluate.
    ///
    /// Tells before a density is computed whether it would take too long; nothing but a quartic or Gaussian kernel of one
    /// bandwidth is summed otherwise.
    ///
    /// - Parameters:
    ///   - points: locations in metres; those that are not finite reach nothing.
    ///   - reach: of each point in metres, or one for all.
    /// - Complexity: linear in points.
    public func evaluations(_ points: Points, reach: [Double]) -> Double {
        var total = 0.0
        for index in 0..<points.count {
            let reach = reach.count == 1 ? reach[0] : reach[index]
            let (columns, rows) = spans(points.x[index], points.y[index], reach)
            total += Double(columns.count * rows.count)
        }
        return total
    }

    /// The columns and rows whose centres can be within `reach` of a position in metres.
    @inline(__always)
    func spans(_ x: Double, _ y: Double, _ reach: Double) -> (columns: Range<Int>, rows: Range<Int>) {
        (span(x - minX, reach, columns), span(y - minY, reach, rows))
    }
}

/// Asks every few milliseconds of work whether the task is cancelled, however uneven its steps are.
struct CancellationMeter {
    private static let limit = 1 << 20

    private var work = 0

    /// Counts evaluations that are about to be made.
    ///
    /// - Throws: ``AnalysisError`` `cancelled`.
    @inline(__always)
    mutating func add(_ evaluations: Int) throws(AnalysisError) {
        work += evaluations + 1
        guard work >= Self.limit else { return }
        work = 0
        try AnalysisError.checkCancellation()
    }
}
