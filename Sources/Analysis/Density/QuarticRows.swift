import GeoCore

/// The quartic kernel on a raster, row by row: along a row a point's bump is a polynomial between two columns.
///
/// Its five coefficients are added where it begins and taken away where it ends; running sums of them are the
/// coefficients of all bumps above a column. Work grows with the radius and not with its square. The polynomials have
/// their origin in the middle of tiles a few radii wide, so that their terms stay small and lose no digits.
struct QuarticRows: Sendable {
    private let parts: [PointBands]
    private let isNonNegative: Bool
    private let raster: Raster
    private let radius: Double
    /// Radius in cells.
    private let cells: Double
    /// Rows outside the raster that have bands of their own.
    private let margin: Int
    /// The width of a tile is this power of two.
    private let tileBits: Int

    /// The bands that points have to be sorted into: the rows.
    static func layout(radius: Double, _ raster: Raster) -> PointBands.Layout {
        let cells = radius / raster.cell
        return PointBands.Layout(raster: raster, reach: cells + 1, margin: Self.margin(cells), height: 1)
    }

    private static func margin(_ cells: Double) -> Int { NearestInteger.integer(min(cells, 4096)) + 2 }

    init(_ points: [PointBands], radius: Double, _ raster: Raster) {
        self.raster = raster
        self.radius = radius
        cells = radius / raster.cell
        margin = Self.margin(cells)
        parts = points
        isNonNegative = points.allSatisfy(\.isNonNegative)
        var bits = 0
        while bits < 24, Double(1 << bits) < 8 * cells { bits += 1 }
        tileBits = bits
    }

    /// Weight per square metre at the cell centres of some rows.
    func values(_ rows: Range<Int>) throws(AnalysisError) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(rows.count * raster.columns)
        var row = PolynomialRow(columns: raster.columns, tileBits: tileBits, step: raster.cell / radius)
        let scale = Kernel.quartic.scale / (radius * radius)
        for index in rows {
            try AnalysisError.checkCancellation()
            add(Double(index) + 0.5, near: index, &row)
            row.sum(scale: scale, isNonNegative: isNonNegative, into: &values)
        }
        return values
    }

    private func add(_ center: Double, near index: Int, _ row: inout PolynomialRow) {
        // No raster has more rows than 2²⁴.
        let rows = NearestInteger.integer(min(cells, 0x1p25)) + 1
        let first = max(index - rows + margin, 0)
        for bands in parts {
            let last = min(index + rows + margin, bands.count - 1)
            guard first <= last else { continue }
            row.add(bands, bands.starts[first]..<bands.starts[last + 1], center, cells)
        }
    }
}

/// Differences of the coefficients of (c − (s − t)²)² along one row, with the number of bumps.
///
/// Each tile has one place more than columns, for what ends with it.
private struct PolynomialRow {
    private let columns: Int
    private let bits: Int
    private let step: Double
    /// Coefficients of 1, s, s², s³.
    private var lower: [SIMD4<Double>]
    /// Coefficient of s⁴, and the number of bumps, which tells exactly where there are none.
    private var upper: [SIMD2<Double>]
    private var spans = RowSpans(count: block)

    /// Points whose columns are found before their bumps are added: both loops stay short.
    private static let block = 512

    init(columns: Int, tileBits: Int, step: Double) {
        self.columns = columns
        bits = tileBits
        self.step = step
        let size = columns + ((columns - 1) >> tileBits) + 2
        lower = Array(repeating: .zero, count: size)
        upper = Array(repeating: .zero, count: size)
    }

    private func middle(_ tile: Int) -> Double { Double(tile << bits) + Double((1 << bits) - 1) / 2 }

    /// Adds the bumps of points as they meet the row whose centres lie at `center`, all in cells.
    mutating func add(_ points: PointBands, _ range: Range<Int>, _ center: Double, _ cells: Double) {
        var start = range.lowerBound
        while start < range.upperBound {
            let block = start..<min(start + Self.block, range.upperBound)
            spans.find(points, block, center, cells, step, lastColumn: columns - 1)
            Self.add(points, block, spans, bits, step, &lower, &upper)
            start = block.upperBound
        }
    }

    private static func add(
        _ points: PointBands, _ range: Range<Int>, _ spans: RowSpans, _ bits: Int, _ step: Double,
        _ lowerArray: inout [SIMD4<Double>], _ upperArray: inout [SIMD2<Double>]
    ) {
        let (xs, weights) = (points.x.span.extracting(range), points.weight.span.extracting(range))
        let (firsts, lasts, heights) = (spans.first.span, spans.last.span, spans.height.span)
        let halfTile = Double((1 << bits) - 1) / 2
        var lower = lowerArray.mutableSpan
        var upper = upperArray.mutableSpan
        for place in 0..<range.count {
            var from = Int(firsts[place])
            let through = Int(lasts[place])
            guard from <= through else { continue }
            let (c, middle, weight) = (heights[place], xs[place] - 0.5, weights[place])
            var tile = from >> bits
            let last = through >> bits
            while true {
                let t = (middle - Double(tile << bits) - halfTile) * step
                let q = t * t - c
                let four = SIMD4(q * q, -4 * t * q, 4 * t * t + 2 * q, -4 * t) * weight
                lower[from &+ tile] += four
                upper[from &+ tile] += SIMD2(weight, 1)
                if tile == last {
                    lower[through &+ tile &+ 1] -= four
                    upper[through &+ tile &+ 1] -= SIMD2(weight, 1)
                    break
                }
                tile &+= 1
                from = tile << bits
            }
        }
    }

    /// Appends the sums at all columns and begins anew.
    mutating func sum(scale: Double, isNonNegative: Bool, into values: inout [Double]) {
        var four = SIMD4<Double>.zero
        var two = SIMD2<Double>.zero
        let mask = (1 << bits) - 1
        let (step, bits) = (step, bits)
        var origin = 0.0
        for column in 0..<columns {
            let place = column + (column >> bits)
            if column & mask == 0 {
                (four, two) = (.zero, .zero)
                origin = Double(column) + Double(mask) / 2
                // What ended with the tile before.
                if column > 0 { (lower[place - 1], upper[place - 1]) = (.zero, .zero) }
            }
            four += lower[place]
            two += upper[place]
            (lower[place], upper[place]) = (.zero, .zero)
            guard two[1] != 0 else {
                values.append(0)
                continue
            }
            let s = (Double(column) - origin) * step
            let value = (((two[0] * s + four[3]) * s + four[2]) * s + four[1]) * s + four[0]
            values.append((isNonNegative ? max(value, 0) : value) * scale)
        }
        (lower[lower.count - 1], upper[upper.count - 1]) = (.zero, .zero)
    }
}

/// Which columns the bumps of a block of points cover along one row.
///
/// Found for many points at once, without a branch, so that the roots of several are taken together.
private struct RowSpans {
    /// The first column, or one 10⁻⁹ before it, where the polynomial is almost nothing.
    private(set) var first: [Int32]
    /// The last column, before the first where there is none.
    private(set) var last: [Int32]
    /// 1 less the square of the distance to the row, in radii.
    private(set) var height: [Double]

    init(count: Int) {
        first = Array(repeating: 0, count: count)
        last = first
        height = Array(repeating: 0, count: count)
    }

    /// Finds them for points in cells, no more than there is room for.
    mutating func find(
        _ points: PointBands, _ range: Range<Int>, _ center: Double, _ cells: Double, _ step: Double, lastColumn: Int
    ) {
        Self.find(points, range, center, cells, step, Double(lastColumn), &first, &last, &height)
    }

    private static func find(
        _ points: PointBands, _ range: Range<Int>, _ center: Double, _ cells: Double, _ step: Double,
        _ eastmost: Double,
        _ first: inout [Int32], _ last: inout [Int32], _ height: inout [Double]
    ) {
        let (xs, ys) = (points.x.span.extracting(range), points.y.span.extracting(range))
        var firsts = first.mutableSpan
        var lasts = last.mutableSpan
        var heights = height.mutableSpan
        for place in 0..<range.count {
            let v = (center - ys[place]) * step
            let c = 1 - v * v
            let half = max(c, 0).squareRoot() * cells
            let middle = xs[place] - 0.5
            let low = max(middle - half, 0)
            let high = min(middle + half, eastmost)
            firsts[place] = Int32(truncatingIfNeeded: NearestInteger.integer(low + (0.5 - 1e-9)))
            lasts[place] = c > 0 ? Int32(truncatingIfNeeded: NearestInteger.integer(high - (0.5 - 1e-9))) : -1
            heights[place] = c
        }
    }
}
