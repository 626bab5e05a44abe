import GeoCore

/// Points of one part of the columns, counted in a dense window of cells.
struct CellCounts {
    /// Number of points in each place of the window; the last entry holds those outside it.
    private(set) var count: [Int32]
    /// Sum of weights in each place; empty when every weight is 1, so that the counts say it all.
    private(set) var sum: [Double]

    /// Counts the points of a range of rows.
    ///
    /// - Throws: ``AnalysisError`` `cancelled`.
    init(_ points: Points, _ range: Range<Int>, _ grid: Grid, _ cells: CellSet) throws(AnalysisError) {
        count = Array(repeating: 0, count: cells.places.count + 1)
        sum = Self.areOnes(points.weight, range) ? [] : Array(repeating: 0, count: cells.places.count + 1)
        var start = range.lowerBound
        while start < range.upperBound {
            try AnalysisError.checkCancellation()
            let end = min(start + 65_536, range.upperBound)
            switch grid {
            case .hexagon(let hexagons): Self.add(points, start..<end, hexagons, cells, &count, &sum)
            case .square(let squares): add(points, start..<end, squares, cells)
            }
            start = end
        }
    }

    /// Sum of weights in a place.
    @inline(__always)
    func weight(_ place: Int) -> Double { sum.isEmpty ? Double(count[place]) : sum[place] }

    private static func areOnes(_ weights: [Double], _ range: Range<Int>) -> Bool {
        let weights = weights.span
        let one = (1.0).bitPattern
        var difference: UInt64 = 0
        for index in range { difference |= weights[index].bitPattern ^ one }
        return difference == 0
    }

    private static func add(
        _ points: Points, _ range: Range<Int>, _ grid: HexagonGrid, _ cells: CellSet, _ counts: inout [Int32],
        _ sums: inout [Double]
    ) {
        let isFlat = grid.orientation == .flatTop
        let major = isFlat ? points.x.span : points.y.span
        let minor = isFlat ? points.y.span : points.x.span
        let weights = points.weight.span
        let locator = HexagonLocator(grid)
        let window = Window(cells)
        let isWeighted = !sums.isEmpty
        var count = counts.mutableSpan
        var sum = sums.mutableSpan
        var index = range.lowerBound
        while index < range.upperBound {
            // Four at a time; the last few are counted with repetitions of the first that are not taken over.
            let lanes = min(4, range.upperBound - index)
            let last = index + lanes - 1
            let (i1, i2, i3) = (min(index + 1, last), min(index + 2, last), last)
            let (a, b) = locator.locate(
                SIMD4(major[index], major[i1], major[i2], major[i3]),
                SIMD4(minor[index], minor[i1], minor[i2], minor[i3]))
            let places = window.places(isFlat ? a : b, isFlat ? b : a)
            for lane in 0..<lanes {
                let place = NearestInteger.integer(places[lane])
                count[place] &+= 1
                if isWeighted { sum[place] += weights[index + lane] }
            }
            index += lanes
        }
    }

    private mutating func add(_ points: Points, _ range: Range<Int>, _ grid: SquareGrid, _ cells: CellSet) {
        let outside = cells.places.count
        for index in range {
            var place = outside
            if let cell = grid.cell(x: points.x[index], y: points.y[index]) {
                let (column, row) = (Int(cell.q) - cells.firstQ, Int(cell.r) - cells.firstR)
                if column >= 0 && column < cells.columns && row >= 0 && row < cells.rows {
                    place = column * cells.rows + row
                }
            }
            count[place] &+= 1
            if !sum.isEmpty { sum[place] += points.weight[index] }
        }
    }

    /// Dense places of axial indices, as whole floating-point numbers.
    private struct Window {
        private let first: (q: SIMD4<Double>, r: SIMD4<Double>)
        private let size: (columns: SIMD4<Double>, rows: SIMD4<Double>)
        private let outside: SIMD4<Double>

        init(_ cells: CellSet) {
            first = (SIMD4(repeating: Double(cells.firstQ)), SIMD4(repeating: Double(cells.firstR)))
            size = (SIMD4(repeating: Double(cells.columns)), SIMD4(repeating: Double(cells.rows)))
            outside = SIMD4(repeating: Double(cells.places.count))
        }

        @inline(__always)
        func places(_ q: SIMD4<Double>, _ r: SIMD4<Double>) -> SIMD4<Double> {
            let (column, row) = (q - first.q, r - first.r)
            let isInside = (column .>= 0) .& (column .< size.columns) .& (row .>= 0) .& (row .< size.rows)
            return outside.replacing(with: column * size.rows + row, where: isInside)
        }
    }
}
