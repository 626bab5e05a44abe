public import GeoCore

/// Kernel density on a raster inside a study area, corrected at its border.
///
/// Points outside the area take no part. Cells whose centres lie outside are 0.
///
/// - Parameters:
///   - points: locations in metres, with weights.
///   - kernel: Gaussian or quartic, any other only without correction.
///   - bandwidth: standard deviation of the Gaussian, radius of all others, in metres.
///   - raster: where to evaluate.
///   - window: the study area.
///   - correction: how the border is treated.
/// - Throws: ``AnalysisError`` as without a window.
/// - Complexity: as without a window, plus edges of the window times cells (`uniform`) or points (`jonesDiggle`).
public func kernelDensity(
    _ points: Points, kernel: Kernel, bandwidth: Double, raster: Raster, window: StudyWindow,
    correction: EdgeCorrection
) throws(AnalysisError) -> DensitySurface {
    let weighted = try pointsInside(points, kernel, bandwidth, window, correction)
    return try kernelDensity(weighted, kernel: kernel, bandwidth: bandwidth, raster: raster)
        .inside(window, correction: correction)
}

extension DensitySurface {
    /// The surface inside a study area, where `uniform` divides by what of the kernel lies inside; 0 outside.
    ///
    /// - Throws: ``AnalysisError`` for a kernel that is not corrected, or when the task is cancelled.
    /// - Complexity: edges of the window times cells.
    public func inside(_ window: StudyWindow, correction: EdgeCorrection) throws(AnalysisError) -> DensitySurface {
        var surface = self
        surface.edgeCorrection = correction
        for row in 0..<raster.rows {
            try AnalysisError.checkCancellation()
            for column in 0..<raster.columns {
                let index = row * raster.columns + column
                guard surface.values[index] > 0 else { continue }
                let (x, y) = (raster.x(column), raster.y(row))
                if !window.contains(x: x, y: y) {
                    surface.values[index] = 0
                } else if correction == .uniform {
                    let mass = try window.mass(x: x, y: y, kernel: kernel, bandwidth: bandwidth)
                    surface.values[index] = mass > 0 ? surface.values[index] / mass : 0
                }
            }
        }
        return surface
    }

    /// The sum of two surfaces on one raster.
    ///
    /// - Precondition: the rasters are the same.
    public func adding(_ other: DensitySurface) -> DensitySurface {
        precondition(raster == other.raster)
        var sum = self
        for cell in values.indices { sum.values[cell] += other.values[cell] }
        return sum
    }
}

/// Kernel density at any positions inside a study area, corrected at its border.
///
/// Points outside the area take no part; positions outside have `nil`.
///
/// - Parameters:
///   - points: locations in metres, with weights.
///   - x: eastings of the positions asked for.
///   - y: their northings, as many.
///   - kernel: Gaussian or quartic, any other only without correction.
///   - bandwidth: standard deviation of the Gaussian, radius of all others, in metres.
///   - window: the study area.
///   - correction: how the border is treated.
/// - Throws: ``AnalysisError`` as without a window.
public func kernelDensity(
    _ points: Points, atX x: [Double], y: [Double], kernel: Kernel, bandwidth: Double, window: StudyWindow,
    correction: EdgeCorrection
) throws(AnalysisError) -> [Double?] {
    let weighted = try pointsInside(points, kernel, bandwidth, window, correction)
    let plain = try kernelDensity(weighted, atX: x, y: y, kernel: kernel, bandwidth: bandwidth)
    var values: [Double?] = []
    values.reserveCapacity(x.count)
    for index in x.indices {
        guard window.contains(x: x[index], y: y[index]) else {
            values.append(nil)
            continue
        }
        guard correction == .uniform else {
            values.append(plain[index])
            continue
        }
        let mass = try window.mass(x: x[index], y: y[index], kernel: kernel, bandwidth: bandwidth)
        values.append(mass > 0 ? plain[index] / mass : nil)
    }
    return values
}

private func pointsInside(
    _ points: Points, _ kernel: Kernel, _ bandwidth: Double, _ window: StudyWindow, _ correction: EdgeCorrection
) throws(AnalysisError) -> Points {
    var kept = Points(capacity: points.count)
    for index in 0..<points.count {
        if index & 0xFF == 0 { try AnalysisError.checkCancellation() }
        let (x, y) = (points.x[index], points.y[index])
        guard window.contains(x: x, y: y) else { continue }
        var weight = points.weight[index]
        if correction == .jonesDiggle {
            let mass = try window.mass(x: x, y: y, kernel: kernel, bandwidth: bandwidth)
            guard mass > 0 else { continue }
            weight /= mass
        }
        kept.append(x: x, y: y, weight: weight)
    }
    return kept
}
