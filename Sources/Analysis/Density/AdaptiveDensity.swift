public import GeoCore

/// A bandwidth for each point: smaller where points are dense, larger where they are few.
///
/// h √(g / f(x)) with the density f at each point under the bandwidth h and its geometric mean g, at most 5 h. Source:
/// Abramson 1982, Ann. Stat. 10, doi:10.1214/aos/1176345986.
///
/// - Parameters:
///   - points: locations in metres, with weights.
///   - kernel: shape of the kernel.
///   - bandwidth: of the first density, in metres.
/// - Throws: ``AnalysisError`` for a bad bandwidth, coordinate or weight.
/// - Complexity: O(n log n + n · points in a strip as wide as the kernel).
public func adaptiveBandwidths(
    _ points: Points, kernel: Kernel, bandwidth: Double
) throws(AnalysisError) -> [Double] {
    let pilot = try kernelDensity(points, atX: points.x, y: points.y, kernel: kernel, bandwidth: bandwidth)
    let known = pilot.filter { $0 > 0 }
    guard !known.isEmpty else { return Array(repeating: bandwidth, count: points.count) }
    let mean = known.map { Elementary.log($0) }.compensatedSum / Double(known.count)
    return pilot.map { density in
        guard density > 0 else { return 5 * bandwidth }
        return bandwidth * min(5, Elementary.exp((mean - Elementary.log(density)) / 2))
    }
}

/// Kernel density on a raster with a bandwidth for each point, on all cores: the same bits on any number of them.
///
/// - Parameters:
///   - points: locations in metres, with weights.
///   - kernel: shape of the kernel.
///   - bandwidths: of each point, in metres.
///   - raster: where to evaluate.
///   - window: where given, each weight is divided by its kernel's mass inside (Jones 1993; Gaussian and quartic only),
///     and cells whose centres lie outside are 0.
/// - Throws: ``AnalysisError`` for a bad bandwidth, coordinate or weight, or another kernel with a window.
/// - Complexity: the sum over points of (bandwidth / cell)²; with a window, points times its edges.
public func adaptiveDensity(
    _ points: Points, kernel: Kernel, bandwidths: [Double], raster: Raster, window: StudyWindow? = nil
) async throws(AnalysisError) -> DensitySurface {
    guard bandwidths.count == points.count else {
        throw AnalysisError(.invalidColumns, "Every point needs a bandwidth.")
    }
    guard bandwidths.allSatisfy({ $0.isFinite && $0 > 0 }) else {
        throw AnalysisError(.invalidParameter, "Every bandwidth must be a finite number greater than zero.")
    }
    try requireSound(points, 1)
    let parts = try await Chunks.map(points.count, smallest: 1024) { range throws(AnalysisError) in
        var values = [Double](repeating: 0, count: raster.count)
        var meter = CancellationMeter()
        for index in range {
            let (x, y, h) = (points.x[index], points.y[index], bandwidths[index])
            var weight = points.weight[index]
            if let window {
                let mass = try window.mass(x: x, y: y, kernel: kernel, bandwidth: h)
                weight = mass > 0 ? weight / mass : 0
            }
            let (scale, inverse) = (weight * kernel.scale / (h * h), 1 / (h * h))
            let (columns, rows) = raster.spans(x, y, kernel.reach * h)
            try meter.add(columns.count * rows.count + (window?.edges.count ?? 0))
            for row in rows {
                let dy = raster.y(row) - y
                for column in columns {
                    let dx = raster.x(column) - x
                    values[row * raster.columns + column] += scale * kernel.shape((dx * dx + dy * dy) * inverse)
                }
            }
        }
        return values
    }
    var values = [Double](repeating: 0, count: raster.count)
    for part in parts {
        for index in values.indices { values[index] += part[index] }
    }
    if let window {
        for index in values.indices where values[index] > 0 {
            let (x, y) = (raster.x(index % raster.columns), raster.y(index / raster.columns))
            if !window.contains(x: x, y: y) { values[index] = 0 }
        }
    }
    let mean = bandwidths.isEmpty ? 0 : bandwidths.compensatedSum / Double(bandwidths.count)
    return DensitySurface(
        raster: raster, values: values, kernel: kernel, bandwidth: mean,
        edgeCorrection: window == nil ? .none : .jonesDiggle)
}
