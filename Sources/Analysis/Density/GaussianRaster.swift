import GeoCore

/// The Gaussian kernel on a raster, by outer products or by moments of cells, whichever is less work.
struct GaussianRaster {
    let points: Points
    let deviation: Double
    let raster: Raster
    /// Cells from a point's own to the farthest one it reaches.
    let reach: Int

    init(_ points: Points, deviation: Double, _ raster: Raster) throws(AnalysisError) {
        self.points = points
        self.deviation = deviation
        self.raster = raster
        let cells = Kernel.gaussian.reach * deviation / raster.cell
        reach = min(NearestInteger.integer(min(cells, 1e6)) + 1, max(raster.columns, raster.rows) * 8)
    }

    /// Weight per square metre at the cell centres.
    func values() throws(AnalysisError) -> [Double] {
        let order = momentOrder
        let taps = Double(2 * reach + 1)
        let n = Double(points.count)
        let moments = Double(order * (order + 1) / 2)
        let sources = min(n, Double(raster.columns + 2 * reach) * Double(raster.rows + 2 * reach))
        let direct = n * (taps * taps * 0.4 + taps * 2 + 60)
        let transformed =
            sources * taps * moments * 0.3 + n * moments
            + Double(raster.rows + 2 * reach) * min(taps, Double(raster.rows)) * Double(order * raster.columns) * 0.3
        var sums = LaneRows(columns: raster.columns, rows: raster.rows)
        if direct <= transformed || order > 24 {
            try addOuterProducts(&sums)
        } else {
            try GaussTransform(self, order: order).add(to: &sums)
        }
        return sums.values(scale: Kernel.gaussian.scale / (deviation * deviation))
    }

    /// The number of moments in each direction for an error below 10⁻⁹ of the peak, wherever in its cell a point lies.
    private var momentOrder: Int {
        let t = raster.cell / (2 * deviation)
        var power = 1.0
        var factorial = 1.0
        for order in 1...64 {
            power *= t * t * 2
            factorial *= Double(order)
            // Square of t^P √((P + 1) 2^P / P!), the bound that |He_P(u)| exp(−u²/2) ≤ √P! gives.
            if power * Double(order + 1) / factorial < 1e-18 { return order }
        }
        return 64
    }

    /// exp(−(k c − t)²/2h²) = exp(−t²/2h²) · exp(c t/h²)^k · exp(−(k c)²/2h²): two exponentials a point and axis.
    private func addOuterProducts(_ sums: inout LaneRows) throws(AnalysisError) {
        let step = raster.cell / deviation
        let table = (0...reach + 1).map { Elementary.exp(-0.5 * (Double($0) * step) * (Double($0) * step)) }
        let size = 2 * reach + 1
        var across = [Double](repeating: 0, count: size)
        var up = across
        var lanes = [SIMD4<Double>](repeating: .zero, count: size / 4 + 3)
        for index in 0..<points.count {
            if index & 0x3FF == 0 { try AnalysisError.checkCancellation() }
            let localX = (points.x[index] - raster.minX) / raster.cell - 0.5
            let localY = (points.y[index] - raster.minY) / raster.cell - 0.5
            guard localX > Double(-reach - 1), localX < Double(raster.columns + reach),
                localY > Double(-reach - 1), localY < Double(raster.rows + reach)
            else { continue }
            let (column, row) = (NearestInteger.integer(localX), NearestInteger.integer(localY))
            Self.bump(localX - Double(column), step, table, reach, &across)
            Self.bump(localY - Double(row), step, table, reach, &up)
            let firstColumn = max(column - reach, 0)
            let lastColumn = min(column + reach, raster.columns - 1)
            guard firstColumn <= lastColumn else { continue }
            let (firstLane, lastLane) = (firstColumn / 4, lastColumn / 4)
            for lane in firstLane...lastLane {
                var four = SIMD4<Double>.zero
                for place in 0..<4 {
                    let k = 4 * lane + place - column + reach
                    if k >= 0 && k < size { four[place] = across[k] }
                }
                lanes[lane - firstLane] = four
            }
            var target = max(row - reach, 0)
            let lastRow = min(row + reach, raster.rows - 1)
            while target <= lastRow {
                let factor = points.weight[index] * up[target - row + reach]
                let start = target * sums.lanesPerRow
                for lane in firstLane...lastLane { sums.lanes[start + lane] += factor * lanes[lane - firstLane] }
                target += 1
            }
        }
    }

    private static func bump(_ t: Double, _ step: Double, _ table: [Double], _ reach: Int, _ into: inout [Double]) {
        let center = Elementary.exp(-0.5 * t * t * step * step)
        let ratio = Elementary.exp(t * step * step)
        into[reach] = center
        var (right, left) = (center, center)
        let inverse = 1 / ratio
        for k in 1...reach {
            right *= ratio
            left *= inverse
            into[reach + k] = right * table[k]
            into[reach - k] = left * table[k]
        }
    }
}
