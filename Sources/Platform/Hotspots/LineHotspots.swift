import Analysis
import GeoCore

extension HotspotComputation {
    /// Most cells of a raster that the boxes of segments and their kernels may cover, some seconds.
    private static let lineWork = 3e8

    /// Most cells of a raster in the boxes of areas.
    private static let areaCells = 500_000.0

    /// The density in which lines count along their length, areas over their interior, and all else where its point lies.
    ///
    /// In each cell of the raster an area is a point that weighs its part of it; what is less than a cell no raster shows.
    ///
    /// - Parameter window: the study area, where its border is to be corrected.
    func densityAlongLines(
        _ points: Points, _ kernel: Kernel, _ bandwidth: Double, _ raster: Raster, _ window: StudyWindow?
    ) async throws -> DensitySurface {
        var isSpread = [Bool](repeating: false, count: points.count)
        var lines: [WeightedLine] = []
        var areas: [(row: Int, geometry: Geometry)] = []
        for (row, geometry) in try metricShapes() {
            if let parts = Self.parts(geometry) {
                lines.append(WeightedLine(parts: parts, weight: points.weight[row]))
            } else if case .polygon = geometry {
                areas.append((row, geometry))
            } else if case .multiPolygon = geometry {
                areas.append((row, geometry))
            } else {
                continue
            }
            isSpread[row] = true
        }
        var whole = points.rows { !isSpread[$0] }
        try spread(areas, of: points, over: raster, into: &whole)
        try limitWork(lines, kernel, bandwidth, raster)
        let plain = try await parallelKernelDensity(
            whole, kernel: kernel, bandwidth: bandwidth, raster: raster)
        let along = try await lineDensity(lines, kernel: kernel, bandwidth: bandwidth, raster: raster)
        let all = plain.adding(along)
        guard let window else { return all }
        return try all.inside(window, correction: .uniform)
    }

    /// Adds points that stand for the parts of areas in the cells of a raster.
    private func spread(
        _ areas: [(row: Int, geometry: Geometry)], of points: Points, over raster: Raster, into whole: inout Points
    ) throws {
        let cells = areas.reduce(0.0) { sum, area in
            guard let box = area.geometry.boundingBox else { return sum }
            return sum + (box.width / raster.cell + 1) * (box.height / raster.cell + 1)
        }
        guard cells <= Self.areaCells else {
            let wider = raster.cell * (cells / Self.areaCells).squareRoot() * 1.2
            throw PlatformError(
                .invalidInput, "areas would be spread over too many cells of the density",
                hint: "cell=\(AnalysisParameter.text(wider.rounded(.up))) makes fewer, and apportion=point none")
        }
        let grid = Grid.square(try SquareGrid(side: raster.cell))
        for (row, geometry) in areas {
            try Task.checkCancellation()
            for part in try grid.shares(of: geometry) {
                let center = grid.center(of: part.cell)
                whole.append(
                    x: center.x, y: center.y, weight: points.weight[row] * part.share, time: points.time[row],
                    category: points.category[row])
            }
        }
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
