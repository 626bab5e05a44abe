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
        var scales: [Scale] = []
        for factor in Self.scaleFactors {
            try Task.checkCancellation()
            let surface = try await density(&silent, bandwidth * factor)
            let level = try surface.volumeLevels([Self.hotPercent]).first?.level ?? .infinity
            scales.append(Scale(size: bandwidth * factor, isHot: inside.map { surface.values[$0] >= level }))
        }
        return bandwidthStability(scales, inside, of: raster)
    }

    /// How much it depends on the bandwidth which cells of a raster are hot.
    ///
    /// - Parameters:
    ///   - scales: which of the places are hot at each bandwidth.
    ///   - places: the cells that are compared; the rest of the raster is not.
    /// - Returns: for each cell of the raster the share of five bandwidths at which it is hot.
    mutating func bandwidthStability(_ scales: [Scale], _ places: [Int], of raster: Raster) -> [Double] {
        tellScales(scales, as: "bandwidth")
        summarize("sensitivityRuns", Double(scales.count))
        var stability = [Double](repeating: 0, count: raster.count)
        for (number, cell) in places.enumerated() {
            stability[cell] = Double(scales.count { $0.isHot[number] }) / Double(scales.count)
        }
        return stability
    }
}
