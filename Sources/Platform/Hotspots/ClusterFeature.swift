import Analysis
import GEOSGeometry
import GeoCore
import Participation
import Storage

extension HotspotComputation {
    /// A cluster as a hull with its profile: size, votes, area, first and last contribution, and what ``profile(_:of:)`` has.
    ///
    /// - Parameters:
    ///   - rows: rows of the members in `points`, one at least.
    ///   - reach: metres between neighbours; the hull is drawn with discs of at least twice that.
    ///   - figures: what only the method at hand knows of the cluster.
    mutating func clusterFeature(
        _ cluster: Int, _ rows: [Int], of points: Points, reach: Double,
        figures: [(name: String, value: JSONValue)]
    ) throws -> HotspotAnswer.Feature {
        try Task.checkCancellation()
        clusterRows.append(rows)
        let profile = try profile(rows, of: points)
        let hull = try hull(rows.map { Position(points.x[$0], points.y[$0]) }, reach: reach)
        var mix: [Int32: Int] = [:]
        var (first, last) = (Int64.max, Int64.min)
        var (weight, up, down) = (0.0, Int64(0), Int64(0))
        for row in rows {
            mix[points.category[row], default: 0] += 1
            first = min(first, points.time[row])
            last = max(last, points.time[row])
            weight += points.weight[row]
            up += columns.votesUp[usedRows[row]]
            down += columns.votesDown[usedRows[row]]
        }
        let others = ground.filteredOut.points
        let index = others.count > 0 ? PolygonIndex([hull.shape]) : nil
        let leftOut = Set(
            (0..<others.count).filter { index?.firstPolygon(containing: others.x[$0], others.y[$0]) != nil })
        let top = mix.filter { $0.key >= 0 }.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
        return HotspotAnswer.Feature(
            id: "\(cluster)", shape: hull,
            properties: [
                ("cluster", .integer(Int64(cluster))), ("count", .integer(Int64(rows.count))),
                ("weight", .number(weight)),
            ] + carriers(of: rows, points.weight) + figures + [
                ("votesUp", .integer(up)), ("votesDown", .integer(down)),
                ("area", .number(try hull.area().rounded(toPlaces: 1))),
                ("topCategory", top.map { .string(columns.categoryNames[Int($0.key)]) } ?? .null),
                ("topCategoryCount", .integer(Int64(top?.value ?? 0))),
                ("from", .string(Timestamp.rfc3339(Timestamp.minute(first)))),
                ("until", .string(Timestamp.rfc3339(Timestamp.minute(last)))),
            ] + profile.told, value: Double(rows.count),
            contributors: contributors(rows, leavingOut: leftOut.contains),
            dominatedSums: dominatedSums(rows, leavingOut: leftOut),
            top: contributors(rows.filter { points.category[$0] == top?.key }),
            masked: profile.masked + Self.maskedCarriers)
    }

    /// Metres that a hull is wide on average at the least: thinner ones are lines but for rounding, and cross themselves
    /// with the few decimals of degrees that are told.
    private static let leastWidth = 1.0

    /// A shape around a cluster: its concave hull with discs of at least twice the reach, or what lies around it where all
    /// members lie on a point or a line.
    private func hull(_ members: [Position], reach: Double) throws -> MetricGeometry {
        let hull = try MetricGeometry.concaveHull(of: members, radius: 2 * reach)
        let length = hull.shape.boundingBox.map { ($0.width * $0.width + $0.height * $0.height).squareRoot() } ?? 0
        // Of points and lines the area is 0.
        let isWide = try length > 0 && hull.area() >= Self.leastWidth * length
        return isWide ? hull : try hull.buffer(metres: max(1, reach / 4))
    }
}
