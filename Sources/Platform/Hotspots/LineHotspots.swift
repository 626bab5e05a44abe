import Analysis
import GeoCore

extension HotspotComputation {
    /// Most cells of a raster that the boxes of segments and their kernels may cover, some seconds.
    private static let lineWork = 3e8

    /// The density in which lines count along their length, and all else where its point lies.
    ///
    /// - Parameter window: the study area, where its border is to be corrected.
    func densityAlongLines(
        _ points: Points, _ kernel: Kernel, _ bandwidth: Double, _ raster: Raster, _ window: StudyWindow?
    ) async throws -> DensitySurface {
        var isLine = [Bool](repeating: false, count: points.count)
        var lines: [WeightedLine] = []
        for (row, geometry) in try metricShapes() {
            guard let parts = Self.parts(geometry) else { continue }
            isLine[row] = true
            lines.append(WeightedLine(parts: parts, weight: points.weight[row]))
        }
        try limitWork(lines, kernel, bandwidth, raster)
        let plain = try await parallelKernelDensity(
            points.rows { !isLine[$0] }, kernel: kernel, bandwidth: bandwidth, raster: raster)
        let along = try await lineDensity(lines, kernel: kernel, bandwidth: bandwidth, raster: raster)
        let all = plain.adding(along)
        guard let window else { return all }
        return try all.inside(window, correction: .uniform)
    }

    private static func parts(_ geometry: Geometry) -> [[Position]]? {
        switch geometry {
        case .lineString(let line): [line]
        case .multiLineString(let lines): lines
        default: nil
        }
    }

    /// Refuses lines whose density would take too long.
    private func limitWork(
        _ lines: [WeightedLine], _ kernel: Kernel, _ bandwidth: Double, _ raster: Raster
    ) throws {
        let reach = 2 * kernel.reach * bandwidth
        var cells = 0.0
        for part in lines.flatMap(\.parts) {
            for (a, b) in zip(part, part.dropFirst()) {
                let (width, height) = ((b.x - a.x).magnitude + reach, (b.y - a.y).magnitude + reach)
                cells += min(width, raster.box.width) * min(height, raster.box.height) / (raster.cell * raster.cell)
            }
        }
        guard cells > Self.lineWork else { return }
        let wider = raster.cell * (cells / Self.lineWork).squareRoot()
        throw PlatformError(
            .invalidInput, "a density along so many lines would take too long",
            hint: "cell=\(AnalysisParameter.text(wider.rounded(.up))) makes fewer cells, and apportion=point none")
    }
}
