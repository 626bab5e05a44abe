/// Rows of numbers in groups of four, so that a bounds check serves four columns.
struct LaneRows: Sendable {
    let columns: Int
    let rows: Int
    let lanesPerRow: Int
    var lanes: [SIMD4<Double>]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        lanesPerRow = (columns + 3) / 4
        lanes = Array(repeating: .zero, count: lanesPerRow * rows)
    }

    /// The numbers row by row, multiplied by `scale`.
    func values(scale: Double) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                values.append(lanes[row * lanesPerRow + column / 4][column & 3] * scale)
            }
        }
        return values
    }
}
