import Analysis
import GeoCore

extension HotspotComputation {
    /// Most cells times steps of an answer that is tried on other cells where nobody asks for it, a second or two.
    private static let quickBins = 100_000

    /// How much it depends on the size of the cells which of them have a hot pattern: new, persistent, historical and so on.
    ///
    /// - Parameter bins: cells times steps of the answer.
    /// - Returns: `nil` where other sizes are not tried, or steps are too few for a pattern.
    /// - Complexity: eight times that of the answer at most.
    mutating func patternStability(
        _ points: Points, _ counts: GridAggregation, _ steps: TimeSteps, rings: Int, bins: Int
    ) async throws -> HotspotStability? {
        let isQuick = bins <= Self.quickBins
        var stability: HotspotStability?
        if steps.count >= SpaceTimeCube.fewestSteps,
            question.sensitivity ?? (isQuick && isSmallEnoughForSensitivity(points))
        {
            let test = self
            let most = min(Self.stabilityCellLimit, Double(Self.binLimit / steps.count))
            stability = try await test.stability(points, counts, rings: nil, origins: 1, most: most) { counts, key in
                let (cells, places) = try test.cubeCells(of: counts)
                let found = try await test.patterns(
                    of: key.moved(points), key.grid, cells, steps, rings: rings, mayDraw: false
                ).result
                var isHot = [Bool](repeating: false, count: counts.cells.count)
                for (place, pattern) in zip(places, found.patterns ?? []) {
                    isHot[place] = pattern.isHot && pattern.kind != .none
                }
                return isHot
            }
        }
        tellSensitivity(
            stability != nil, points, "which cells have a hot pattern, at up to five sizes of cells",
            isQuick: isQuick || steps.count < SpaceTimeCube.fewestSteps)
        if let stability { tellScales(stability.scales, as: "cell") }
        return stability
    }
}
