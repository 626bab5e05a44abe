import Analysis
import GeoCore

extension HotspotComputation {
    /// Share of a density that its hot region holds, in percent.
    private static let hotPercent = 50.0

    /// How much the region that holds half of a density depends on the bandwidth.
    ///
    /// - Parameters:
    ///   - area: whose cells are compared; the rest of the raster is not.
    ///   - density: the density for a bandwidth.
    /// - Returns: for each cell of the raster the share of five bandwidths at which it lies in that region.
    /// - Complexity: five times that of the density.
    mutating func densityStability(
        of bandwidth: Double, in area: StudyArea, _ raster: Raster,
        _ density: (inout HotspotComputation, Double) async throws -> DensitySurface
    ) async throws -> [Double] {
        let inside = (0..<raster.count).filter { cell in
            area.contains(x: raster.x(cell % raster.columns), y: raster.y(cell / raster.columns))
        }
        // What the runs would tell is told of the answer already.
        var silent = self
        return try await bandwidthStability(of: bandwidth, inside, of: raster) { bandwidth in
            let surface = try await density(&silent, bandwidth)
            let level = try surface.volumeLevels([Self.hotPercent]).first?.level ?? .infinity
            return inside.map { surface.values[$0] >= level }
        }
    }

    /// How much it depends on the bandwidth which cells of a raster are hot.
    ///
    /// - Parameters:
    ///   - places: the cells that are compared; the rest of the raster is not.
    ///   - isHot: which of these are hot at a bandwidth.
    /// - Returns: for each cell of the raster the share of five bandwidths at which it is hot.
    mutating func bandwidthStability(
        of bandwidth: Double, _ places: [Int], of raster: Raster, _ isHot: (Double) async throws -> [Bool]
    ) async throws -> [Double] {
        var scales: [Scale] = []
        for factor in Self.scaleFactors {
            try Task.checkCancellation()
            scales.append(Scale(size: bandwidth * factor, isHot: try await isHot(bandwidth * factor)))
        }
        tellScales(scales, as: "bandwidth")
        summarize("sensitivityRuns", Double(scales.count))
        var stability = [Double](repeating: 0, count: raster.count)
        for (number, cell) in places.enumerated() {
            stability[cell] = Double(scales.count { $0.isHot[number] }) / Double(scales.count)
        }
        return stability
    }
}
