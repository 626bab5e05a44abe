import Analysis
import GEOSGeometry
import GeoCore
import Participation
import Storage

/// Methods that work on the points themselves.
extension HotspotComputation {
    /// Most cells a density surface is told in.
    private static let longerSide = 160

    /// The longer side of a raster on which an edge correction costs about a second: it looks at each pair of border
    /// vertex and cell, and a Gaussian costs ten times a quartic.
    private static func longerSide(_ kernel: Kernel, edges: Int) -> Int {
        let pairs = kernel == .gaussian ? 3_000_000.0 : 50_000_000.0
        return Int(exactly: (pairs / Double(max(1, edges))).squareRoot().rounded(.down)) ?? 0
    }

    /// A kernel density surface as cells or isolines.
    mutating func density(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = question.kernel == .quartic ? "Kernel density, quartic" : "Kernel density, Gaussian"
        record.reference = "Silverman 1986, section 4.2; Hyndman 1996 (isolines)"
        let kernel: Kernel = question.kernel == .quartic ? .quartic : .gaussian
        let rule = BandwidthRule.standard(for: kernel)
        guard let area else { throw PlatformError(.invalidInput, "there is no study area") }
        let wanted = question.surface == .isolines ? 512 : Self.longerSide
        let affordable = Self.longerSide(kernel, edges: area.isGiven ? area.outline.shape.positionCount : 0)
        let isCorrected = area.isGiven && affordable >= 64
        let raster = try Raster(covering: area.box, longer: isCorrected ? min(wanted, affordable) : wanted)
        let bandwidth: Double
        if let given = question.bandwidth {
            bandwidth = given
            tell(
                "bandwidth", .number(bandwidth), "m", .given, rule: kernel == .quartic ? "radius" : "standard deviation"
            )
        } else {
            bandwidth = max(rule.bandwidth(points) ?? 0, 2 * raster.cell)
            tell("bandwidth", .number(bandwidth), "m", .chosen, rule: rule.rawValue)
        }
        tell("kernel", .text(question.kernel.rawValue), nil, question.kernel == .quartic ? .standard : .given)
        tell("surface", .text(question.surface.rawValue), nil, question.surface == .cells ? .standard : .given)
        tell("rasterCell", .number(raster.cell), "m", .chosen)
        let surface: DensitySurface
        if isCorrected {
            tell("edgeCorrection", .text("uniform"), nil, .standard, rule: "Diggle 1985")
            surface = try await parallelKernelDensity(
                points, kernel: kernel, bandwidth: bandwidth, raster: raster,
                window: StudyWindow(polygons: area.polygons))
        } else {
            tell("edgeCorrection", .text("none"), nil, .chosen)
            if area.isGiven {
                record.warnings.append(
                    "the border has too many vertices for an edge correction; densities near it are low")
            }
            surface = try await parallelKernelDensity(
                points, kernel: kernel, bandwidth: bandwidth, raster: raster)
        }
        summarize("maximum", surface.maximum * 1e6, "1/km²")
        return question.surface == .isolines
            ? try isolines(surface, points) : cells(surface, area)
    }

    private func cells(_ surface: DensitySurface, _ area: StudyArea) -> [HotspotAnswer.Feature] {
        let raster = surface.raster
        let threshold = surface.maximum * 1e-3
        var features: [HotspotAnswer.Feature] = []
        for row in 0..<raster.rows {
            for column in 0..<raster.columns {
                let value = surface.values[row * raster.columns + column]
                guard value > threshold, area.contains(x: raster.x(column), y: raster.y(row)) else { continue }
                let west = raster.minX + Double(column) * raster.cell
                let south = raster.minY + Double(row) * raster.cell
                let box = BoundingBox(minX: west, minY: south, maxX: west + raster.cell, maxY: south + raster.cell)
                features.append(
                    HotspotAnswer.Feature(
                        id: "\(column)_\(row)", shape: MetricGeometry(metres: .polygon([box.ring])),
                        properties: [("density", .number(value * 1e6))], value: value * 1e6))
            }
        }
        return features
    }

    private func isolines(_ surface: DensitySurface, _ points: Points) throws -> [HotspotAnswer.Feature] {
        try surface.volumeLevels([90, 75, 50, 25]).map { level in
            let region = try surface.region(above: level.level)
            let shape = Geometry.multiPolygon(region.polygons)
            let index = PolygonIndex([shape])
            let inside = (0..<points.count).count { index.firstPolygon(containing: points.x[$0], points.y[$0]) != nil }
            return HotspotAnswer.Feature(
                id: "\(Int(level.percent))", shape: MetricGeometry(metres: shape),
                properties: [
                    ("percent", .number(level.percent)), ("density", .number(level.level * 1e6)),
                    ("area", .number(region.area.rounded(toPlaces: 1))),
                    ("shareOfContributions", .number(Double(inside) / Double(max(1, points.count)))),
                ], value: 100 - level.percent)
        }
    }

    /// DBSCAN clusters as hulls with their profile.
    mutating func clusters(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "DBSCAN"
        record.reference = "Ester, Kriegel, Sander & Xu 1996; Gunawan 2013"
        let minimum = question.minPoints ?? 5
        tell("minPoints", .number(Double(minimum)), "contributions", question.minPoints == nil ? .standard : .given)
        let radius: Double
        if let given = question.reach {
            radius = given
            tell("eps", .number(radius), "m", .given)
        } else {
            radius = try suggestedRadius(points, minimum: minimum)
            tell("eps", .number(radius), "m", .chosen, rule: "knee of the sorted neighbour distances")
        }
        let clusters = try await parallelDBSCAN(
            points, radius: radius, minimum: minimum, isWeighted: question.weight != .one)
        let profiles = ClusterProfiles(clusters, of: points)
        summarize("clusters", Double(clusters.count))
        summarize("noise", Double(clusters.noise))
        return try (0..<clusters.count).map { cluster in
            let range = profiles.memberOffsets[cluster]..<profiles.memberOffsets[cluster + 1]
            return try clusterFeature(
                cluster, profiles.members[range].map(Int.init), of: points, reach: radius,
                figures: [("cores", .integer(Int64(profiles.cores[cluster])))])
        }
    }
}
