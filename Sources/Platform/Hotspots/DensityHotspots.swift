import Analysis
import GEOSGeometry
import GeoCore

/// A kernel density as cells or isolines.
extension HotspotComputation {
    /// Most contributions of an adaptive density: their densities look at pairs.
    private static let adaptiveLimit = 10_000

    /// Pairs of border corner and cell that an edge correction looks at in about a second.
    static func pairLimit(_ kernel: Kernel) -> Double { kernel == .gaussian ? 3_000_000 : 50_000_000 }

    /// Pairs of contribution and cell that are looked at one by one in a few seconds.
    private static func evaluationLimit(_ kernel: Kernel) -> Double { kernel == .gaussian ? 5e8 : 1.5e9 }

    /// A kernel density surface.
    mutating func density(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Kernel density, \(question.kernel.rawValue)"
        record.reference = "Silverman 1986, section 4.2; Hyndman 1996 (isolines)"
        guard let area else { throw PlatformError(.invalidInput, "there is no study area") }
        let kernel = kernel(question.kernel)
        let edge = try chosenEdge(kernel, area)
        let raster = try densityRaster(area, kernel, edge)
        let bandwidth = try bandwidth(points, kernel, raster)
        tell("kernel", question.kernel, standard: .quartic)
        tell("adaptive", .text("\(question.isAdaptive)"), nil, question.isAdaptive ? .given : .standard)
        if question.isSurfaceChosen {
            tell(
                "surface", .text(question.surface.rawValue), nil, .chosen, rule: "isolines, since they name few places")
        } else {
            tell("surface", question.surface, standard: .cells)
        }
        tellShares()
        tell(
            "apportion", question.apportioning, standard: .point,
            rule: question.spreads ? "a line counts evenly along its length, an area over its interior" : nil)
        // The narrowest of five bandwidths would have more cells withheld than the answer itself does.
        let isTested = question.sensitivity ?? (isSmallEnoughForSensitivity(points) && !ground.tellsContributors)
        tellSensitivity(isTested, points, "the region that holds half of the density, at five bandwidths")
        let (surface, narrowest) = try await surface(points, kernel, bandwidth, raster, edge, area)
        summarize("maximum", surface.maximum * 1e6, "1/km²")
        let stability =
            isTested
            ? try await densityStability(of: bandwidth, in: area, raster) { computation, bandwidth in
                try await computation.surface(points, kernel, bandwidth, raster, edge, area).surface
            } : nil
        if question.surface == .isolines { return try isolines(surface, points) }
        // A Gaussian has no end: most of it lies within two deviations.
        // Stability tells of the narrowest of five bandwidths, too.
        let reach = narrowest * (isTested ? Self.scaleFactors.min() ?? 1 : 1)
        let people = try contributors(to: raster, points, within: kernel == .gaussian ? 2 * reach : reach)
        return cells(surface, area, stability, people)
    }

    private func kernel(_ kernel: HotspotQuestion.Kernel) -> Kernel {
        switch kernel {
        case .quartic: .quartic
        case .gaussian: .gaussian
        case .epanechnikov: .epanechnikov
        case .triweight: .triweight
        case .triangular: .triangular
        case .uniform: .uniform
        }
    }

    /// The border correction asked for, or the one that the kernel, the area and time allow.
    private mutating func chosenEdge(_ kernel: Kernel, _ area: StudyArea) throws -> EdgeCorrection {
        let isPossible = area.isGiven && (kernel == .gaussian || kernel == .quartic)
        if let given = question.edge {
            guard given == .none || isPossible else {
                throw PlatformError(
                    .invalidInput, "edge=\(given.rawValue) needs the area of the proceeding",
                    hint: "edge=none needs none")
            }
            tell("edge", .text(given.rawValue), nil, .given, rule: Self.source(given))
            return given == .uniform ? .uniform : given == .jonesDiggle ? .jonesDiggle : .none
        }
        let corners = Double(max(1, area.outline.shape.positionCount))
        // A raster of 64 cells along the longer side is the coarsest that is worth a correction.
        if isPossible, 64 * 64 * corners <= Self.pairLimit(kernel) {
            let word: HotspotQuestion.Edge = question.isAdaptive ? .jonesDiggle : .uniform
            tell("edge", .text(word.rawValue), nil, .standard, rule: Self.source(word))
            return question.isAdaptive ? .jonesDiggle : .uniform
        }
        tell("edge", .text("none"), nil, .chosen)
        if isPossible {
            record.warnings.append(
                "the border has too many vertices for an edge correction; densities near it are low")
        } else if area.isGiven {
            record.warnings.append(
                "edges are corrected for Gaussian and quartic kernels only; densities near the border are low")
        }
        return .none
    }

    private static func source(_ edge: HotspotQuestion.Edge) -> String? {
        switch edge {
        case .none: nil
        case .uniform: "Diggle 1985"
        case .jonesDiggle: "Jones 1993"
        }
    }

    mutating func surface(
        _ points: Points, _ kernel: Kernel, _ bandwidth: Double, _ raster: Raster, _ edge: EdgeCorrection,
        _ area: StudyArea
    ) async throws -> (surface: DensitySurface, narrowest: Double) {
        let window = edge == .none ? nil : try StudyWindow(polygons: area.polygons)
        let corners = Double(max(1, area.outline.shape.positionCount))
        let places = edge == .uniform ? raster.count : edge == .jonesDiggle ? points.count : 0
        guard Double(places) * corners <= 20 * Self.pairLimit(kernel) else {
            throw PlatformError(
                .invalidInput, "edge=\(question.edge?.rawValue ?? "uniform") would take minutes with this border",
                hint: "edge=none is quick, and larger cells are quicker")
        }
        if question.spreads {
            return (try await densityAlongLines(points, kernel, bandwidth, raster, window), bandwidth)
        }
        if question.isAdaptive {
            guard points.count <= Self.adaptiveLimit else {
                throw PlatformError(
                    .invalidInput,
                    "an adaptive density looks at pairs of at most \(Self.adaptiveLimit) contributions, and there are "
                        + "\(points.count)", hint: "adaptive=false takes any number")
            }
            record.reference += "; Abramson 1982"
            let bandwidths = try adaptiveBandwidths(points, kernel: kernel, bandwidth: bandwidth)
            summarize("smallestBandwidth", bandwidths.min(), "m")
            summarize("largestBandwidth", bandwidths.max(), "m")
            try limitWork(points, kernel, bandwidths, raster)
            let surface = try await adaptiveDensity(
                points, kernel: kernel, bandwidths: bandwidths, raster: raster, window: window)
            return (surface, bandwidths.min() ?? bandwidth)
        }
        if window == nil, kernel != .gaussian, kernel != .quartic { try limitWork(points, kernel, [bandwidth], raster) }
        let surface =
            if let window, edge == .uniform {
                try await parallelKernelDensity(
                    points, kernel: kernel, bandwidth: bandwidth, raster: raster, window: window)
            } else if let window {
                try kernelDensity(
                    points, kernel: kernel, bandwidth: bandwidth, raster: raster, window: window,
                    correction: .jonesDiggle)
            } else {
                try await parallelKernelDensity(points, kernel: kernel, bandwidth: bandwidth, raster: raster)
            }
        return (surface, bandwidth)
    }

    /// Refuses a density that is summed point by point where that would take too long.
    ///
    /// - Throws: ``PlatformError`` `invalidInput` with a width of cells that takes less.
    private func limitWork(
        _ points: Points, _ kernel: Kernel, _ bandwidths: [Double], _ raster: Raster
    ) throws {
        let limit = Self.evaluationLimit(kernel)
        let work = raster.evaluations(points, reach: bandwidths.map { $0 * kernel.reach })
        guard work > limit else { return }
        let wider = raster.cell * (work / limit * 1.5).squareRoot()
        throw PlatformError(
            .invalidInput,
            "\(question.isAdaptive ? "an adaptive density" : "kernel=\(question.kernel.rawValue)") would look at "
                + "\(AnalysisParameter.text((work / 1e6).rounded())) million pairs of contribution and cell, more than "
                + "\(AnalysisParameter.text(limit / 1e6)) million",
            hint: "cell=\(AnalysisParameter.text(wider.rounded(.up))) makes few enough"
                + (question.isAdaptive ? ", and adaptive=false" : ", and kernel=quartic") + " takes any number")
    }

    private func cells(
        _ surface: DensitySurface, _ area: StudyArea, _ stability: [Double]?, _ people: [Contributors]
    ) -> [HotspotAnswer.Feature] {
        let raster = surface.raster
        let threshold = surface.maximum * 1e-3
        var features: [HotspotAnswer.Feature] = []
        for row in 0..<raster.rows {
            for column in 0..<raster.columns {
                let place = row * raster.columns + column
                let value = surface.values[place]
                guard value > threshold, area.contains(x: raster.x(column), y: raster.y(row)) else { continue }
                var properties: [(name: String, value: JSONValue)] = [("density", .number(value * 1e6))]
                if let stability { properties.append(("stability", .number(stability[place]))) }
                var cell = feature(column, row, of: raster, properties, value * 1e6)
                if !people.isEmpty { cell.contributors = people[place] }
                features.append(cell)
            }
        }
        return features
    }

    /// A cell of a raster as a shape of the answer.
    func feature(
        _ column: Int, _ row: Int, of raster: Raster, _ properties: [(name: String, value: JSONValue)], _ value: Double?
    ) -> HotspotAnswer.Feature {
        let west = raster.minX + Double(column) * raster.cell
        let south = raster.minY + Double(row) * raster.cell
        let box = BoundingBox(minX: west, minY: south, maxX: west + raster.cell, maxY: south + raster.cell)
        return HotspotAnswer.Feature(
            id: "\(column)_\(row)", shape: MetricGeometry(metres: .polygon([box.ring])), properties: properties,
            value: value)
    }

    private func isolines(_ surface: DensitySurface, _ points: Points) throws -> [HotspotAnswer.Feature] {
        try surface.volumeLevels(question.levels.sorted(by: >)).map { level in
            let region = try surface.region(above: level.level)
            let shape = Geometry.multiPolygon(region.polygons)
            let people = contributors(of: region.polygons, points)
            return HotspotAnswer.Feature(
                id: AnalysisParameter.text(level.percent), shape: MetricGeometry(metres: shape),
                properties: [
                    ("percent", .number(level.percent)), ("density", .number(level.level * 1e6)),
                    ("area", .number(region.area.rounded(toPlaces: 1))),
                    ("shareOfContributions", .number(share(of: points, in: shape))),
                ], value: 100 - level.percent, contributors: people?.fewer, parts: people?.parts)
        }
    }

    /// The share of the contributions that lie in a shape.
    func share(of points: Points, in shape: Geometry) -> Double {
        let index = PolygonIndex([shape])
        let inside = (0..<points.count).count { index.firstPolygon(containing: points.x[$0], points.y[$0]) != nil }
        return Double(inside) / Double(max(1, points.count))
    }
}
