import Analysis
import GeoCore

extension OracleTests {
    static func rates(_ file: OracleFile) throws -> Answer {
        let (observed, population) = (try file.input["observed"].doubles, try file.input["population"].doubles)
        let rates = try ArealRates(observed: observed, population: population)
        let local = try ArealRates.locallySmoothed(
            observed: observed, population: population, weights: file.input["weights"].weights)
        let global = object([
            "b": rates.overallRate, "a_raw": rates.varianceBetween, "a": rates.varianceBetween.map { max($0, 0) },
            "raw": rates.rate, "eb": rates.smoothed, "eb_standardised": rates.standardized,
            "excess_risk": rates.relative,
        ])
        return Answer([
            "global": global, "eb_local": local, "rate_ci95": zip(rates.lower, rates.upper).map { [$0, $1] },
        ])
    }

    static func breaks(_ file: OracleFile) throws -> Answer {
        let values = try file.input["x"].doubles
        var members: [String: any OracleConvertible] = [:]
        for key in try file.expected.members.keys {
            guard let classes = Int(key) else { continue }
            let natural = try NaturalBreaks(values, classes: classes)
            members[key] = object([
                "fisher_jenks_upper": natural.upperLimits, "fisher_jenks_ssd": natural.squaredDeviations,
                "quantile_upper": try quantileBreaks(values, classes: classes),
                "equal_interval_upper": try equalIntervalBreaks(values, classes: classes),
            ])
        }
        members["head_tail"] = object(["breaks": try headTailBreaks(values)])
        // The rule is a sentence on the method.
        return Answer(members, settled: ["rule"])
    }

    static func centrography(_ file: OracleFile) throws -> Answer {
        let made = try Centrography(file.input.points)
        return Answer([
            "mean_center": [made.meanCenter.x, made.meanCenter.y], "standard_distance": made.standardDistance,
            "ellipse_semi_axes_1sd": [made.ellipse.major, made.ellipse.minor],
            "ellipse_angle_deg_ccw_from_x": made.ellipse.angle,
            "geometric_median": [made.medianCenter.x, made.medianCenter.y], "weight_sum": made.weight,
            "n_eff": made.effectiveNumber,
        ])
    }

    static func suppression(_ file: OracleFile) throws -> Answer {
        let threshold = try file.params["k"].int
        let rows = try file.input["counts"].items.map { row in
            let made = try CellSuppression(row.ints, threshold: threshold)
            return object([
                "primary": made.primary, "suppressed": made.suppressed, "total_publishable": made.isTotalPublishable,
            ])
        }
        return Answer(["rows": rows])
    }

    static func donutMask(_ file: OracleFile) throws -> Answer {
        let mask = try DonutMask(inner: file.params["r_min"].double, outer: file.params["r_max"].double)
        let steps = try file.input["u"].rows.map { mask.step(radial: $0[0], angular: $0[1]) }
        return Answer(["dx": steps.map(\.dx), "dy": steps.map(\.dy)])
    }

    static func trends(_ file: OracleFile) throws -> Answer {
        let results = try file.input["series"].items.map { item in
            let series = try item.optionals
            let made = MannKendall(series)
            return object([
                "n": made.count, "S": made.s, "var_S": made.variance, "z": made.z, "p_two": made.p,
                "tau_a": made.tauA, "tau_b": made.tauB, "sen_slope": senSlope(series),
            ])
        }
        return Answer(["results": results])
    }

    static func emergingClasses(_ file: OracleFile) throws -> Answer {
        let names = try file.input["cases"].items.map { item in
            let parts = try item.items
            return EmergingPattern(bins: try parts[0].ints.map { Int8($0) }, trend: try parts[1].int).description
        }
        let expected = try file.expected["class_and_admissible"].items.map { try $0.items[0].string }
        let problems = zip(names, expected).filter { $0 != $1 }.map { "\($0) instead of \($1)" }
        return Answer(
            ["classes_seen": Set(names).sorted()], settled: ["class_and_admissible"],
            problems: names.count == expected.count ? problems : ["\(names.count) classes"])
    }
}
