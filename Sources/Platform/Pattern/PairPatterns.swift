import Analysis
import GeoCore

/// Methods that look at pairs of contributions.
extension PatternComputation {
    /// The index of Clark and Evans.
    mutating func nearestNeighbors(_ points: Points) async throws {
        record.method = "Nearest-neighbour index (Clark & Evans)"
        record.reference = "Clark & Evans 1954; Donnelly 1978"
        let window = try window()
        let found = try await clarkEvans(points, window: window)
        summarize("index", found.plain.index)
        summarize("meanDistance", found.meanDistance, "m")
        summarize("expectedDistance", found.plain.expected, "m")
        summarize("standardError", found.plain.standardError, "m")
        summarize("z", found.plain.z)
        summarize("p", found.plain.p)
        if let donnelly = found.donnelly {
            summarize("donnellyIndex", donnelly.index)
            summarize("donnellyZ", donnelly.z)
            summarize("donnellyP", donnelly.p)
        } else {
            record.warnings.append(
                "the border is not corrected for: Donnelly's correction holds for rectangles, and this area is none")
        }
        summarize("area", window.area, "m²")
        summarize("perimeter", window.perimeter, "m")
    }

    /// Most pairs that are looked at, about a second's work.
    private static let pairLimit = 3e8
    /// Most pairs near in space times permutations.
    private static let permutationLimit = 1e10
    /// Most pairs near in space that are kept for permutations.
    private static let keptPairs = 20_000_000

    /// The test of Knox.
    mutating func spaceTimePairs(_ points: Points) throws {
        record.method = "Knox test of interaction of space and time"
        record.reference = "Knox 1964; David & Barton 1966"
        let reach: Double
        if let given = question.reach {
            reach = given
            tell("reach", .number(reach), "m", .given)
        } else {
            let chosen = try ChosenCell(points)
            reach = chosen.width
            tell("reach", .number(reach), "m", .chosen, rule: chosen.rule)
        }
        tell("days", question.days, "days", standard: 7)
        let pairs = try pairBound(points, within: reach)
        guard pairs <= Self.pairLimit else {
            let shorter = reach * (Self.pairLimit / pairs).squareRoot() / 2
            throw PlatformError(
                .invalidInput, "there are too many pairs within \(AnalysisParameter.text(reach)) m to look at",
                hint: shorter >= 1
                    ? "reach=\(AnalysisParameter.text(shorter.rounded(.down))) makes fewer" : "narrow the filter")
        }
        let duration = question.days * 86_400_000
        var found = try knox(points, distance: reach, duration: duration)
        var permutations = question.permutations
        if found.pairsInSpace > Self.keptPairs
            || Double(found.pairsInSpace) * Double(permutations) > Self.permutationLimit
        {
            permutations = 0
            record.warnings.append(
                "\(found.pairsInSpace) pairs are too many to permute: p is by the normal law, with the exact variance")
        }
        if permutations > 0 {
            found = try knox(
                points, distance: reach, duration: duration, permutations: permutations, seed: question.seed)
            tell("seed", Double(question.seed), standard: 1)
        }
        tell(
            "permutations", .number(Double(permutations)), nil, permutations == 999 ? .standard : .given,
            rule: permutations > 0
                ? "permutedP is one-sided, the share of permutations with at least as many pairs near in both; p is "
                    + "two-sided, by the normal law" : "p is two-sided, by the normal law")
        summarize("pairsInBoth", Double(found.pairsInBoth))
        summarize("expected", found.expected)
        summarize("ratio", found.expected > 0 ? Double(found.pairsInBoth) / found.expected : nil)
        summarize("pairsInSpace", Double(found.pairsInSpace))
        summarize("pairsInTime", Double(found.pairsInTime))
        summarize("variance", found.variance)
        summarize("z", found.z)
        summarize("p", found.p)
        summarize("permutedP", found.permutedP)
    }
}
