import Analysis
import GeoCore

extension OracleTests {
    static func getisOrd(_ file: OracleFile) throws -> Answer {
        let values = try file.input["y"].optionals
        func columns(_ made: LocalG, _ weights: SpatialWeights) throws -> OracleValue {
            let significance = HotspotSignificance(made)
            let index = try LocalGIndex(values, weights: weights, variant: made.variant)
            return object([
                "G": index.value, "EG": index.expected, "VG": index.variance,
                "z": Array(made.z), "p_two": Array(made.p), "p_bh": Array(significance.q),
                "bin_raw": significance.rawBin, "bin_fdr": significance.bin,
            ])
        }
        let (weights, starred) = (try file.input["weights"].weights, try file.input["weights_star"].weights)
        return Answer([
            "gi": try columns(try getisOrdG(values, weights: weights), weights),
            "gi_star": try columns(try getisOrdGStar(values, weights: starred), starred),
        ])
    }

    static func falseDiscoveryRate(_ file: OracleFile) throws -> Answer {
        let p = try file.input["p"].optionals
        let hochberg = FalseDiscoveryRate.benjaminiHochberg
        var critical: [String: Double?] = [:]
        for key in try file.expected["critical_p_bh"].members.keys {
            critical[key] = .some(hochberg.criticalP(p, alpha: Double(key) ?? .nan))
        }
        let adjusted = hochberg.adjusted(p)
        return Answer([
            "p_bh": adjusted, "p_by": FalseDiscoveryRate.benjaminiYekutieli.adjusted(p), "critical_p_bh": critical,
            "rejected_bh_0.05": adjusted.map { ($0 ?? 1) <= 0.05 },
        ])
    }

    static func generalStatistic(_ file: OracleFile) throws -> Answer {
        let made = try generalG(file.input["y"].doubles, weights: file.input["weights"].weights)
        return Answer([
            "G": made?.value, "EG": made?.expected, "VG": made?.test?.variance, "z": made?.test?.z,
            "p_two": made?.test?.p,
        ])
    }

    static func joins(_ file: OracleFile) throws -> Answer {
        let made = try joinCounts(
            file.input["y"].ints.map { $0 == 1 }, weights: file.input["weights"].weights)
        return Answer([
            "BB": made.both, "WW": made.neither, "BW": made.mixed, "local_BB": made.local,
            "local_p_exact_upper": made.localP,
        ])
    }

    static func contiguity(_ file: OracleFile) throws -> Answer {
        let areas = try file.input["geometries"].items.map { item -> [[Position]] in
            guard case .polygon(let rings) = try item.geometry else {
                throw OracleValue.Unexpected(description: "an area is no polygon")
            }
            return rings
        }
        func rows(_ rule: Contiguity) -> OracleValue {
            let made = SpatialWeights(areas: areas, rule: rule)
            return object(["indptr": made.offsets, "indices": made.neighbors])
        }
        return Answer(["queen": rows(.queen), "rook": rows(.rook)])
    }

    static func moran(_ file: OracleFile) async throws -> Answer {
        let (values, weights) = (try file.input["y"].doubles, try file.input["weights"].weights)
        let made = try globalMoran(values, weights: weights)
        let geary = try globalGeary(values, weights: weights)
        let global = object([
            "n": made?.places, "S0": made?.sums.s0, "S1": made?.sums.s1, "S2": made?.sums.s2, "I": made?.value,
            "EI": made?.expected, "VI_norm": made?.normality?.variance, "VI_rand": made?.randomization?.variance,
            "z_norm": made?.normality?.z, "z_rand": made?.randomization?.z, "p_norm_two": made?.normality?.p,
            "p_rand_two": made?.randomization?.p, "geary_C": geary?.value, "geary_EC": geary?.expected,
            "geary_VC_norm": geary?.normality?.variance, "geary_VC_rand": geary?.randomization?.variance,
            "geary_z_rand": geary?.randomization?.z,
        ])
        let local = try localMoran(values, weights: weights)
        let columns = object([
            "I": local.value, "lag": local.lag, "z": local.deviation, "E_cond": local.expected,
            "V_cond": local.variance, "z_cond": local.z, "p_cond_two": local.p, "E_total": local.totalExpected,
            "V_total": local.totalVariance, "quadrant": local.quadrant.map(\.rawValue),
        ])
        // Sites of places whose neighbours' sums can be counted or gone through.
        let sites = try file.expected["exact_conditional"].items
        var exact: [OracleValue] = []
        if !sites.isEmpty {
            let made = try await conditionalProbabilities(values, weights: weights)
            let (twoSided, deviations) = (made.twoSided, local.deviation)
            for site in sites {
                let place = try site["site"].int
                let isLow = (deviations[place] ?? 0) < 0
                exact.append(
                    object([
                        "site": place, "p_lag_greater": made.greater[place], "p_lag_less": made.less[place],
                        "p_I_greater": isLow ? made.less[place] : made.greater[place],
                        "p_I_less": isLow ? made.greater[place] : made.less[place], "p_two_doubled": twoSided[place],
                    ]))
            }
        }
        return Answer(["global": global, "local": columns, "exact_conditional": exact])
    }
}
