import GeoCore

/// A coarse lattice on which a wide Gaussian density is worked out with a narrower kernel, before a second Gaussian
/// carries it to the raster.
///
/// A Gaussian is the convolution of two with 1/√2 of its deviation. The integral between them becomes a sum over the
/// nodes of a lattice, which for Gaussians errs by 2 exp(−2π² · 1.1²) = 10⁻¹⁰ at 2.2 nodes a deviation. So the density
/// costs as much as on a raster with 2.2 cells a deviation, however fine the raster is.
/// Source: Trefethen & Weideman 2014, doi:10.1137/130932132, on the sum; Greengard & Lee 2004,
/// doi:10.1137/S003614450343200X, on spreading points to a lattice by a narrower Gaussian.
struct GaussianLattice: Sendable {
    /// The nodes, at the centres of its cells.
    let nodes: Raster
    /// Deviation of the narrower Gaussians in metres.
    let deviation: Double
    private let raster: Raster
    private let across: Taps
    private let up: Taps

    /// Nodes a deviation of the whole.
    private static let density = 2.2

    /// `nil` where the lattice would have no fewer nodes than the raster has cells.
    init?(_ raster: Raster, deviation whole: Double) {
        let step = whole / Self.density
        guard step > 1.25 * raster.cell else { return nil }
        self.raster = raster
        deviation = whole * 0.5.squareRoot()
        let ratio = raster.cell / step
        across = Taps(raster.columns, ratio, deviation / step)
        up = Taps(raster.rows, ratio, deviation / step)
        let margin = (Double(Taps.size / 2) - 0.5) * step
        guard across.nodes <= raster.count / up.nodes,
            let nodes = try? Raster(
                minX: raster.x(0) - margin, minY: raster.y(0) - margin, cell: step, columns: across.nodes,
                rows: up.nodes)
        else { return nil }
        self.nodes = nodes
    }

    /// Some rows of nodes, each carried to the columns of the raster.
    func spread(_ values: [Double]) -> [Double] {
        var spread: [Double] = []
        spread.reserveCapacity(values.count / nodes.columns * raster.columns)
        let (values, weights, firsts) = (values.span, across.weights.span, across.first.span)
        var start = 0
        while start < values.count {
            for column in 0..<raster.columns {
                var sum = SIMD4<Double>.zero
                var (node, tap) = (start + firsts[column], column * Taps.lanes)
                for _ in 0..<Taps.lanes {
                    sum += weights[tap] * SIMD4(values[node], values[node + 1], values[node + 2], values[node + 3])
                    node += 4
                    tap += 1
                }
                spread.append(sum.sum())
            }
            start += nodes.columns
        }
        return spread
    }

    /// Some rows of the raster, from the rows of all nodes carried to its columns.
    func values(_ rows: Range<Int>, _ spread: [Double]) throws(AnalysisError) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(rows.count * raster.columns)
        let (columns, source) = (raster.columns, spread.span)
        for row in rows {
            try AnalysisError.checkCancellation()
            var sums = [Double](repeating: 0, count: columns)
            for lane in 0..<Taps.lanes {
                let start = (up.first[row] + 4 * lane) * columns
                Self.add(
                    up.weights[row * Taps.lanes + lane], source.extracting(start..<start + columns),
                    source.extracting(start + columns..<start + 2 * columns),
                    source.extracting(start + 2 * columns..<start + 3 * columns),
                    source.extracting(start + 3 * columns..<start + 4 * columns), to: &sums)
            }
            values.append(contentsOf: sums)
        }
        return values
    }

    /// Four rows at once, so that the sums are read and written a quarter as often.
    private static func add(
        _ weights: SIMD4<Double>, _ a: Span<Double>, _ b: Span<Double>, _ c: Span<Double>, _ d: Span<Double>,
        to row: inout [Double]
    ) {
        let (wa, wb, wc, wd) = (weights[0], weights[1], weights[2], weights[3])
        var sums = row.mutableSpan
        for index in sums.indices {
            sums[index] += (wa * a[index] + wb * b[index]) + (wc * c[index] + wd * d[index])
        }
    }

    /// What the nodes give to the cells along one axis.
    private struct Taps: Sendable {
        /// Nodes that reach a cell: those within eleven steps, which is seven deviations.
        static let size = 24
        static let lanes = size / 4

        /// Number of nodes.
        let nodes: Int
        /// The first node that reaches each cell.
        private(set) var first: [Int] = []
        /// Normal density times the step, four nodes at a time, `lanes` for each cell.
        private(set) var weights: [SIMD4<Double>] = []

        /// - Parameters:
        ///   - cells: number of cells.
        ///   - ratio: side of a cell in steps.
        ///   - deviation: in steps.
        init(_ cells: Int, _ ratio: Double, _ deviation: Double) {
            // The first cell lies on the last node of the first half.
            let half = Double(Self.size / 2 - 1)
            let scale = 1 / (deviation * (2 * Double.pi).squareRoot())
            for cell in 0..<cells {
                let place = Double(cell) * ratio
                let node = place.rounded(.down)
                first.append(NearestInteger.integer(node))
                for lane in 0..<Self.lanes {
                    var four = SIMD4<Double>.zero
                    for tap in 0..<4 {
                        let distance = (place - node + half - Double(4 * lane + tap)) / deviation
                        four[tap] = scale * Elementary.exp(-0.5 * distance * distance)
                    }
                    weights.append(four)
                }
            }
            nodes = (first.last ?? 0) + Self.size
        }
    }
}
