import Analysis
import GeoCore

/// The cells and the bandwidth of a density.
extension HotspotComputation {
    /// Cells along the longer side of a density's raster where nobody gave their size.
    private static let longerSide = (cells: 160, isolines: 512)
    /// Most cells of a raster for isolines.
    private static let rasterLimit = 1_000_000

    /// The raster of a density: of the cells asked for, or of as many as its surface wants and time allows.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` for more cells than an answer may have.
    mutating func densityRaster(
        _ area: StudyArea, _ kernel: Kernel, _ edge: EdgeCorrection
    ) throws -> Raster {
        let isIsolines = question.surface == .isolines
        let limit = isIsolines ? Self.rasterLimit : Self.cellLimit
        let raster: Raster
        if let cell = question.cell {
            let count = (area.box.width / cell + 1) * (area.box.height / cell + 1)
            guard count <= Double(limit) else {
                let wider = (area.box.width * area.box.height / Double(limit) * 2).squareRoot().rounded(.up)
                throw PlatformError(
                    .invalidInput,
                    "cells of \(AnalysisParameter.text(cell)) m would be about \(AnalysisParameter.text(count.rounded())) "
                        + "in the study area, more than \(limit)",
                    hint: "cell=\(AnalysisParameter.text(max(1, wider))) makes few enough")
            }
            raster = try Raster(covering: area.box, cell: cell)
        } else {
            var longer = isIsolines ? Self.longerSide.isolines : Self.longerSide.cells
            if edge == .uniform {
                let corners = Double(max(1, area.outline.shape.positionCount))
                let affordable = (Self.pairLimit(kernel) / corners).squareRoot().rounded(.down)
                longer = max(64, min(longer, Int(exactly: affordable) ?? longer))
            }
            raster = try Raster(covering: area.box, longer: longer)
        }
        tell(raster)
        return raster
    }

    /// The bandwidth asked for, or that of a rule, in metres: a radius, or the standard deviation of a Gaussian.
    mutating func bandwidth(_ points: Points, _ kernel: Kernel, _ raster: Raster) throws -> Double {
        let meaning = kernel == .gaussian ? "standard deviation" : "radius"
        if let given = question.bandwidth {
            tell("bandwidth", .number(given), "m", .given, rule: meaning)
            try requireSeen(("bandwidth", given), reach: kernel == .gaussian ? 2 * given : given, in: raster)
            tell(
                "deviation", .number(given / kernel.deviations), "m", .chosen, rule: "standard deviation of the kernel")
            return given
        }
        if let given = question.deviation {
            tell("deviation", .number(given), "m", .given, rule: "standard deviation of the kernel")
            let radius = given * kernel.deviations
            tell("bandwidth", .number(radius), "m", .chosen, rule: meaning)
            try requireSeen(("deviation", given), reach: kernel == .gaussian ? 2 * given : radius, in: raster)
            return given * kernel.deviations
        }
        let word = question.rule ?? (kernel == .gaussian ? .scott : .arcgis)
        let deviation = try deviation(points, word)
        // Points that lie together would make needles that no cell shows.
        let bandwidth = max((deviation ?? 0) * kernel.deviations, 2 * raster.cell)
        tell("rule", .text(word.rawValue), nil, question.rule == nil ? .standard : .given)
        let isWidened = bandwidth > (deviation ?? 0) * kernel.deviations
        tell(
            "bandwidth", .number(bandwidth), "m", .chosen,
            rule: isWidened ? "\(meaning); two cells of the raster, since that of the rule is less" : meaning)
        tell(
            "deviation", .number(bandwidth / kernel.deviations), "m", .chosen, rule: "standard deviation of the kernel")
        return bandwidth
    }

    /// The standard deviation of a kernel by a rule; `nil` where contributions lie at one place.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` for a rule that the data do not bear.
    func deviation(_ points: Points, _ rule: HotspotQuestion.Rule) throws -> Double? {
        switch rule {
        case .scott: return try BandwidthRule.scott2d.bandwidth(points)
        case .scottRobust: return try BandwidthRule.scott2dRobust.bandwidth(points)
        case .arcgis: return try BandwidthRule.arcgis.bandwidth(points).map { $0 / Kernel.quartic.deviations }
        case .sheatherJones: return try BandwidthRule.sheatherJones.bandwidth(points)
        case .likelihood:
            guard points.count <= BandwidthRule.likelihoodLimit else {
                throw PlatformError(
                    .invalidInput,
                    "rule=likelihood looks at pairs of at most \(BandwidthRule.likelihoodLimit) contributions, and there "
                        + "are \(points.count)", hint: "rule=scott takes any number")
            }
            return try BandwidthRule.likelihood.bandwidth(points)
        }
    }
}
