import GeoCore

/// The fast Gauss transform on a raster: points act through the moments of their box.
///
/// exp(−(u − t)²/2) = Σ t^a/a! He_a(u) exp(−u²/2), with u the distance of a cell's centre and t that of the point from
/// the middle of its box, both in bandwidths. Boxes lie in bands; the moments of a band are spread along the rows of
/// the raster first, one row for each power of y, and these rows up and down then.
/// Source: Greengard & Strain 1991, doi:10.1137/0912004.
struct GaussTransform: Sendable {
    /// Most moments in each direction.
    static let orderLimit = 16

    /// What the bands of a range of boxes give to the columns: one row for each band and power of y.
    struct Spread: Sendable {
        let bands: Range<Int>
        fileprivate(set) var lanes: [SIMD4<Double>]
    }

    private let raster: Raster
    private let reach: Int
    private let boxes: Boxes
    private let scale: Double
    private let points: [PointBands]
    /// Whether a band has no points.
    private let isEmpty: [Bool]
    /// He_a(u) exp(−u²/2) from a column (or row) of a box's reach to the last, one row for each a.
    private let kernels: [[Double]]
    private let taps: ShiftedKernels
    private let lanesPerRow: Int

    /// The bands that points have to be sorted into.
    static func layout(_ gaussian: GaussianRaster, _ boxes: Boxes) -> PointBands.Layout {
        PointBands.Layout(
            raster: gaussian.raster, reach: Double(gaussian.reach), margin: gaussian.reach, height: boxes.cells)
    }

    init(_ gaussian: GaussianRaster, _ boxes: Boxes, _ points: [PointBands]) {
        raster = gaussian.raster
        reach = gaussian.reach
        scale = gaussian.scale
        self.boxes = boxes
        self.points = points
        isEmpty = (0..<Self.layout(gaussian, boxes).count).map { band in
            points.allSatisfy { $0.starts[band] == $0.starts[band + 1] }
        }
        lanesPerRow = (raster.columns + 3) / 4
        kernels = Self.kernels(reach, boxes)
        taps = ShiftedKernels(kernels)
    }

    private static func kernels(_ reach: Int, _ boxes: Boxes) -> [[Double]] {
        (0..<boxes.order).map { degree in
            (-reach..<boxes.cells + reach).map { k in
                let u = (Double(k) + 0.5 - Double(boxes.cells) / 2) * boxes.step
                // He_{a+1} = u He_a − a He_{a−1}
                var (previous, current) = (0.0, Elementary.exp(-u * u / 2))
                for a in 0..<degree { (previous, current) = (current, u * current - Double(a) * previous) }
                return current
            }
        }
    }

    /// Number of bands.
    var bandCount: Int { isEmpty.count }

    /// Spreads the moments of some bands along the rows.
    func spread(_ bands: Range<Int>) throws(AnalysisError) -> Spread {
        let across = (raster.columns + 2 * reach + boxes.cells - 1) / boxes.cells
        let rowSize = boxes.order * lanesPerRow
        var lanes = [SIMD4<Double>](repeating: .zero, count: bands.count * rowSize)
        var moments = BoxMoments(boxes, across: across)
        for band in bands where !isEmpty[band] {
            try AnalysisError.checkCancellation()
            for part in points { moments.gather(part, band, reach: reach) }
            for box in 0..<across {
                guard let own = moments.take(box) else { continue }
                taps.spread(
                    own, boxes.order, first: box * boxes.cells - 2 * reach, lanesPerRow,
                    at: (band - bands.lowerBound) * rowSize, &lanes)
            }
        }
        return Spread(bands: bands, lanes: lanes)
    }

    /// Weight per square metre at the cell centres of some rows, from what all bands give.
    func values(_ rows: Range<Int>, _ spread: [Spread]) throws(AnalysisError) -> [Double] {
        var sums = LaneRows(columns: raster.columns, rows: rows.count)
        let rowSize = boxes.order * lanesPerRow
        for part in spread {
            for band in part.bands where !isEmpty[band] {
                // The first row of the box is band · cells − reach; it reaches so many rows less and more.
                let first = band * boxes.cells - 2 * reach
                let targets = rows.clamped(to: max(first, 0)..<max(first + 2 * reach + boxes.cells, 0))
                guard !targets.isEmpty else { continue }
                try AnalysisError.checkCancellation()
                let source = (band - part.bands.lowerBound) * rowSize
                for degree in 0..<boxes.order {
                    Self.add(
                        part.lanes, source + degree * lanesPerRow, kernels[degree], targets, shift: -first,
                        from: rows.lowerBound, &sums)
                }
            }
        }
        return sums.values(scale: scale)
    }

    /// Adds one row of a band to its target rows, four of them at a time so that each number is read once for four.
    private static func add(
        _ lanes: [SIMD4<Double>], _ source: Int, _ kernel: [Double], _ targets: Range<Int>, shift: Int, from: Int,
        _ sums: inout LaneRows
    ) {
        let width = sums.lanesPerRow
        let (lanes, kernel) = (lanes.span, kernel.span)
        var sums = sums.lanes.mutableSpan
        var target = targets.lowerBound
        while target + 4 <= targets.upperBound {
            let k = target + shift
            let (f0, f1, f2, f3) = (kernel[k], kernel[k + 1], kernel[k + 2], kernel[k + 3])
            let start = (target - from) * width
            for lane in 0..<width {
                let value = lanes[source + lane]
                let place = start + lane
                sums[place] += f0 * value
                sums[place + width] += f1 * value
                sums[place + 2 * width] += f2 * value
                sums[place + 3 * width] += f3 * value
            }
            target += 4
        }
        while target < targets.upperBound {
            let factor = kernel[target + shift]
            let start = (target - from) * width
            for lane in 0..<width { sums[start + lane] += factor * lanes[source + lane] }
            target += 1
        }
    }
}

/// The kernels of each degree along a row, for the four ways in which their first column can lie in a group of four.
private struct ShiftedKernels: Sendable {
    /// Groups of four columns that a kernel touches.
    private let lanes: Int
    /// `values[((shift · order) + degree) · lanes + lane]`.
    private let values: [SIMD4<Double>]

    init(_ kernels: [[Double]]) {
        let size = kernels.first?.count ?? 0
        lanes = (size + 3 + 3) / 4
        var values: [SIMD4<Double>] = []
        for shift in 0..<4 {
            for kernel in kernels {
                for lane in 0..<lanes {
                    var four = SIMD4<Double>.zero
                    for place in 0..<4 {
                        let k = 4 * lane + place - shift
                        if k >= 0 && k < size { four[place] = kernel[k] }
                    }
                    values.append(four)
                }
            }
        }
        self.values = values
    }

    /// Adds what the moments of one box give to the columns from `first` on, one row for each power of y.
    @inline(__always)
    func spread(
        _ moments: [Double], _ order: Int, first: Int, _ lanesPerRow: Int, at start: Int, _ rows: inout [SIMD4<Double>]
    ) {
        let shift = first & 3
        let firstLane = (first - shift) >> 2
        let low = max(0, -firstLane)
        let high = max(low, min(lanes, lanesPerRow - firstLane))
        let (moments, values) = (moments.span, values.span)
        var rows = rows.mutableSpan
        var lane = low
        while lane < high {
            // Four groups side by side: sums that do not wait for each other. Those beyond the end are not written.
            let (l1, l2, l3) = (min(lane + 1, high - 1), min(lane + 2, high - 1), min(lane + 3, high - 1))
            var place = 0
            for b in 0..<order {
                var (s0, s1, s2, s3) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
                var source = shift * order * lanes
                for _ in 0..<(order - b) {
                    let moment = moments[place]
                    s0 += moment * values[source + lane]
                    s1 += moment * values[source + l1]
                    s2 += moment * values[source + l2]
                    s3 += moment * values[source + l3]
                    place += 1
                    source += lanes
                }
                let target = start + b * lanesPerRow + firstLane
                rows[target + lane] += s0
                if lane + 1 < high { rows[target + lane + 1] += s1 }
                if lane + 2 < high { rows[target + lane + 2] += s2 }
                if lane + 3 < high { rows[target + lane + 3] += s3 }
            }
            lane += 4
        }
    }
}
