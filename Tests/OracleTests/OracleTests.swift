import TestSupport
import Testing

/// Every reference case of the folder named by `MITPLAN_ORACLES`: a new file is tested without new code, and one of an
/// unknown method fails.
struct OracleTests {
    typealias Checker = @Sendable (OracleFile) async throws -> Answer

    static let checkers: [String: Checker] = [
        "apportionment": apportionment, "breaks": breaks, "centrography": centrography,
        "clark_evans": nearestDistances, "colocation_quotient": colocations, "contiguity_weights": contiguity,
        "dbscan": densityClusters, "donut_mask": donutMask, "emerging_class": emergingClasses, "envelope": envelopes,
        "fdr": falseDiscoveryRate, "general_g": generalStatistic, "geodesics": geodesics,
        "geometry_measures": geometryMeasures, "getis_ord_local": getisOrd, "hdbscan": hierarchicalClusters,
        "hexbin": hexagonCounts, "inspire_grid": inspireCells, "isolines": isolines, "join_counts": joins,
        "kde_bandwidth": bandwidths, "kde_points": kernelDensities, "knox": closePairs, "mann_kendall": trends,
        "moran": moran, "optics": orderings, "point_in_polygon": pointsInPolygons, "rates": rates,
        "relative_risk": risks, "ripley": pairFunctions, "scan_bernoulli": bernoulliZones,
        "scan_poisson": poissonZones, "scan_space_time_permutation": cylinders, "suppression": suppression,
        "transforms": transforms,
    ]

    /// Methods that are not offered, with the reason.
    static let notOffered = ["h3_cells": "H3 is for exchange only, and Debian 12 has no library for it"]

    @Test(
        .enabled(if: !OracleFile.names.isEmpty, "needs the reference cases"), arguments: OracleFile.names)
    func equalsTheReference(name: String) async throws {
        let file = try OracleFile.load(name)
        if let reason = Self.notOffered[file.method] { try Test.cancel("\(reason)") }
        let checker = try #require(Self.checkers[file.method], "no checker for the method \(file.method)")
        let differences = Comparison(try await checker(file), with: file).differences
        #expect(differences.isEmpty, "\(differences.count) differences, such as \(differences.prefix(5))")
    }

    /// A folder that was named and holds none is a mistake, and no reason to leave the cases out.
    @Test func aFolderThatIsNamedHoldsCases() {
        #expect(!SharedMaterial.namesOracles || !OracleFile.names.isEmpty, "MITPLAN_ORACLES names no folder of cases")
    }

    @Test(.enabled(if: !OracleFile.names.isEmpty, "needs the reference cases"))
    func aWrongAnswerIsNoticed() throws {
        let name = try #require(OracleFile.names.first { $0.hasPrefix("suppression") })
        let file = try OracleFile.load(name)
        #expect(!Comparison(Answer(["rows": [Int]()]), with: file).differences.isEmpty)
        #expect(!Comparison(Answer([:]), with: file).differences.isEmpty)
    }
}
