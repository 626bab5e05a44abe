import GeoCore

/// Points sorted into horizontal bands of a raster, in units of its cells; those out of reach are left out.
///
/// The centre of column j lies at j + 0.5, that of row i at i + 0.5.
struct PointBands {
    /// Place from west to east in cells.
    private(set) var x: [Double] = []
    /// Place from south to north in cells.
    private(set) var y: [Double] = []
    private(set) var weight: [Double] = []
    /// Start of each band in the sorted points, and the end of the last.
    private(set) var starts: [Int]
    /// Whether no weight is negative.
    private(set) var isNonNegative = true

    /// Number of bands.
    var count: Int { starts.count - 1 }

    /// What bands there are.
    struct Layout: Sendable {
        /// Its cells are the unit.
        let raster: Raster
        /// Points farther than so many cells from the raster are left out.
        let reach: Double
        /// Rows south of the raster where the first band begins, which also holds all points farther south, as the last
        /// one does in the north.
        let margin: Int
        /// Rows in a band.
        let height: Int

        /// Number of bands.
        var count: Int { (raster.rows + 2 * margin + height - 1) / height }

        /// The points in parts whose number depends on theirs alone, each sorted into bands.
        func sort(_ points: Points) throws(AnalysisError) -> [PointBands] {
            try Chunks.mapInOrder(Chunks.ranges(points.count)) { range throws(AnalysisError) in
                try PointBands(points, range, self)
            }
        }

        /// The same parts, sorted by all cores at once.
        func parallelSort(_ points: Points) async throws(AnalysisError) -> [PointBands] {
            try await Chunks.map(points.count) { range throws(AnalysisError) in try PointBands(points, range, self) }
        }
    }

    /// Sorts a range of finite points in metres into bands.
    private init(_ points: Points, _ range: Range<Int>, _ layout: Layout) throws(AnalysisError) {
        let raster = layout.raster
        let (bands, outer) = (layout.count, layout.reach)
        let (south, lastBand) = (Double(layout.margin), Double(bands - 1))
        let (east, north) = (Double(raster.columns) + outer, Double(raster.rows) + outer)
        let (inverse, perCell) = (1 / Double(layout.height), 1 / raster.cell)
        var keys = [Int32](repeating: -1, count: range.count)
        var ends = [Int](repeating: 0, count: bands + 1)
        let xs = points.x.span.extracting(range)
        let ys = points.y.span.extracting(range)
        let weights = points.weight.span.extracting(range)
        for index in 0..<range.count {
            if index & 0xFFFF == 0 { try AnalysisError.checkCancellation() }
            let localX = (xs[index] - raster.minX) * perCell
            let localY = (ys[index] - raster.minY) * perCell
            guard localX > -outer, localX < east, localY > -outer, localY < north else { continue }
            let band = NearestInteger.integer(min(max((localY + south) * inverse - 0.5, 0), lastBand))
            keys[index] = Int32(truncatingIfNeeded: band)
            ends[band + 1] += 1
        }
        for band in 0..<bands { ends[band + 1] += ends[band] }
        starts = ends
        let kept = ends[bands]
        x = Array(repeating: 0, count: kept)
        y = x
        weight = x
        for index in 0..<range.count {
            let key = keys[index]
            guard key >= 0 else { continue }
            let place = ends[Int(key)]
            ends[Int(key)] = place + 1
            x[place] = (xs[index] - raster.minX) * perCell
            y[place] = (ys[index] - raster.minY) * perCell
            weight[place] = weights[index]
            if weights[index] < 0 { isNonNegative = false }
        }
    }
}
