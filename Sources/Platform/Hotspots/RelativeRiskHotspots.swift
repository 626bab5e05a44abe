import Analysis
import GEOSGeometry
import GeoCore
import Storage

extension HotspotComputation {
    /// Most corners of the border: each is looked at from each cell.
    private static let riskCorners = 300
    /// Pairs of border corner and cell that are looked at, about two seconds' work.
    private static let riskPairs = 3_000_000.0
    /// Work of permutations, in steps of about a nanosecond.
    private static let riskWork = 2e10

    /// Where the category in focus is denser than all others, as cells or tolerance contours.
    mutating func relativeRisk(_ points: Points) async throws -> [HotspotAnswer.Feature] {
        record.method = "Relative risk: logarithm of the ratio of two densities"
        record.reference = "Kelsall & Diggle 1995; Hazelton & Davies 2009 (tolerance contours)"
        let focus = try focusCategory(question.focus, of: points)
        let first = points.rows { points.category[$0] == focus }
        let second = points.rows { points.category[$0] != focus }
        guard second.count > 0 else {
            throw PlatformError(
                .invalidInput, "all contributions are of this category: there is nothing to compare with")
        }
        guard let area else { throw PlatformError(.invalidInput, "there is no study area") }
        let (window, corners) = try riskWindow(area)
        let raster = try riskRaster(area, corners: corners)
        let bandwidth = try riskBandwidth(points, raster)
        let permutations = question.permutations ?? 0
        tell("kernel", .text("gaussian"), nil, .standard)
        tell("edge", .text("uniform"), nil, .standard, rule: "what of each kernel lies in the area")
        tell("surface", question.surface, standard: .cells)
        tell("permutations", Double(permutations), standard: 0)
        if permutations > 0 { tell("seed", Double(question.seed), standard: 1) }
        tell("alpha", question.alpha, standard: 0.05)
        guard Double(permutations) * (Double(points.count) * 300 + Double(raster.count) * 500) <= Self.riskWork,
            permutations <= 9999
        else {
            throw PlatformError(
                .invalidInput, "\(permutations) permutations would take minutes",
                hint: "permutations=99 takes less, and without permutations the test is asymptotic")
        }
        // The narrowest of five bandwidths would have more cells withheld than the answer itself does.
        let isQuick = Double(corners * raster.count) <= Self.riskPairs / 5
        let isTested =
            question.sensitivity ?? (isQuick && isSmallEnoughForSensitivity(points) && !ground.tellsContributors)
        tellSensitivity(
            isTested, points, "where the category is significantly denser by the asymptotic test, at five bandwidths",
            isQuick: isQuick)
        let result = try await Analysis.relativeRisk(
            first, second, raster: raster, bandwidth: bandwidth, window: window, permutations: permutations,
            seed: question.seed)
        leaveOut(
            (0..<points.count).filter { !window.contains(x: points.x[$0], y: points.y[$0]) }, "outsideSimplifiedBorder")
        summarize("contributionsInFocus", Double(result.first))
        summarize("otherContributions", Double(result.second))
        let stability =
            isTested
            ? try await riskStability(first, second, result, raster, window) : nil
        record.warnings.append("p and its contours hold at each place alone, not over the whole map")
        return question.surface == .isolines
            ? try contours(result, raster, points)
            : riskCells(
                result, raster, stability,
                try riskPeople(raster, points, focus, bandwidth * (isTested ? Self.scaleFactors.min() ?? 1 : 1)))
    }

    /// For each cell the share of five bandwidths at which the category is significantly denser there.
    private mutating func riskStability(
        _ first: Points, _ second: Points, _ answer: RelativeRisk, _ raster: Raster, _ window: StudyWindow
    ) async throws -> [Double] {
        let alpha = question.alpha
        let places = (0..<raster.count).filter { answer.firstDensity[$0] != nil }
        var scales: [Scale] = []
        for factor in Self.scaleFactors {
            try Task.checkCancellation()
            let bandwidth = answer.bandwidth * factor
            let risk = try await Analysis.relativeRisk(
                first, second, raster: raster, bandwidth: bandwidth, window: window)
            scales.append(Scale(size: bandwidth, isHot: places.map { risk.p[$0].map { $0 <= alpha } ?? false }))
        }
        return bandwidthStability(scales, places, of: raster)
    }

    /// The area as a window, with few enough corners to be looked at from every cell.
    private mutating func riskWindow(_ area: StudyArea) throws -> (StudyWindow, corners: Int) {
        var outline = area.outline
        var tolerance = max(area.box.width, area.box.height) / 1000
        while outline.shape.positionCount > Self.riskCorners, tolerance < max(area.box.width, area.box.height) {
            outline = try area.outline.simplified(tolerance: tolerance)
            tolerance *= 1.5
        }
        if outline.shape.positionCount != area.outline.shape.positionCount {
            record.warnings.append(
                "for the correction at the border it was simplified to \(outline.shape.positionCount) corners")
        }
        let polygons: [[[Position]]] =
            switch outline.shape {
            case .polygon(let rings): [rings]
            case .multiPolygon(let polygons): polygons
            default: []
            }
        return (try StudyWindow(polygons: polygons), outline.shape.positionCount)
    }

    private mutating func riskRaster(_ area: StudyArea, corners: Int) throws -> Raster {
        let most = Self.riskPairs / Double(max(1, corners))
        let raster: Raster
        if let cell = question.cell {
            let count = (area.box.width / cell + 1) * (area.box.height / cell + 1)
            guard count <= max(most * 5, 4096) else {
                let wider = (area.box.width * area.box.height / most).squareRoot().rounded(.up)
                throw PlatformError(
                    .invalidInput,
                    "cells of \(AnalysisParameter.text(cell)) m would be about "
                        + "\(AnalysisParameter.text(count.rounded())), more than the "
                        + "\(AnalysisParameter.text(max(most * 5, 4096).rounded())) of the correction at the border",
                    hint: "cell=\(AnalysisParameter.text(max(1, wider))) can be done")
            }
            raster = try Raster(covering: area.box, cell: cell)
        } else {
            let longer = Int(exactly: most.squareRoot().rounded(.down)) ?? 64
            raster = try Raster(covering: area.box, longer: min(160, max(64, longer)))
        }
        tell(raster)
        return raster
    }

    private mutating func riskBandwidth(_ points: Points, _ raster: Raster) throws -> Double {
        if let given = question.bandwidth {
            tell("bandwidth", .number(given), "m", .given, rule: "standard deviation")
            try requireSeen(("bandwidth", given), reach: 2 * given, in: raster)
            return given
        }
        let rule = question.rule ?? .scott
        guard let bandwidth = try deviation(points, rule) else {
            throw PlatformError(
                .invalidInput, "rule=\(rule.rawValue) finds no bandwidth: most contributions share a coordinate",
                hint: "bandwidth=300, say")
        }
        tell("rule", .text(rule.rawValue), nil, question.rule == nil ? .standard : .given)
        tell("bandwidth", .number(bandwidth), "m", .chosen, rule: "standard deviation, of all contributions together")
        return bandwidth
    }

    /// Who stands behind the ratio at each cell: of the category and of all others the fewer, within two deviations of
    /// the kernel.
    private func riskPeople(
        _ raster: Raster, _ points: Points, _ focus: Int32, _ bandwidth: Double
    ) throws -> [Contributors] {
        let name = columns.categoryNames[Int(focus)]
        let own = try contributors(
            to: raster, points, within: 2 * bandwidth, where: { points.category[$0] == focus },
            leavingOut: { $0.category == name })
        let others = try contributors(
            to: raster, points, within: 2 * bandwidth, where: { points.category[$0] != focus },
            leavingOut: { $0.category != name })
        return zip(own, others).map(Contributors.fewer)
    }

    private mutating func riskCells(
        _ result: RelativeRisk, _ raster: Raster, _ stability: [Double]?, _ people: [Contributors]
    ) -> [HotspotAnswer.Feature] {
        func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
        var (higher, lower) = (0, 0)
        let features = (0..<raster.count).compactMap { index -> HotspotAnswer.Feature? in
            guard let logarithm = result.logarithm[index], let p = result.p[index] else { return nil }
            if p <= question.alpha { higher += 1 }
            if p >= 1 - question.alpha { lower += 1 }
            var cell = feature(
                index % raster.columns, index / raster.columns, of: raster,
                [
                    ("logRatio", .number(logarithm.rounded(toPlaces: 6))),
                    ("z", number(result.z[index]?.rounded(toPlaces: 6))), ("p", .number(p)),
                    ("firstDensity", number(result.firstDensity[index].map { $0 * 1e6 })),
                    ("secondDensity", number(result.secondDensity[index].map { $0 * 1e6 })),
                ] + (stability.map { [("stability", .number($0[index]))] } ?? []), Self.bin(p))
            if !people.isEmpty { cell.contributors = people[index] }
            return cell
        }
        summarize("cells", Double(features.count))
        summarize("higherCells", Double(higher))
        summarize("lowerCells", Double(lower))
        return features
    }

    /// The class of a one-sided probability, 1 to 3 where the category is denser than elsewhere, negative where less.
    private static func bin(_ p: Double) -> Double {
        let tail = 2 * min(p, 1 - p)
        let level = tail <= 0.01 ? 3.0 : tail <= 0.05 ? 2 : tail <= 0.1 ? 1 : 0
        return p <= 0.5 ? level : -level
    }

    /// The regions where the category is significantly denser, and those where it is less dense.
    private mutating func contours(
        _ result: RelativeRisk, _ raster: Raster, _ points: Points
    ) throws -> [HotspotAnswer.Feature] {
        let level = 1 - question.alpha
        func region(_ values: [Double]) throws -> DensityRegion {
            try DensitySurface(raster: raster, values: values, kernel: .gaussian, bandwidth: result.bandwidth)
                .region(above: level)
        }
        let regions = [
            ("higher", try region(result.p.map { $0.map { 1 - $0 } ?? 0 }), 3.0),
            ("lower", try region(result.p.map { $0 ?? 0 }), -3.0),
        ]
        return regions.compactMap { name, region, value in
            summarize("\(name)Area", region.area.rounded(toPlaces: 1), "m²")
            guard !region.polygons.isEmpty else { return nil }
            let shape = Geometry.multiPolygon(region.polygons)
            let people = contributors(of: region.polygons, points)
            return HotspotAnswer.Feature(
                id: name, shape: MetricGeometry(metres: shape),
                properties: [
                    ("kind", .string(name)), ("p", .number(question.alpha)),
                    ("area", .number(region.area.rounded(toPlaces: 1))),
                    ("shareOfContributions", .number(share(of: points, in: shape))),
                ], value: value, contributors: people?.fewer, parts: people?.parts)
        }
    }
}
