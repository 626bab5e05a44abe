public import GeoCore

/// Kernel density on a raster as ``kernelDensity(_:kernel:bandwidth:raster:)``, worked on by all cores at once.
///
/// Quartic and Gaussian kernels work row by row, so that the parts have no say in the sums: the same bits as on one
/// core. For other kernels points are taken in parts whose number depends on the data alone and whose surfaces are
/// added in order: the same bits on any number of cores.
///
/// - Throws: ``AnalysisError`` as the function on one core.
public func parallelKernelDensity(
    _ points: Points, kernel: Kernel, bandwidth: Double, raster: Raster
) async throws(AnalysisError) -> DensitySurface {
    try requireSound(points, bandwidth)
    let values: [Double]
    switch kernel {
    case .quartic: values = try await quarticValues(points, bandwidth, raster)
    case .gaussian: values = try await gaussianValues(points, bandwidth, raster)
    default:
        guard Chunks.ranges(points.count).count > 1, raster.count <= 1_000_000 else {
            return try kernelDensity(points, kernel: kernel, bandwidth: bandwidth, raster: raster)
        }
        let parts = try await Chunks.map(points.count) { range throws(AnalysisError) in
            try kernelDensity(points.rows(range), kernel: kernel, bandwidth: bandwidth, raster: raster)
        }
        var sums = [Double](repeating: 0, count: raster.count)
        for part in parts {
            for index in sums.indices { sums[index] += part.values[index] }
        }
        values = sums
    }
    return DensitySurface(raster: raster, values: values, kernel: kernel, bandwidth: bandwidth)
}

/// Rows of a raster that are worked on together: few enough that every core has some to the end.
private func stripes(_ rows: Int) -> [Range<Int>] { Chunks.ranges(rows, smallest: 16, limit: 32) }

private func quarticValues(
    _ points: Points, _ radius: Double, _ raster: Raster
) async throws(AnalysisError) -> [Double] {
    let bands = try await QuarticRows.layout(radius: radius, raster).parallelSort(points)
    let rows = QuarticRows(bands, radius: radius, raster)
    let parts = try await Chunks.map(stripes(raster.rows)) { range throws(AnalysisError) in try rows.values(range) }
    return parts.flatMap { $0 }
}

private func gaussianValues(
    _ points: Points, _ deviation: Double, _ raster: Raster
) async throws(AnalysisError) -> [Double] {
    let lattice = GaussianLattice(raster, deviation: deviation)
    let gaussian = GaussianRaster(points, deviation: deviation, raster, lattice)
    guard let boxes = gaussian.transform else {
        let values = try gaussian.directValues()
        return try lattice.map { lattice throws(AnalysisError) in
            try lattice.values(0..<raster.rows, lattice.spread(values))
        } ?? values
    }
    let sorted = try await GaussTransform.layout(gaussian, boxes).parallelSort(points)
    let transform = GaussTransform(gaussian, boxes, sorted)
    let bands = Chunks.ranges(transform.bandCount, smallest: 4, limit: 32)
    let moments = try await Chunks.map(bands) { range throws(AnalysisError) in try transform.spread(range) }
    let parts = try await Chunks.map(stripes(gaussian.raster.rows)) { range throws(AnalysisError) in
        let values = try transform.values(range, moments)
        return lattice?.spread(values) ?? values
    }
    let values = parts.flatMap { $0 }
    guard let lattice else { return values }
    return try await Chunks.map(stripes(raster.rows)) { range throws(AnalysisError) in
        try lattice.values(range, values)
    }.flatMap { $0 }
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
