import Analysis
import GeoCore
import TestSupport

extension OracleTests {
    private static func options(_ file: OracleFile, share: String) throws -> ScanOptions {
        var options = ScanOptions()
        options.maximumShare = try file.params[share].double
        options.listed = try file.expected["top"].items.count
        options.simulations = 0
        return options
    }

    static func poissonZones(_ file: OracleFile) async throws -> Answer {
        let made = try await poissonScan(
            file.input.points, cases: file.input["cases"].doubles, population: file.input["population"].doubles,
            options: options(file, share: "max_population_fraction"))
        let clusters = made.clusters.map {
            object([
                "members": $0.members, "llr": $0.logLikelihoodRatio, "cases": $0.cases, "expected": $0.expected,
                "relative_risk": $0.relativeRisk,
            ])
        }
        return Answer(
            ["n_zones": made.zones, "clusters_no_overlap": clusters], settled: ["top"],
            problems: try problems(made.top, file.expected["top"].items))
    }

    static func bernoulliZones(_ file: OracleFile) async throws -> Answer {
        let points = try file.input.points
        let made = try await bernoulliScan(
            points, cases: file.input["case"].ints, totals: Array(repeating: 1, count: points.count),
            options: options(file, share: "max_population_fraction"))
        return Answer(
            ["n_zones": made.zones], settled: ["top"],
            problems: try problems(made.top, file.expected["top"].items))
    }

    static func cylinders(_ file: OracleFile) async throws -> Answer {
        var options = SpaceTimeScanOptions()
        options.circles = try Self.options(file, share: "max_space_fraction")
        options.maximumDuration = try file.params["max_time_fraction"].double
        options.minimumCases = try file.params["min_cases"].int
        let made = try await spaceTimeScan(
            file.input.points, steps: file.input["t"].ints, stepCount: file.params["time_steps"].int,
            options: options)
        return Answer([:], settled: ["top"], problems: try problems(made.top, file.expected["top"].items))
    }

    /// Zones with equal ratios may come in any order, and those at the end may be others.
    private static func problems(_ made: [ScanResult.Cluster], _ expected: [OracleValue]) throws -> [String] {
        guard made.count == expected.count else { return ["\(made.count) zones instead of \(expected.count)"] }
        var problems: [String] = []
        let last = try expected.last?["llr"].double ?? 0
        for (zone, wanted) in zip(made, expected) {
            let ratio = try wanted["llr"].double
            if !isClose(zone.logLikelihoodRatio, ratio) {
                problems.append("ratio \(zone.logLikelihoodRatio) instead of \(ratio)")
            }
            guard ratio > last * (1 + 1e-9) else { continue }
            let members = try wanted["members"].ints
            let found = try made.contains {
                try $0.members == members && isClose($0.logLikelihoodRatio, ratio) && agrees($0, wanted)
            }
            if !found { problems.append("no zone of \(members)") }
        }
        return problems
    }

    private static func agrees(_ zone: ScanResult.Cluster, _ wanted: OracleValue) throws -> Bool {
        if wanted["t_from"].isThere {
            guard try zone.steps?.lowerBound == wanted["t_from"].int, try zone.steps?.upperBound == wanted["t_to"].int
            else { return false }
        }
        let pairs = [("cases", zone.cases), ("expected", zone.expected)]
        return try pairs.allSatisfy { try !wanted[$0.0].isThere || isClose($0.1, try wanted[$0.0].double) }
    }
}
