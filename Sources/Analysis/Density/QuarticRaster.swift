import GeoCore

/// The quartic kernel on a raster: every point adds its bump row by row, four columns at a time.
struct QuarticRaster {
    private let points: Points
    private let radius: Double
    private let raster: Raster

    init(_ points: Points, radius: Double, _ raster: Raster) {
        self.points = points
        self.radius = radius
        self.raster = raster
    }

    /// Weight per square metre at the cell centres.
    func values() throws(AnalysisError) -> [Double] {
        var blocks = LaneRows(columns: raster.columns, rows: raster.rows)
        var start = 0
        while start < points.count {
            try AnalysisError.checkCancellation()
            let end = min(start + 16_384, points.count)
            add(start..<end, &blocks)
            start = end
        }
        return blocks.values(scale: Kernel.quartic.scale / (radius * radius))
    }

    private func add(_ range: Range<Int>, _ blocks: inout LaneRows) {
        let (xs, ys, weights) = (points.x.span, points.y.span, points.weight.span)
        let inverse = 1 / radius
        let step = raster.cell * inverse
        let lanes = SIMD4<Double>(0, 1, 2, 3) * step
        let halfCell = raster.cell / 2
        let lanesPerRow = blocks.lanesPerRow
        let (lastColumn, lastRow) = (Double(raster.columns - 1), Double(raster.rows - 1))
        let cells = radius / raster.cell
        for index in range {
            let localX = xs[index] - raster.minX - halfCell
            let localY = ys[index] - raster.minY - halfCell
            let weight = weights[index]
            let (centerColumn, centerRow) = (localX / raster.cell, localY / raster.cell)
            guard centerRow + cells >= 0, centerRow - cells <= lastRow, centerColumn + cells >= 0,
                centerColumn - cells <= lastColumn
            else { continue }
            let firstRow = NearestInteger.integer(max(centerRow - cells, 0))
            let finalRow = NearestInteger.integer(min(centerRow + cells, lastRow))
            var row = firstRow
            while row <= finalRow {
                let v = Double(row) * step - localY * inverse
                let c = 1 - v * v
                if c > 0 {
                    let half = c.squareRoot() * cells
                    let low = max(centerColumn - half, 0)
                    let high = min(centerColumn + half, lastColumn)
                    if low <= high + 1 {
                        let first = NearestInteger.integer(low) >> 2
                        let final = NearestInteger.integer(high) >> 2
                        var u = lanes + (Double(first * 4) * step - localX * inverse)
                        var block = row * lanesPerRow + first
                        let end = row * lanesPerRow + final
                        while block <= end {
                            var t = c - u * u
                            t.replace(with: 0, where: t .< 0)
                            blocks.lanes[block] += weight * t * t
                            u += 4 * step
                            block += 1
                        }
                    }
                }
                row += 1
            }
        }
    }
}

/// Rows of numbers in groups of four, so that a bounds check serves four columns.
struct LaneRows {
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
