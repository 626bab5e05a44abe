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

    /// Sorts points into bands.
    ///
    /// - Parameters:
    ///   - points: finite, in metres.
    ///   - raster: whose cells are the unit.
    ///   - reach: points farther than so many cells from the raster are left out.
    ///   - margin: rows south of the raster where the first band begins, which also holds all points farther south, as
    ///     the last one does in the north.
    ///   - height: rows in a band.
    init(
        _ points: Points, _ raster: Raster, reach outer: Double, margin: Int, height: Int
    ) throws(AnalysisError) {
        let bands = (raster.rows + 2 * margin + height - 1) / height
        let (south, lastBand) = (Double(margin), Double(bands - 1))
        let (east, north) = (Double(raster.columns) + outer, Double(raster.rows) + outer)
        let inverse = 1 / Double(height)
        var keys = [Int32](repeating: -1, count: points.count)
        var ends = [Int](repeating: 0, count: bands + 1)
        let (xs, ys, weights) = (points.x.span, points.y.span, points.weight.span)
        for index in 0..<points.count {
            if index & 0xFFFF == 0 { try AnalysisError.checkCancellation() }
            let localX = (xs[index] - raster.minX) / raster.cell
            let localY = (ys[index] - raster.minY) / raster.cell
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
        for index in 0..<points.count {
            let key = keys[index]
            guard key >= 0 else { continue }
            let place = ends[Int(key)]
            ends[Int(key)] = place + 1
            x[place] = (xs[index] - raster.minX) / raster.cell
            y[place] = (ys[index] - raster.minY) / raster.cell
            weight[place] = weights[index]
            if weights[index] < 0 { isNonNegative = false }
        }
    }
}
