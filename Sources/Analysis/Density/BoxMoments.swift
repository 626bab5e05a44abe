extension GaussTransform {
    /// The boxes of a fast Gauss transform: squares of some cells of the raster, and how many moments they need.
    struct Boxes: Sendable {
        /// Cells along a side.
        let cells: Int
        /// Side of a cell in bandwidths.
        let step: Double
        /// Powers of x (and of y) whose moments are taken: 0 until here, together less than this.
        let order: Int

        /// - Parameter wholeStep: side of a cell in bandwidths of the density that comes of it at last, whose error
        ///   counts.
        init(cells: Int, step: Double, wholeStep: Double) {
            self.cells = cells
            self.step = step
            order = Self.order(Double(cells) * wholeStep / 2)
        }

        /// The order for an error below 10⁻⁹ of the peak, wherever in the box a point lies: half a side is `t`.
        private static func order(_ t: Double) -> Int {
            var power = 1.0
            var factorial = 1.0
            for order in 1...64 {
                power *= t * t * 2
                factorial *= Double(order)
                // Square of t^P √((P + 1) 2^P / P!), the bound that |He_P(u)| exp(−u²/2) ≤ √P! gives.
                if power * Double(order + 1) / factorial < 1e-18 { return order }
            }
            return 65
        }

        /// About how many nanoseconds the transform takes: 0.7 for four multiplications and additions.
        func work(points: Int, _ raster: Raster, reach: Int) -> Double {
            let (size, order) = (Double(cells), Double(order))
            let kernel = Double(2 * reach + cells)
            let (width, height) = (Double(raster.columns + 2 * reach), Double(raster.rows + 2 * reach))
            let occupied = min(Double(points), width * height / (size * size))
            let taps = min(kernel, Double(raster.columns)) / 4 + 1
            let lanes = Double(raster.columns) / 4 + 1
            let gather = Double(points) * (order * (order + 4) / 8 + 8)
            let across = occupied * taps * order * (order + 1) / 2
            let up = Double(raster.rows) * min(kernel, height) / size * order * lanes
            return 0.7 * (gather + across + up)
        }
    }
}

/// The moments Σ w tx^a ty^b / (a! b!), a + b < order, of the boxes of one band.
struct BoxMoments {
    private let boxes: GaussTransform.Boxes
    /// Groups of four powers of x for one box.
    private let stride: Int
    /// Of each box, for each power of y the powers of x in groups of four, one or more beyond those needed.
    private var sums: [SIMD4<Double>]
    private var isOccupied: [Bool]
    private var scales: [Double] = []
    private var own: [Double]

    init(_ boxes: GaussTransform.Boxes, across: Int) {
        self.boxes = boxes
        let order = boxes.order
        stride = (0..<order).reduce(0) { $0 + (order - $1 + 3) / 4 }
        sums = Array(repeating: .zero, count: stride * across)
        isOccupied = Array(repeating: false, count: across)
        own = Array(repeating: 0, count: order * (order + 1) / 2)
        var factorialY = 1.0
        for b in 0..<order {
            var factorial = factorialY
            for a in 0..<(order - b) {
                scales.append(1 / factorial)
                factorial *= Double(a + 1)
            }
            factorialY *= Double(b + 1)
        }
    }

    /// Sums up the points of a band whose boxes begin `reach` columns and rows outside the raster.
    mutating func gather(_ points: PointBands, _ band: Int, reach: Int) {
        Self.gather(points, band, reach, boxes, stride, &sums, &isOccupied)
    }

    private static func gather(
        _ points: PointBands, _ band: Int, _ reach: Int, _ boxes: GaussTransform.Boxes, _ stride: Int,
        _ boxSums: inout [SIMD4<Double>], _ occupied: inout [Bool]
    ) {
        let (xs, ys, weights) = (points.x.span, points.y.span, points.weight.span)
        let (size, step) = (Double(boxes.cells), boxes.step)
        let south = Double(band * boxes.cells - reach) + size / 2
        let outer = Double(reach)
        let inverse = 1 / size
        let last = Double(occupied.count - 1)
        let order = boxes.order
        var sums = boxSums.mutableSpan
        var isOccupied = occupied.mutableSpan
        for place in points.starts[band]..<points.starts[band + 1] {
            let column = NearestInteger.round(min(max((xs[place] + outer) * inverse - 0.5, 0), last))
            let box = NearestInteger.integer(column)
            let tx = (xs[place] + outer - (column + 0.5) * size) * step
            let ty = (ys[place] - south) * step
            let square = tx * tx
            let (fourth, p0) = (square * square, SIMD4(1, tx, square, square * tx))
            let p1 = p0 * fourth
            let p2 = p1 * fourth
            let p3 = p2 * fourth
            var power = weights[place]
            var target = box * stride
            for b in 0..<order {
                let needed = order - b
                sums[target] += power * p0
                if needed > 4 { sums[target + 1] += power * p1 }
                if needed > 8 { sums[target + 2] += power * p2 }
                if needed > 12 { sums[target + 3] += power * p3 }
                target += (needed + 3) >> 2
                power *= ty
            }
            isOccupied[box] = true
        }
    }

    /// The moments of a box, the powers of y outermost, which are forgotten then; `nil` for a box without points.
    mutating func take(_ box: Int) -> [Double]? {
        guard isOccupied[box] else { return nil }
        isOccupied[box] = false
        var place = 0
        var source = box * stride
        for b in 0..<boxes.order {
            for a in 0..<(boxes.order - b) {
                own[place] = sums[source + (a >> 2)][a & 3] * scales[place]
                place += 1
            }
            source += (boxes.order - b + 3) >> 2
        }
        for index in box * stride..<(box + 1) * stride { sums[index] = .zero }
        return own
    }
}
