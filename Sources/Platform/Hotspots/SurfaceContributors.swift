import Analysis
import GEOSGeometry
import GeoCore
import Storage

/// Who stands behind what densities tell of a place, where that matters.
extension HotspotComputation {
    /// Those whose contributions lie within a reach of each cell of a raster; nothing where that does not matter.
    ///
    /// Contributions count from the centre of their own cell, and only where the reach holds them for sure: rather fewer are
    /// found than there are.
    ///
    /// - Parameters:
    ///   - reach: metres in which contributions make a density what it is.
    ///   - isCounted: which rows of the points are looked at.
    /// - Complexity: linear in contributions, and in occupied cells times cells within reach.
    func contributors(
        to raster: Raster, _ points: Points, within reach: Double, where isCounted: (Int) -> Bool = { _ in true }
    ) throws -> [Contributors] {
        guard ground.tellsContributors else { return [] }
        let all = try people(near: raster, points, reach, isCounted)
        let own = try people(near: raster, points, reach) { isCounted($0) && ground.person(usedRows[$0]).isPrivate }
        return zip(all, own).map(Contributors.fewer)
    }

    private func people(
        near raster: Raster, _ points: Points, _ reach: Double, _ isCounted: (Int) -> Bool
    ) throws -> [Contributors] {
        var own: [Int: Contributors] = [:]
        for row in 0..<points.count where isCounted(row) {
            let column = Int(exactly: ((points.x[row] - raster.minX) / raster.cell).rounded(.down))
            let line = Int(exactly: ((points.y[row] - raster.minY) / raster.cell).rounded(.down))
            guard let column, let line, (0..<raster.columns).contains(column), (0..<raster.rows).contains(line) else {
                continue
            }
            let person = ground.person(usedRows[row])
            own[line * raster.columns + column, default: Contributors()].add(person.number, least: person.least)
        }
        var found = [Contributors](repeating: Contributors(), count: raster.count)
        let sure = reach / raster.cell - 0.5.squareRoot()
        guard sure >= 0 else { return found }
        let enough =
            ground.hidden.sensitive.isEmpty
            ? CellSuppression.standardThreshold : CellSuppression.sensitiveThreshold
        let steps = Int(min(sure, Double(max(raster.columns, raster.rows))).rounded(.down))
        for (cell, people) in own.sorted(by: { $0.key < $1.key }) {
            try Task.checkCancellation()
            let (column, line) = (cell % raster.columns, cell / raster.columns)
            for y in max(0, line - steps)...min(raster.rows - 1, line + steps) {
                let wide = (sure * sure - Double((y - line) * (y - line))).squareRoot()
                guard wide >= 0 else { continue }
                let across = Int(min(wide, Double(steps)).rounded(.down))
                for x in max(0, column - across)...min(raster.columns - 1, column + across) {
                    let place = y * raster.columns + x
                    if found[place].count < enough { found[place].formUnion(people) }
                }
            }
        }
        return found
    }

    /// Those whose contributions lie in each polygon of a contour, and of those inside and outside it the fewer.
    func contributors(
        of polygons: [[[Position]]], _ points: Points
    ) -> (parts: [Contributors], fewer: Contributors)? {
        guard ground.tellsContributors else { return nil }
        let index = PolygonIndex(polygons.map { .polygon($0) })
        var parts = [[Int]](repeating: [], count: polygons.count)
        var outside: [Int] = []
        for row in 0..<points.count {
            if let part = index.firstPolygon(containing: points.x[row], points.y[row]) {
                parts[part].append(row)
            } else {
                outside.append(row)
            }
        }
        func people(_ rows: [Int]) -> Contributors { contributors(rows) ?? Contributors() }
        return (parts.map(people), .fewer(people(Array(parts.joined())), people(outside)))
    }
}
