import GeoCore

/// The fast Gauss transform on a raster: points act through the moments of their cell.
///
/// exp(−(u − t)²/2) = Σ t^a/a! He_a(u) exp(−u²/2), with u the distance of cell centres and t the place of the point in
/// its cell, both in bandwidths. Source: Greengard & Strain 1991, doi:10.1137/0912004.
struct GaussTransform {
    private let points: Points
    private let raster: Raster
    private let deviation: Double
    private let reach: Int
    private let order: Int
    /// He_a(u_k) exp(−u_k²/2) for k = −reach … reach, one row for each a.
    private var kernels: [[Double]] = []

    init(_ gaussian: GaussianRaster, order: Int) {
        points = gaussian.points
        raster = gaussian.raster
        deviation = gaussian.deviation
        reach = gaussian.reach
        self.order = order
        let step = raster.cell / deviation
        for degree in 0..<order {
            kernels.append(
                (-reach...reach).map { k in
                    let u = Double(k) * step
                    // He_{a+1} = u He_a − a He_{a−1}
                    var (previous, current) = (0.0, Elementary.exp(-u * u / 2))
                    for a in 0..<degree { (previous, current) = (current, u * current - Double(a) * previous) }
                    return current
                })
        }
    }

    /// Adds all points to the rows of the raster.
    func add(to sums: inout LaneRows) throws(AnalysisError) {
        let width = raster.columns + 2 * reach
        let (order, starts) = sorted(width)
        // For every source column its kernels, shifted so that they begin at a multiple of four columns.
        let taps = shiftedKernels()
        let lanesPerRow = sums.lanesPerRow
        var accumulated = [SIMD4<Double>](repeating: .zero, count: self.order * lanesPerRow)
        for sourceRow in 0..<(raster.rows + 2 * reach) {
            try AnalysisError.checkCancellation()
            let cells = sourceRow * width..<(sourceRow + 1) * width
            guard starts[cells.lowerBound] < starts[cells.upperBound] else { continue }
            for index in accumulated.indices { accumulated[index] = .zero }
            for cell in cells where starts[cell] < starts[cell + 1] {
                let moments = moments(order[Int(starts[cell])..<Int(starts[cell + 1])], cell % width, sourceRow)
                spread(moments, cell % width - reach, taps, lanesPerRow, &accumulated)
            }
            for target in max(sourceRow - 2 * reach, 0)...min(sourceRow, raster.rows - 1) {
                let k = target - (sourceRow - reach) + reach
                let start = target * lanesPerRow
                for degree in 0..<self.order {
                    let factor = kernels[degree][k]
                    let source = degree * lanesPerRow
                    for lane in 0..<lanesPerRow { sums.lanes[start + lane] += factor * accumulated[source + lane] }
                }
            }
        }
    }

    /// Points in the order of their cells, with the start of each cell; those out of reach are left out.
    private func sorted(_ width: Int) -> (order: [Int32], starts: [Int32]) {
        let height = raster.rows + 2 * reach
        var keys = [Int32](repeating: -1, count: points.count)
        var starts = [Int32](repeating: 0, count: width * height + 1)
        for index in 0..<points.count {
            let column = NearestInteger.round((points.x[index] - raster.minX) / raster.cell - 0.5) + Double(reach)
            let row = NearestInteger.round((points.y[index] - raster.minY) / raster.cell - 0.5) + Double(reach)
            guard column >= 0, column < Double(width), row >= 0, row < Double(height) else { continue }
            let key = NearestInteger.integer(row * Double(width) + column)
            keys[index] = Int32(truncatingIfNeeded: key)
            starts[key + 1] &+= 1
        }
        for cell in 1..<starts.count { starts[cell] &+= starts[cell - 1] }
        var next = starts
        var order = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        for index in keys.indices where keys[index] >= 0 {
            let key = Int(keys[index])
            order[Int(next[key])] = Int32(truncatingIfNeeded: index)
            next[key] &+= 1
        }
        return (order, starts)
    }

    /// Σ w tx^a ty^b / (a! b!) for a + b < order, the powers of y outermost.
    private func moments(_ members: ArraySlice<Int32>, _ column: Int, _ row: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: order * (order + 1) / 2)
        let (centerX, centerY) = (raster.x(column - reach), raster.y(row - reach))
        let inverse = 1 / deviation
        for member in members {
            let tx = (points.x[Int(member)] - centerX) * inverse
            let ty = (points.y[Int(member)] - centerY) * inverse
            var powerY = points.weight[Int(member)]
            var place = 0
            for b in 0..<order {
                var power = powerY
                for _ in 0..<(order - b) {
                    sums[place] += power
                    power *= tx
                    place += 1
                }
                powerY *= ty
            }
        }
        var place = 0
        var factorialY = 1.0
        for b in 0..<order {
            var factorial = factorialY
            for a in 0..<(order - b) {
                sums[place] /= factorial
                factorial *= Double(a + 1)
                place += 1
            }
            factorialY *= Double(b + 1)
        }
        return sums
    }

    private struct ShiftedKernels {
        let lanes: Int
        /// Kernels of each degree for each of the four shifts: `values[(shift * order + degree) * lanes + lane]`.
        let values: [SIMD4<Double>]
    }

    private func shiftedKernels() -> ShiftedKernels {
        let lanes = (2 * reach + 1 + 3 + 3) / 4
        var values: [SIMD4<Double>] = []
        for shift in 0..<4 {
            for degree in 0..<order {
                for lane in 0..<lanes {
                    var four = SIMD4<Double>.zero
                    for place in 0..<4 {
                        let k = 4 * lane + place - shift
                        if k >= 0 && k <= 2 * reach { four[place] = kernels[degree][k] }
                    }
                    values.append(four)
                }
            }
        }
        return ShiftedKernels(lanes: lanes, values: values)
    }

    /// Spreads the moments of one cell along its row, one accumulated row for each power of y.
    @inline(__always)
    private func spread(
        _ moments: [Double], _ column: Int, _ taps: ShiftedKernels, _ lanesPerRow: Int,
        _ accumulated: inout [SIMD4<Double>]
    ) {
        let first = column - reach
        let shift = first & 3
        let firstLane = (first - shift) >> 2
        let lanes = max(0, -firstLane)..<max(max(0, -firstLane), min(taps.lanes, lanesPerRow - firstLane))
        let base = shift * order * taps.lanes
        for lane in lanes {
            let kernel = base + lane
            var place = 0
            for b in 0..<order {
                var sum = SIMD4<Double>.zero
                var source = kernel
                for _ in 0..<(order - b) {
                    sum += moments[place] * taps.values[source]
                    place += 1
                    source += taps.lanes
                }
                accumulated[b * lanesPerRow + firstLane + lane] += sum
            }
        }
    }
}
