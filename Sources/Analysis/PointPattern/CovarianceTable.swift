import GeoCore

/// The area that a window shares with itself after shifts, from a table with linear interpolation in between.
///
/// For windows with many edges, where each exact value costs the square of their number. The area falls smoothly with
/// the shift, so the error is small; ``relativeError`` tells the largest of a sample.
struct CovarianceTable: Sendable {
    /// The largest error found halfway between places of the table, in parts of the window's area.
    let relativeError: Double
    private let step: Double
    private let half: Int
    /// Rows of northward shifts from 0, each of eastward shifts from −half to half: opposite shifts share as much.
    private let values: [Double]

    /// Places of the table from no shift to the largest, in one direction.
    private static let half = 64

    /// Makes the table that distances need; `nil` for distances that are none.
    static func make(
        _ points: Points, _ window: StudyWindow, _ radii: [Double]?
    ) async throws(AnalysisError) -> CovarianceTable? {
        var reach = radii?.last
        if radii == nil {
            reach = standardRadii(count: try points.rows(inside: window).count, window: window).last
        }
        guard let reach, reach.isFinite, reach > 0 else { return nil }
        return try await make(SetCovariance(window), reach: reach, area: window.area)
    }

    /// Makes a table for shifts up to `reach` metres in each direction.
    ///
    /// - Complexity: some eight thousand exact values.
    static func make(_ covariance: SetCovariance, reach: Double, area: Double) async throws(AnalysisError)
        -> CovarianceTable
    {
        let step = reach / Double(half)
        let rows = try await Chunks.map(half + 1, smallest: 1) { range throws(AnalysisError) in
            var values: [Double] = []
            for row in range {
                try AnalysisError.checkCancellation()
                for column in -half...half {
                    values.append(covariance.value(dx: Double(column) * step, dy: Double(row) * step))
                }
            }
            return values
        }
        let table = CovarianceTable(relativeError: 0, step: step, half: half, values: rows.flatMap { $0 })
        var error = 0.0
        for row in stride(from: 0, to: half, by: 9) {
            for column in stride(from: -half, to: half, by: 9) {
                let (dx, dy) = ((Double(column) + 0.5) * step, (Double(row) + 0.5) * step)
                error = max(error, abs(table.value(dx: dx, dy: dy) - covariance.value(dx: dx, dy: dy)) / area)
            }
        }
        return CovarianceTable(relativeError: error, step: step, half: half, values: table.values)
    }

    /// The shared area in square metres, for shifts within the reach of the table.
    @inline(__always)
    func value(dx: Double, dy: Double) -> Double {
        let (x, y) = dy < 0 ? (-dx / step, -dy / step) : (dx / step, dy / step)
        let column = min(max(NearestInteger.integer(x - 0.5), -half), half - 1)
        let row = min(max(NearestInteger.integer(y - 0.5), 0), half - 1)
        let (u, v) = (x - Double(column), y - Double(row))
        let place = row * (2 * half + 1) + column + half
        let above = place + 2 * half + 1
        return (values[place] * (1 - u) + values[place + 1] * u) * (1 - v)
            + (values[above] * (1 - u) + values[above + 1] * u) * v
    }
}
