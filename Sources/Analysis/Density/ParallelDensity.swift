public import GeoCore

/// Kernel density on a raster as ``kernelDensity(_:kernel:bandwidth:raster:)``, worked on by all cores at once.
///
/// Points are taken in parts whose number depends on the data alone and whose surfaces are added in order: the same
/// bits on any number of cores. The Gaussian, whose work lies in the raster and not in the points, is not divided.
///
/// - Throws: ``AnalysisError`` as the function on one core.
public func parallelKernelDensity(
    _ points: Points, kernel: Kernel, bandwidth: Double, raster: Raster
) async throws(AnalysisError) -> DensitySurface {
    guard kernel != .gaussian, Chunks.ranges(points.count).count > 1, raster.count <= 1_000_000 else {
        return try kernelDensity(points, kernel: kernel, bandwidth: bandwidth, raster: raster)
    }
    let parts = try await Chunks.map(points.count) { range throws(AnalysisError) in
        try kernelDensity(points.rows(range), kernel: kernel, bandwidth: bandwidth, raster: raster)
    }
    var values = [Double](repeating: 0, count: raster.count)
    for part in parts {
        for index in values.indices { values[index] += part.values[index] }
    }
    return DensitySurface(raster: raster, values: values, kernel: kernel, bandwidth: bandwidth)
}

/// Kernel density inside a study area, corrected at its border, worked on by all cores at once.
///
/// The same as ``kernelDensity(_:kernel:bandwidth:raster:window:correction:)`` with the correction `uniform`, but that
/// the points must all lie inside: whoever asks has taken the others out already.
///
/// - Throws: ``AnalysisError`` as the function on one core.
public func parallelKernelDensity(
    _ points: Points, kernel: Kernel, bandwidth: Double, raster: Raster, window: StudyWindow
) async throws(AnalysisError) -> DensitySurface {
    let plain = try await parallelKernelDensity(points, kernel: kernel, bandwidth: bandwidth, raster: raster)
    let parts = try await Chunks.map(raster.count) { range throws(AnalysisError) in
        var values = Array(plain.values[range])
        for index in range where plain.values[index] > 0 {
            if index & 0xFF == 0 { try AnalysisError.checkCancellation() }
            let (x, y) = (raster.x(index % raster.columns), raster.y(index / raster.columns))
            let mass =
                window.contains(x: x, y: y)
                ? try window.mass(x: x, y: y, kernel: kernel, bandwidth: bandwidth) : 0
            values[index - range.lowerBound] = mass > 0 ? values[index - range.lowerBound] / mass : 0
        }
        return values
    }
    return DensitySurface(
        raster: raster, values: parts.flatMap { $0 }, kernel: kernel, bandwidth: bandwidth, edgeCorrection: .uniform)
}
