public import GeoCore

/// Contributions counted in cells and steps of time.
public struct SpaceTimeCube: Sendable {
    /// The cells of the study area, in (q, r) order.
    public let cells: CellSet
    /// The tiling.
    public let grid: Grid
    /// Borders of the steps in milliseconds since 1970: a step holds what is later than its first and not later than
    /// its last border.
    public let borders: [Int64]
    /// A value for each step and cell, steps outside: the weight per step, or per day where steps differ in length.
    public let values: [Double]
    /// Contributions outside every cell.
    public let outsideArea: Int
    /// Contributions inside the area but in no whole step.
    public let outsideTime: Int

    /// Number of steps.
    public var steps: Int { borders.count - 1 }

    /// Steps of one length, the last ending at the latest contribution; a first incomplete step is left out.
    ///
    /// - Parameters:
    ///   - times: of the contributions, in milliseconds.
    ///   - length: of a step, in milliseconds.
    ///   - limit: the most steps.
    /// - Throws: ``AnalysisError`` for a length that is not positive, or too many steps.
    public static func borders(
        times: [Int64], length: Int64, limit: Int = 1000
    ) throws(AnalysisError) -> [Int64] {
        guard length > 0 else {
            throw AnalysisError(.invalidParameter, "The length of a step must be positive, such as a week.")
        }
        guard let earliest = times.min(), let latest = times.max() else { return [0] }
        let (span, overflow) = latest.subtractingReportingOverflow(earliest)
        let count = span / length
        guard !overflow, count <= Int64(limit) else {
            throw AnalysisError(.tooManyCells, "The steps are too short: there would be more than \(limit).")
        }
        return (0...count).map { latest - (count - $0) * length }
    }

    /// Counts contributions in cells and steps.
    ///
    /// - Parameters:
    ///   - points: contributions in metres with times in milliseconds; weights are added up.
    ///   - grid: the tiling.
    ///   - cells: the study area, empty cells included.
    ///   - borders: rising; one more than there are steps.
    ///   - perDay: divides by the days of a step, for calendar months and such.
    /// - Throws: ``AnalysisError`` when borders do not rise or there are too many bins.
    /// - Complexity: O(n log steps + cells · steps).
    public init(
        _ points: Points, grid: Grid, cells: CellSet, borders: [Int64], perDay: Bool = false
    ) throws(AnalysisError) {
        guard !borders.isEmpty, zip(borders, borders.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw AnalysisError(.invalidColumns, "The borders of the steps must rise.")
        }
        let steps = borders.count - 1
        guard steps * cells.count <= 50_000_000 else {
            throw AnalysisError(.tooManyCells, "Cells times steps are more than 50 million; take larger ones.")
        }
        var values = [Double](repeating: 0, count: steps * cells.count)
        var (outsideArea, outsideTime) = (0, 0)
        for index in 0..<points.count {
            if index & 0xFFFF == 0 { try AnalysisError.checkCancellation() }
            guard let cell = grid.cell(x: points.x[index], y: points.y[index]), let place = cells.place(of: cell) else {
                outsideArea += 1
                continue
            }
            let time = points.time[index]
            let step = borders.partitioningIndex { $0 >= time } - 1
            guard step >= 0, step < steps else {
                outsideTime += 1
                continue
            }
            values[step * cells.count + place] += points.weight[index]
        }
        if perDay {
            for step in 0..<steps {
                let days = Double(borders[step + 1] - borders[step]) / 86_400_000
                for place in 0..<cells.count { values[step * cells.count + place] /= days }
            }
        }
        self.cells = cells
        self.grid = grid
        self.borders = borders
        self.values = values
        self.outsideArea = outsideArea
        self.outsideTime = outsideTime
    }
}
