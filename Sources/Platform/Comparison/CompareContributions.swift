import Analysis
import GEOSGeometry
import GeoCore
import PROJCoordinates
import Participation
public import Storage

extension Installation {
    /// Compares two categories, two periods or two proceedings on one grid of hexagons.
    ///
    /// The test asks in each cell whether its contributions fall to the two sets as those of all cells do: a set that is
    /// larger everywhere is no difference. Cells count where the area of the first proceeding lies, or all that hold
    /// something where it has none.
    ///
    /// - Parameters:
    ///   - cell: width of a hexagon in metres; chosen from both sets when `nil`.
    ///   - alpha: level of significance after correction for many cells.
    /// - Throws: ``PlatformError`` `badRequest` for numbers out of range, `invalidInput` when a set is empty.
    public func compare(
        _ first: ComparedSet, with second: ComparedSet, cell: Double? = nil, alpha: Double = 0.05, scope: Scope
    ) async throws -> ContributionComparison {
        try ContributionComparison.parameters.check([("cell", cell), ("alpha", alpha)])
        try await requireCategories(of: first.filter, in: first.proceeding, scope: scope)
        try await requireCategories(
            of: second.filter, as: second.filter.categories == first.filter.categories ? "category" : "versusCategory",
            in: second.proceeding, scope: scope)
        let columns = (
            try await contributionColumns(of: first.proceeding, filter: first.filter, scope: scope),
            try await contributionColumns(of: second.proceeding, filter: second.filter, scope: scope)
        )
        do {
            let crs = try MetricCRS.resolve(
                MetricCRS.name(of: first.proceeding, scope.tenant),
                covering: first.proceeding.area?.boundingBox)
            let transform = try CoordinateTransform(
                from: .wgs84, to: crs, area: first.proceeding.area?.boundingBox)
            let area = try first.proceeding.area.flatMap { try StudyArea(area: transform.metric($0)) }
            let (firstPlaced, secondPlaced) = (
                Self.located(columns.0, transform, area), Self.located(columns.1, transform, area)
            )
            let points = (firstPlaced.points, secondPlaced.points)
            let isOne = first.proceeding.key == second.proceeding.key
            let titles = (
                try await title(of: first, isOneProceeding: isOne, scope: scope),
                try await title(of: second, isOneProceeding: isOne, scope: scope)
            )
            for (title, found) in [(titles.0, points.0), (titles.1, points.1)] where found.count == 0 {
                throw PlatformError(
                    .invalidInput, "\(title.english) has no located contribution in the area to compare")
            }
            var both = points.0
            for row in 0..<points.1.count { both.append(x: points.1.x[row], y: points.1.y[row]) }
            let chosen = try cell == nil ? ChosenCell(both) : nil
            let width = cell ?? chosen?.width ?? ChosenCell.atOnePlace
            let grid = Grid.hexagon(try HexagonGrid(width: width))
            try both.boundingBox?.requireFewCells(of: grid, limit: 8 * Grid.cellLimit)
            let cells = try GridAggregation(occupiedBy: both, grid: grid).cells
            let counts = (
                try GridAggregation(points.0, grid: grid, cells: cells).count,
                try GridAggregation(points.1, grid: grid, cells: cells).count
            )
            let comparison = try CellComparison(first: counts.0, second: counts.1)
            let changes = comparison.changes(alpha: alpha)
            var result = ContributionComparison(
                names: (first.identification, second.identification), titles: titles,
                counts: (points.0.count, points.1.count), cellWidth: width,
                isWidthChosen: cell == nil, alpha: alpha,
                cells: try (0..<cells.count).map { place in
                    let ring = MetricGeometry(metres: .polygon([grid.ring(of: cells[place])]))
                    return ContributionComparison.Cell(
                        id: "\(cells[place].q)_\(cells[place].r)", geometry: try transform.degrees(ring), shape: ring,
                        first: counts.0[place], second: counts.1[place], difference: comparison.difference[place],
                        quotient: comparison.quotient.quotient[place], ratio: comparison.ratio[place],
                        p: comparison.quotient.p[place],
                        q: comparison.quotient.q[place], change: changes[place])
                },
                area: area?.outline, crs: crs.label,
                dataVersions: (first.proceeding.dataVersion, second.proceeding.dataVersion))
            result.filters = (first.filter.terms, second.filter.terms)
            result.leftOut = (firstPlaced.leftOut, secondPlaced.leftOut)
            result.widthRule = chosen?.rule
            if isOne {
                let common = Set(firstPlaced.rows.map { columns.0.id[$0] })
                    .intersection(secondPlaced.rows.map { columns.1.id[$0] }).count
                if common > 0 { result.shared = .contributions(common) }
            }
            var hidesFew = try await withholdsFew(columns.0.categoryNames, of: first.proceeding, scope: scope)
            if !hidesFew {
                hidesFew = try await withholdsFew(columns.1.categoryNames, of: second.proceeding, scope: scope)
            }
            if hidesFew {
                result.leftOut = (firstPlaced.leftOut.map(\.withheld), secondPlaced.leftOut.map(\.withheld))
                let hidden = (
                    try await privateCategories(of: first.proceeding, scope: scope),
                    try await privateCategories(of: second.proceeding, scope: scope)
                )
                func withOthers(
                    _ placed: ComparedPoints, _ told: ContributionColumns, of set: ComparedSet,
                    hidden: PrivateCategories,
                    leftOutOf sides: [Set<Int64>]
                ) async throws -> [Contributors] {
                    let counted = placed.contributors(in: grid, cells, told, hidden: hidden)
                    guard !set.filter.isEmpty else { return counted }
                    let all = try await contributionColumns(
                        of: set.proceeding, filter: ContributionFilter(), scope: scope)
                    let everybody = Self.located(all, transform, area)
                    return sides.reduce(counted) { people, side in
                        let others = everybody.contributors(in: grid, cells, all, hidden: hidden) {
                            !side.contains(all.id[$0])
                        }
                        return zip(people, others).map { $0.orFewer(leftOut: $1) }
                    }
                }
                // All of a proceeding less one side, or less both, are those whom the filters leave out.
                let numbers = (Set(columns.0.id), Set(columns.1.id))
                // What is in both is told by what chose them alone, which gives nobody away.
                result.shared = isOne && first.filter.mayShare(with: second.filter) ? .withheld : .nothing
                try result.suppress(
                    try await withOthers(
                        firstPlaced, columns.0, of: first, hidden: hidden.0,
                        leftOutOf: [numbers.0] + (isOne ? [numbers.0.union(numbers.1)] : [])),
                    try await withOthers(
                        secondPlaced, columns.1, of: second, hidden: hidden.1, leftOutOf: [numbers.1]))
                result.privacy = hidden.0.sensitive.isEmpty ? hidden.1.parameters : hidden.0.parameters
            }
            return result
        } catch let error as AnalysisError {
            if error.code == .cancelled { throw CancellationError() }
            throw PlatformError(.invalidInput, error.description)
        } catch let error as PROJError {
            throw PlatformError(.unsupported, error.description)
        } catch let error as GEOSError {
            throw PlatformError(.invalidInput, error.description)
        }
    }

    /// What a set is called for people.
    private func title(
        of set: ComparedSet, isOneProceeding: Bool, scope: Scope
    ) async throws -> AnalysisExplanation {
        let known = set.filter.categories.isEmpty ? [] : try await categories(of: set.proceeding, scope: scope)
        return set.title(known, isOneProceeding: isOneProceeding, timeZone: scope.tenant.timeZone)
    }

    private static func located(
        _ columns: ContributionColumns, _ transform: CoordinateTransform, _ area: StudyArea?
    ) -> ComparedPoints {
        var points = Points(capacity: columns.count)
        var rows: [Int] = []
        var (unlocated, suspect) = (0, 0)
        for row in 0..<columns.count {
            guard columns.longitude[row].isFinite else {
                unlocated += 1
                continue
            }
            guard columns.quality[row] != .suspect else {
                suspect += 1
                continue
            }
            points.append(x: columns.longitude[row], y: columns.latitude[row])
            rows.append(row)
        }
        transform.forwardLeavingGaps(&points.x, &points.y)
        let isInside = points.x.indices.map { row in
            points.x[row].isFinite && points.y[row].isFinite
                && (area?.contains(x: points.x[row], y: points.y[row]) ?? true)
        }
        let leftOut = [
            AnalysisRecord.LeftOut(reason: "outsideArea", count: isInside.count { !$0 }),
            AnalysisRecord.LeftOut(reason: "suspectPlace", count: suspect),
            AnalysisRecord.LeftOut(reason: "unlocated", count: unlocated),
        ]
        return ComparedPoints(
            points: points.rows { isInside[$0] }, rows: rows.indices.filter { isInside[$0] }.map { rows[$0] },
            leftOut: leftOut.filter { $0.count > 0 })
    }
}

/// The contributions of one side on the plane, with their rows in its columns.
private struct ComparedPoints {
    let points: Points
    let rows: [Int]
    /// How many of the side are not among them, by reason.
    let leftOut: [AnalysisRecord.LeftOut]

    /// Who stands behind the count of each cell, or behind the private ones of it where these are fewer.
    func contributors(
        in grid: Grid, _ cells: CellSet, _ columns: ContributionColumns, hidden: PrivateCategories,
        where isCounted: (Int) -> Bool = { _ in true }
    ) -> [Contributors] {
        var found = [[Int]](repeating: [], count: cells.count)
        for (point, row) in rows.enumerated() where isCounted(row) {
            if let cell = grid.cell(x: points.x[point], y: points.y[point]), let place = cells.place(of: cell) {
                found[place].append(row)
            }
        }
        let codes = columns.codes(of: hidden)
        return found.map { Contributors(behind: $0, in: columns, hidden: codes) }
    }
}

extension AnalysisRecord.LeftOut {
    /// The same without its number.
    fileprivate var withheld: AnalysisRecord.LeftOut {
        AnalysisRecord.LeftOut(reason: reason, count: 0, isSuppressed: true)
    }
}

extension ContributionComparison {
    /// Leaves out cells where fewer than five people stand behind the count of a set, which would tell where they wrote,
    /// and as many others as are needed so that no total gives these away.
    fileprivate mutating func suppress(_ first: [Contributors], _ second: [Contributors]) throws {
        let sides = (
            try CellSuppression(cells.map(\.first), contributors: first),
            try CellSuppression(cells.map(\.second), contributors: second)
        )
        let hidden = Set(sides.0.suppressed + sides.1.suppressed)
        guard !hidden.isEmpty else { return }
        cells = cells.indices.filter { !hidden.contains($0) }.map { cells[$0] }
        isWithheld = true
        if !sides.0.isTotalPublishable || !sides.1.isTotalPublishable {
            (counts, areCountsSuppressed) = ((0, 0), true)
            // With the counts of a cell each of these tells how many there are in all.
            for place in cells.indices {
                cells[place].withholdShares()
            }
        }
    }
}

extension ContributionFilter {
    /// Whether some contribution could meet both, by categories and times.
    fileprivate func mayShare(with other: ContributionFilter) -> Bool {
        let areApart =
            !categories.isEmpty && !other.categories.isEmpty && Set(categories).isDisjoint(with: other.categories)
        let start = max(from ?? .min, other.from ?? .min)
        return !areApart && start <= min(until ?? .max, other.until ?? .max)
    }
}
