import Analysis
import GEOSGeometry
import GeoCore
import Storage

/// Who stands behind what densities tell of a place, where that matters.
extension HotspotComputation {
    /// Those whose contributions lie within a reach of each cell of a raster, or those whom the filter leaves out there,
    /// where they are fewer; nothing where that does not matter.
    ///
    /// Contributions count from the centre of their own cell, and only where the reach holds them for sure: rather fewer are
    /// found than there are.
    ///
    /// - Parameters:
    ///   - reach: metres in which contributions make a density what it is.
    ///   - isCounted: which rows of the points are looked at.
    ///   - isOther: which of those whom the filter leaves out are.
    /// - Complexity: linear in contributions, and in occupied cells times cells within reach.
    func contributors(
        to raster: Raster, _ points: Points, within reach: Double, where isCounted: (Int) -> Bool = { _ in true },
        leavingOut isOther: (AnalysisGround.Person) -> Bool = { _ in true }
    ) throws -> [Contributors] {
        guard ground.tellsContributors else { return [] }
        let sure = reach / raster.cell - 0.5.squareRoot()
        let counted = try fewer(near: raster, points, sure) { isCounted($0) ? ground.person(usedRows[$0]) : nil }
        let (others, people) = ground.filteredOut
        guard others.count > 0 else { return counted }
        let leftOut = try fewer(near: raster, others, sure) { isOther(people[$0]) ? people[$0] : nil }
        let possible = reach / raster.cell + 0.5.squareRoot()
        let near = try self.people(near: raster, others, possible) { isOther(people[$0]) ? people[$0] : nil }
        return counted.indices.map { cell in
            // Somebody may lie within reach of whom it is not sure: they may be one.
            let isOpen = near[cell].count > 0 && leftOut[cell].count == 0
            return .fewer(counted[cell], isOpen ? Contributors(people: 1) : leftOut[cell])
        }
    }

    /// All within so many cells, or those of them who wrote something private where these are fewer.
    private func fewer(
        near raster: Raster, _ points: Points, _ cells: Double, _ person: (Int) -> AnalysisGround.Person?
    ) throws -> [Contributors] {
        let all = try people(near: raster, points, cells, person)
        let own = try people(near: raster, points, cells) { row in person(row).flatMap { $0.isPrivate ? $0 : nil } }
        return zip(all, own).map(Contributors.fewer)
    }

    private func people(
        near raster: Raster, _ points: Points, _ cells: Double, _ person: (Int) -> AnalysisGround.Person?
    ) throws -> [Contributors] {
        var own: [Int: Contributors] = [:]
        for row in 0..<points.count {
            guard let person = person(row) else { continue }
            let column = Int(exactly: ((points.x[row] - raster.minX) / raster.cell).rounded(.down))
            let line = Int(exactly: ((points.y[row] - raster.minY) / raster.cell).rounded(.down))
            guard let column, let line, (0..<raster.columns).contains(column), (0..<raster.rows).contains(line) else {
                continue
            }
            own[line * raster.columns + column, default: Contributors()].add(person)
        }
        var found = [Contributors](repeating: Contributors(), count: raster.count)
        guard cells >= 0 else { return found }
        let steps = Int(min(cells, Double(max(raster.columns, raster.rows))).rounded(.down))
        for (cell, people) in own.sorted(by: { $0.key < $1.key }) {
            try Task.checkCancellation()
            let (column, line) = (cell % raster.columns, cell / raster.columns)
            for y in max(0, line - steps)...min(raster.rows - 1, line + steps) {
                let wide = (cells * cells - Double((y - line) * (y - line))).squareRoot()
                guard wide >= 0 else { continue }
                let across = Int(min(wide, Double(steps)).rounded(.down))
                for x in max(0, column - across)...min(raster.columns - 1, column + across) {
                    let place = y * raster.columns + x
                    // So many are enough for anything.
                    if found[place].count < CellSuppression.sensitiveThreshold { found[place].formUnion(people) }
                }
            }
        }
        return found
    }

    /// Those whose contributions lie in each polygon of a contour, or whom the filter leaves out there where they are fewer;
    /// and of those inside and outside it the fewer.
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
        let others = ground.filteredOut.points
        let otherParts = (0..<others.count).map { index.firstPolygon(containing: others.x[$0], others.y[$0]) }
        func people(_ rows: [Int], _ isInside: (Int?) -> Bool) -> Contributors {
            contributors(rows, leavingOut: { isInside(otherParts[$0]) }) ?? Contributors()
        }
        return (
            parts.indices.map { part in people(parts[part]) { $0 == part } },
            .fewer(people(Array(parts.joined())) { $0 != nil }, people(outside) { $0 == nil })
        )
    }
}
