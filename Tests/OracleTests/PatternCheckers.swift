import Analysis
import GeoCore

extension OracleTests {
    /// A rectangle as the cases write it: west, south, east, north.
    private static func window(_ file: OracleFile) throws -> StudyWindow {
        let rect = try file.params["rect"].doubles
        return try StudyWindow(box: BoundingBox(minX: rect[0], minY: rect[1], maxX: rect[2], maxY: rect[3]))
    }

    static func nearestDistances(_ file: OracleFile) async throws -> Answer {
        let made = try await clarkEvans(file.input.points, window: window(file))
        return Answer([
            "n": made.count, "mean_nn": made.meanDistance, "expected_csr": made.plain.expected, "R": made.plain.index,
            "se": made.plain.standardError, "z": made.plain.z, "p_two": made.plain.p,
            "donnelly_expected": made.donnelly?.expected, "donnelly_R": made.donnelly?.index,
            "donnelly_se": made.donnelly?.standardError, "donnelly_z": made.donnelly?.z,
            "donnelly_p_two": made.donnelly?.p,
        ])
    }

    static func pairFunctions(_ file: OracleFile) async throws -> Answer {
        var (k, l): ([String: [Double?]], [String: [Double?]]) = ([:], [:])
        for correction in PatternCorrection.allCases {
            let made = try await ripleyK(
                file.input.points, window: window(file), radii: file.params["r"].doubles, correction: correction)
            k[correction.rawValue] = made.k
            l[correction.rawValue] = made.l
        }
        return Answer(["K": k, "L": l])
    }

    static func envelopes(_ file: OracleFile) throws -> Answer {
        func made(_ rank: Int) throws -> PatternEnvelope {
            try patternEnvelope(
                observed: file.input["observed"].doubles, simulations: file.input["simulations"].rows,
                radii: file.input["r"].doubles, rank: rank)
        }
        let (first, fifth) = (try made(1), try made(5))
        return Answer([
            "pointwise_lo_rank1": first.lower, "pointwise_hi_rank1": first.upper, "pointwise_lo_rank5": fifth.lower,
            "pointwise_hi_rank5": fifth.upper, "mad_statistic": first.maximumDeviation,
            "mad_p": first.maximumDeviationP, "dclf_statistic": first.squaredDeviation,
            "dclf_p": first.squaredDeviationP, "global_band_halfwidth_rank5": fifth.bandHalfWidth,
        ])
    }

    static func closePairs(_ file: OracleFile) throws -> Answer {
        let made = try knox(
            file.input.points, times: file.input["t"].doubles, distance: file.params["delta_space"].double,
            duration: file.params["delta_time"].double)
        return Answer([
            "pairs_space": made.pairsInSpace, "pairs_time": made.pairsInTime, "pairs_both": made.pairsInBoth,
            "expected": made.expected, "variance_permutation": made.variance, "z": made.z,
        ])
    }

    static func colocations(_ file: OracleFile) async throws -> Answer {
        let names = try file.expected["categories"].items.map { try $0.string }
        var points = try file.input.points
        points.category = try file.input["category"].items.map { item in
            let name = try item.string
            return names.firstIndex(of: name).map { Int32($0) } ?? -1
        }
        let made = try await colocationQuotient(
            points, categories: names.count, neighbors: file.params["k"].int, permutations: 99)
        var global: [String: Double?] = [:]
        for (a, first) in names.enumerated() {
            for (b, second) in names.enumerated() {
                global["\(first)->\(second)"] = .some(made.quotient[a * names.count + b])
            }
        }
        let local = (0..<points.count).map { Array(made.local[$0 * names.count..<($0 + 1) * names.count]) }
        return Answer(["global": global, "local": local, "categories": names])
    }

    static func risks(_ file: OracleFile) throws -> Answer {
        func points(_ key: String) throws -> Points {
            let rows = try file.input[key].rows
            return Points(x: rows.map { $0[0] }, y: rows.map { $0[1] })
        }
        let query = try file.input["query"].rows
        let (x, y) = (query.map { $0[0] }, query.map { $0[1] })
        let (bandwidth, window) = (try file.params["bandwidth"].double, try window(file))
        let made = try relativeRisk(
            points("xy_a"), points("xy_b"), atX: x, y: y, bandwidth: bandwidth, window: window)
        func mass(_ bandwidth: Double) throws -> [Double] {
            try zip(x, y).map { try window.mass(x: $0, y: $1, kernel: .gaussian, bandwidth: bandwidth) }
        }
        return Answer([
            "log_rr": made.logarithm, "density_a": made.firstDensity, "density_b": made.secondDensity,
            "edge": try mass(bandwidth), "edge_K2": try mass(bandwidth / 2.0.squareRoot()),
            "z_asymptotic": made.z, "p_upper": made.p,
        ])
    }

    static func bandwidths(_ file: OracleFile) throws -> Answer {
        let points = try file.input.points
        let spread = WeightedSpread(points)
        // A Gaussian along one axis alone.
        func sigma(_ values: [Double]) throws -> Double? {
            try BandwidthRule.scott2d.bandwidth(Points(x: values, y: values))
        }
        return Answer([
            "scott_factor_2d": BandwidthRule.scottFactor(points), "scott_sigma_x": try sigma(points.x),
            "scott_sigma_y": try sigma(points.y), "scott_isotropic": try BandwidthRule.scott2d.bandwidth(points),
            "standard_distance": spread?.standardDistance, "median_distance": spread?.medianDistance,
            "arcgis_default_radius": try BandwidthRule.arcgis.bandwidth(points),
            "silverman_1d_x_nrd0": AxisBandwidthRule.silverman.bandwidth(points.x),
            "scott_1d_x_nrd": AxisBandwidthRule.scott.bandwidth(points.x),
            "sheather_jones_x_ste": AxisBandwidthRule.sheatherJones.bandwidth(points.x),
            "sheather_jones_x_dpi": AxisBandwidthRule.sheatherJonesDirect.bandwidth(points.x),
            "sheather_jones_y_ste": AxisBandwidthRule.sheatherJones.bandwidth(points.y),
            "sheather_jones_y_dpi": AxisBandwidthRule.sheatherJonesDirect.bandwidth(points.y),
        ])
    }
}
