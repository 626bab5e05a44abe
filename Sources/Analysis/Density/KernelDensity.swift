public import GeoCore

/// Kernel density on a raster: the sum of weights times kernels at the centre of each cell, per square metre.
///
/// Exact to 10⁻⁹ of the maximum. The Gaussian is a sum of outer products for few points and a fast Gauss transform for
/// many (Greengard & Strain 1991, doi:10.1137/0912004), on a coarse lattice where the raster is fine for its bandwidth;
/// the quartic is a sum of polynomials along each row. Points outside the raster count where their kernels reach it.
///
/// - Parameters:
///   - points: locations in metres, with weights.
///   - kernel: shape of the kernel.
///   - bandwidth: standard deviation of the Gaussian, radius of all others, in metres.
///   - raster: where to evaluate.
/// - Throws: ``AnalysisError`` for a bad bandwidth, coordinate or weight, or when the task is cancelled.
/// - Complexity: points · (bandwidth / cell)², without the square for the quartic, and linear in points for the Gaussian
///   with many points.
public func kernelDensity(
    _ points: Points, kernel: Kernel, bandwidth: Double, raster: Raster
) throws(AnalysisError) -> DensitySurface {
    try requireSound(points, bandwidth)
    let values: [Double]
    switch kernel {
    case .quartic:
        let layout = QuarticRows.layout(radius: bandwidth, raster)
        values = try QuarticRows(try layout.sort(points), radius: bandwidth, raster).values(0..<raster.rows)
    case .gaussian: values = try gaussianValues(points, bandwidth, raster)
    default:
        values = try compactSum(points, kernel, bandwidth, raster)
    }
    return DensitySurface(raster: raster, values: values, kernel: kernel, bandwidth: bandwidth)
}

private func gaussianValues(
    _ points: Points, _ deviation: Double, _ raster: Raster
) throws(AnalysisError) -> [Double] {
    let lattice = GaussianLattice(raster, deviation: deviation)
    let gaussian = GaussianRaster(points, deviation: deviation, raster, lattice)
    let values: [Double]
    if let boxes = gaussian.transform {
        let transform = GaussTransform(gaussian, boxes, try GaussTransform.layout(gaussian, boxes).sort(points))
        let spread = try transform.spread(0..<transform.bandCount)
        values = try transform.values(0..<gaussian.raster.rows, [spread])
    } else {
        values = try gaussian.directValues()
    }
    guard let lattice else { return values }
    return try lattice.values(0..<raster.rows, lattice.spread(values))
}

/// Kernel density at any positions: the sum of weights times kernels, per square metre.
///
/// - Parameters:
///   - points: locations in metres, with weights.
///   - x: eastings of the positions asked for.
///   - y: their northings, as many.
///   - kernel: shape of the kernel.
///   - bandwidth: standard deviation of the Gaussian, radius of all others, in metres.
/// - Throws: ``AnalysisError`` for a bad bandwidth, coordinate or weight, or when the task is cancelled.
/// - Complexity: O(n log n + m · points in a strip as wide as the kernel).
public func kernelDensity(
    _ points: Points, atX x: [Double], y: [Double], kernel: Kernel, bandwidth: Double
) throws(AnalysisError) -> [Double] {
    try requireSound(points, bandwidth)
    guard x.count == y.count else {
        throw AnalysisError(.invalidColumns, "The positions need as many northings as eastings.")
    }
    let order = (0..<points.count).sorted { (points.x[$0], $0) < (points.x[$1], $1) }
    let (px, py) = (order.map { points.x[$0] }, order.map { points.y[$0] })
    let weights = order.map { points.weight[$0] }
    // Twelve deviations: values far from all points are asked for relative precision, not for that of the maximum.
    let reach = kernel == .gaussian ? 12 * bandwidth : bandwidth
    let inverse = 1 / (bandwidth * bandwidth)
    var values: [Double] = []
    values.reserveCapacity(x.count)
    for query in x.indices {
        if query & 0xFF == 0 { try AnalysisError.checkCancellation() }
        var sum = CompensatedSum()
        var place = px.partitioningIndex { $0 >= x[query] - reach }
        while place < px.count && px[place] <= x[query] + reach {
            let (dx, dy) = (px[place] - x[query], py[place] - y[query])
            sum.add(weights[place] * kernel.shape((dx * dx + dy * dy) * inverse))
            place += 1
        }
        values.append(sum.value * kernel.scale * inverse)
    }
    return values
}

func requireSound(_ points: Points, _ bandwidth: Double) throws(AnalysisError) {
    try AnalysisError.requirePositive(bandwidth, "The bandwidth")
    for index in 0..<points.count
    where !(points.x[index].isFinite && points.y[index].isFinite && points.weight[index].isFinite) {
        throw AnalysisError(.notFinite, "The coordinates or the weight of point \(index) are not finite numbers.")
    }
}

/// Kernels that end at the radius, one point after the other.
private func compactSum(
    _ points: Points, _ kernel: Kernel, _ radius: Double, _ raster: Raster
) throws(AnalysisError) -> [Double] {
    var values = [Double](repeating: 0, count: raster.count)
    let inverse = 1 / (radius * radius)
    var meter = CancellationMeter()
    for index in 0..<points.count {
        let (columns, rows) = raster.spans(points.x[index], points.y[index], radius)
        try meter.add(columns.count * rows.count)
        for row in rows {
            let dy = raster.y(row) - points.y[index]
            for column in columns {
                let dx = raster.x(column) - points.x[index]
                values[row * raster.columns + column] +=
                    points.weight[index] * kernel.shape((dx * dx + dy * dy) * inverse)
            }
        }
    }
    return values.map { $0 * kernel.scale * inverse }
}

extension Raster {
    /// The columns (or rows) whose centres can be within `reach` of a local coordinate; empty outside the raster.
    @inline(__always)
    func span(_ local: Double, _ reach: Double, _ count: Int) -> Range<Int> {
        let low = (local - reach) / cell - 0.5
        let high = (local + reach) / cell - 0.5
        guard high >= 0, low <= Double(count - 1) else { return 0..<0 }
        let first = low <= 0 ? 0 : NearestInteger.integer(low)
        let last = high >= Double(count - 1) ? count - 1 : NearestInteger.integer(high)
        return first..<max(first, last + 1)
    }
}

extension Array {
    /// The first index whose element meets a condition that holds from some place on.
    func partitioningIndex(where isMet: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if isMet(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
