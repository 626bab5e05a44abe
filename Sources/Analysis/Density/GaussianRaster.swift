import GeoCore

/// The Gaussian kernel on a raster, by outer products or by moments of boxes, whichever is less work.
struct GaussianRaster: Sendable {
    let points: Points
    let deviation: Double
    /// Deviation that the Gaussians have when a lattice has carried them on; the same without one.
    let wholeDeviation: Double
    let raster: Raster
    /// Cells from a point's own to the farthest one it reaches.
    let reach: Int

    /// The kernel on a raster, or with a narrower one on the nodes of a lattice.
    init(_ points: Points, deviation whole: Double, _ raster: Raster, _ lattice: GaussianLattice?) {
        self.points = points
        wholeDeviation = whole
        deviation = lattice?.deviation ?? whole
        self.raster = lattice?.nodes ?? raster
        let cells = Kernel.gaussian.reach * deviation / self.raster.cell
        let farthest = max(self.raster.columns, self.raster.rows) * 8
        reach = min(NearestInteger.integer(min(cells, 1e6)) + 1, farthest)
    }

    /// The boxes that make the fast Gauss transform cheapest; `nil` when single points are cheaper still.
    var transform: GaussTransform.Boxes? {
        let taps = Double(2 * reach + 1)
        // In nanoseconds, as the transform tells its own work.
        let direct = Double(points.count) * (taps * taps * 0.35 + taps * 2 + 60)
        var best: (work: Double, boxes: GaussTransform.Boxes)?
        for cells in 1...4096 {
            let boxes = GaussTransform.Boxes(
                cells: cells, step: raster.cell / deviation, wholeStep: raster.cell / wholeDeviation)
            guard boxes.order <= GaussTransform.orderLimit else { break }
            let work = boxes.work(points: points.count, raster, reach: reach)
            if work < best?.work ?? .infinity { best = (work, boxes) }
        }
        guard let best, best.work < direct else { return nil }
        return best.boxes
    }

    /// Weight per square metre at the cell centres, point by point.
    func directValues() throws(AnalysisError) -> [Double] {
        var sums = LaneRows(columns: raster.columns, rows: raster.rows)
        try addOuterProducts(&sums)
        return sums.values(scale: scale)
    }

    /// What turns sums of bumps of height 1 into weight per square metre.
    var scale: Double { Kernel.gaussian.scale / (deviation * deviation) }

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
